import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Routes, readRoutes } from './routes';

let root: string;
let routes: Routes;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'routes-'));
  await mkdir(path.join(root, '.next', 'static', 'chunks'), { recursive: true });
  await mkdir(path.join(root, 'public'));
  await writeFile(path.join(root, 'public', 'og.png'), '');
  await writeFile(path.join(root, '.next', 'static', 'chunks', '[a] b.js'), '');
  const built = [
    '/[vault]/[[...path]]',
    '/_not-found',
    '/-/[language]',
    '/files/[id]/[name]',
    '/reader/[vault]/[[...path]]',
    '/account/[...rest]',
    '/icon.svg',
  ];
  const manifest = Object.fromEntries(built.map((route) => [`${route}/page`, route]));
  await writeFile(path.join(root, '.next', 'app-path-routes-manifest.json'), JSON.stringify(manifest));
  routes = await readRoutes(root);
});
afterAll(() => rm(root, { recursive: true }));

describe('the addresses of the site itself', () => {
  it.each(['', '_next', '-', 'files', 'reader', 'account', 'icon.svg', 'og.png', 'api'])('begin with %s', (segment) =>
    expect(routes.own.has(segment)).toBe(true),
  );

  it('leave a vault its own', () => expect(routes.own.has('[vault]') || routes.own.has('course')).toBe(false));

  it.each([
    '/',
    '/-/es',
    '/files/1/a%20b.png',
    '/reader/v',
    '/reader/v/a/b',
    '/account/a/b',
    '/icon.svg',
    '/og.png',
    '/_next/static/chunks/%5Ba%5D%20b.js',
  ])('lead somewhere: %s', (pathname) => expect(routes.leads(pathname)).toBe(true));

  it.each([
    '/-/xx',
    '/-/es/more',
    '/files/1',
    '/files/1/a/b',
    '/account',
    '/icon_svg',
    '/_not-found',
    '/_next/static/chunks',
    '/_next/static/chunks/never.js',
    '/api',
  ])('lead nowhere: %s', (pathname) => expect(routes.leads(pathname)).toBe(false));
});
