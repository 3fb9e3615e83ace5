import { afterEach, describe, expect, it, vi } from 'vitest';
import { connect } from '@/db/connection';
import type { SiteResponse } from './response';
import { staticPage, type TestSite, testSite } from './testing/site';

let site: TestSite;
let away = false;
afterEach(async () => {
  await site.stop();
  away = false;
});

const withDatabase = (render: Parameters<typeof testSite>[0]) =>
  testSite(render, undefined, undefined, async () => ({ status: '', database: away ? 'down' : 'up' }));
const es = { 'accept-language': 'es' };
const session = { cookie: 'sid=x' };

describe('while the database is away', () => {
  it('a page nobody has made yet is told to be unavailable, at once and without asking Next', async () => {
    site = await withDatabase((_, response) => staticPage(response, 'page'));
    away = true;
    const answer = await site.ask('/course/one', { headers: es });
    expect([answer.status, answer.headers['retry-after'], answer.headers['cache-control']]).toEqual([
      503,
      '5',
      'no-store',
    ]);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.text).toContain('<html lang="es">');
    expect((await site.ask('/course/one')).text).toContain('<html lang="en">');
    expect((await site.ask('/course/one', { method: 'HEAD' })).body).toHaveLength(0);
    expect(site.seen).toEqual([]);
    away = false;
    expect((await site.ask('/course/one')).text).toBe('page');
  });

  it('somebody with a session gets the page that everyone gets when it is kept, and else is told', async () => {
    site = await withDatabase((request, response) => {
      if (request.headers.cookie) response.setHeader('cache-control', 'private, no-store');
      staticPage(response, request.headers.cookie ? 'mine' : 'for everyone');
    });
    await site.ask('/course/one');
    await site.ask('/');
    expect((await site.ask('/course/one', { headers: session })).text).toBe('mine');
    away = true;
    for (const path of ['/course/one', '/']) {
      const kept = await site.ask(path, { headers: session });
      expect([kept.status, kept.text]).toEqual([200, 'for everyone']);
    }
    expect((await site.ask('/course/two', { headers: session })).status).toBe(503);
    expect((await site.ask('/course/one', { headers: session, method: 'POST' })).status).toBe(503);
  });

  it('nobody waits for a page that hangs on it, and what is made of it later is thrown away', async () => {
    let finish: () => void = () => {};
    const held = new Promise<void>((resolve) => (finish = resolve));
    const late = vi.fn((response: SiteResponse) => {
      response.setHeader('x-late', '1');
      staticPage(response, 'too late');
    });
    site = await withDatabase(async (_, response) => {
      response.setHeader('content-type', 'text/css');
      away = true;
      await held;
      late(response);
    });
    const began = performance.now();
    const answer = await site.ask('/search', { headers: es });
    expect(performance.now() - began).toBeLessThan(2_000);
    expect([answer.status, answer.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
    finish();
    await expect.poll(() => late.mock.calls.length).toBe(1);
    away = false;
    expect((await site.ask('/course/one')).text).toBe('too late');
  });

  it('a page that fails for it is told to be unavailable, and one that fails by itself is an error', async () => {
    site = await withDatabase((request, response) => {
      away = request.url === '/course/one';
      response.writeHead(500, { 'content-type': 'text/html', 'transfer-encoding': 'chunked' });
      response.write('it ');
      response.end('broke');
    });
    expect((await site.ask('/course/one')).status).toBe(503);
    away = false;
    const own = await site.ask('/course/two');
    expect([own.status, own.text]).toEqual([500, 'it broke']);
  });

  it('a page whose connection was lost is told to be unavailable, though the database is there again', async () => {
    const { sql, close } = connect('postgres://nobody@127.0.0.1:1/nothing', { max: 1 });
    let failing = true;
    site = await testSite(
      async (request, response) => {
        const failed =
          failing &&
          (await sql`select 1`.then(
            () => false,
            () => true,
          ));
        response.writeHead(failed ? 500 : 200, { 'content-type': 'text/html' });
        response.end(request.url);
      },
      async (path) => {
        if (failing && path === '/course/looked-up') await sql`select 1`;
        return { as: 'page' };
      },
    );
    for (const path of ['/course/rendered', '/course/looked-up']) {
      const answer = await site.ask(path);
      expect([answer.status, answer.headers['retry-after']], path).toEqual([503, '5']);
    }
    failing = false;
    expect((await site.ask('/course/rendered')).status).toBe(200);
    await close();
  });

  it('what needs no database is served as always', async () => {
    site = await withDatabase((_, response) => {
      response.writeHead(200, { 'content-type': 'text/css' });
      response.end('body{}');
    });
    away = true;
    expect((await site.ask('/_next/static/a.css', { headers: session })).status).toBe(200);
    expect((await site.ask('/feed')).status).toBe(200);
  });
});
