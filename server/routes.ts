import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { RESERVED_SLUGS } from '@/lib/vault/slug';
import { LANGUAGES } from './language';

const manifest = z.record(z.string(), z.string());

/** The addresses of the site itself; every other is a vault's. */
export type Routes = {
  /** First segments of them: those that are reserved, the routes that were built, and the files of `public/`. */
  own: ReadonlySet<string>;
  /** Whether something was built for one of them: Next would render, and keep, a page for each where nothing is. */
  leads: (pathname: string) => boolean;
};

/** What was built, from what the build left. */
export async function readRoutes(root: string): Promise<Routes> {
  const built = path.join(root, '.next');
  const routes = await readFile(path.join(built, 'app-path-routes-manifest.json'), 'utf8').then((text) =>
    Object.values(manifest.parse(JSON.parse(text))).filter(
      (route) => !route.startsWith('/[') && !route.startsWith('/_'),
    ),
  );
  const publicFiles = await readdir(path.join(root, 'public')).catch(() => []);
  const assets = await readdir(path.join(built, 'static'), { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Set([
    '/', // rewritten, as the next
    '/compare',
    ...publicFiles.map((name) => `/${name}`),
    ...assets
      .filter((each) => each.isFile())
      .map((each) => addressOf(path.relative(built, path.join(each.parentPath, each.name)))),
  ]);
  const patterns = routes.map(patternOf);
  return {
    own: new Set(['', '_next', ...RESERVED_SLUGS, ...routes.map((route) => route.split('/')[1] ?? ''), ...publicFiles]),
    leads: (pathname) => files.has(pathname) || patterns.some((pattern) => pattern.test(pathname)),
  };
}

/** Of a file of the build. */
const addressOf = (file: string) => `/_next/${file.split(path.sep).map(encodeURIComponent).join('/')}`;

/** `/a/[b]/[[...c]]` as an expression. A language is one of those we speak. */
function patternOf(route: string): RegExp {
  const segments = route.split('/').slice(1);
  const parts = segments.map((segment) => {
    if (segment.startsWith('[[...')) return '(?:/.*)?';
    if (segment.startsWith('[...')) return '/.+';
    if (segment === '[language]') return `/(?:${LANGUAGES.join('|')})`;
    return segment.startsWith('[') ? '/[^/]+' : `/${segment.replace(/[.*+?^${}()|\\]/g, '\\$&')}`;
  });
  return new RegExp(`^${parts.join('')}/?$`);
}

/** The file of the program that answers each route, by the build's own list. */
export async function filesOfRoutes(root: string): Promise<Record<string, string>> {
  const file = path.join(root, '.next', 'app-path-routes-manifest.json');
  const pages = manifest.parse(JSON.parse(await readFile(file, 'utf8')));
  return Object.fromEntries(
    Object.entries(pages).map(([page, route]) => [route, `app${page}.${page.endsWith('/route') ? 'ts' : 'tsx'}`]),
  );
}
