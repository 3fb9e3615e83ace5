import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Address } from './addresses';
import { staticPage, type TestSite, testSite } from './testing/site';

let site: TestSite;
afterEach(() => site.stop());

describe('an unknown address', () => {
  const lookup = async (path: string): Promise<Address> =>
    path.includes('unknown') ? { as: 'unknown' } : { as: 'page' };

  it('gets the page for that, with 404, in the visitor’s language', async () => {
    site = await testSite((request, response) => staticPage(response, `nothing at ${request.url}`), lookup);
    const answer = await site.ask('/course/unknown', { headers: { 'accept-language': 'es' } });
    expect([answer.status, answer.text, answer.headers['cache-control']]).toEqual([
      404,
      'nothing at /-/es/not-found',
      'private, no-store',
    ]);
    expect(answer.headers['content-security-policy']).toContain('script-src');
  });

  it('leaves nothing behind, even a hundred thousand times', async () => {
    site = await testSite((_, response) => staticPage(response, 'nothing here'), lookup);
    await site.ask('/course/unknown/first');
    const before = site.store.size;
    for (let round = 0; round < 1_000; round++) {
      await Promise.all(Array.from({ length: 100 }, (_, n) => site.addresses.ask(`/course/unknown/${round}/${n}`)));
    }
    for (let n = 0; n < 500; n++) expect((await site.ask(`/course/unknown/${n}`)).status).toBe(404);
    expect(site.store.size).toEqual(before);
    expect(site.addresses.size).toBe(0);
    expect(site.seen).toHaveLength(1);
  }, 60_000);

  it.each(['/api/never-was', '/_next/static/never-was', '/-/never-was', '/search/never-was'])(
    'beside the vaults is told the same without asking Next: %s',
    async (path) => {
      site = await testSite((request, response) => staticPage(response, `nothing at ${request.url}`), lookup);
      for (const method of ['GET', 'POST']) {
        const { status, headers, text } = await site.ask(path, { method });
        expect([status, headers['cache-control'], text]).toEqual([
          404,
          'private, no-store',
          'nothing at /-/en/not-found',
        ]);
      }
      expect(site.seen).toHaveLength(1);
    },
  );

  it('is left to Next for a person, who may see more', async () => {
    site = await testSite((_, response) => staticPage(response, 'members only'), lookup);
    expect((await site.ask('/course/unknown', { headers: { cookie: 'sid=1' } })).text).toBe('members only');
  });

  it('that belongs elsewhere redirects there, query and all', async () => {
    site = await testSite(
      (_, response) => staticPage(response, ''),
      async () => ({ as: 'redirect', to: '/course/One' }),
    );
    const { status, headers } = await site.ask('/course/one?a=b');
    expect([status, headers.location]).toEqual([308, '/course/One?a=b']);
  });

  it('is left to Next while the database does not answer', async () => {
    site = await testSite(
      (_, response) => staticPage(response, 'still there'),
      () => Promise.reject(new Error('down')),
    );
    expect((await site.ask('/course/one')).text).toBe('still there');
  });
});

describe('a strange request', () => {
  it.each([
    ['GET', '/%', 400],
    ['GET', '/%ff', 400],
    ['GET', '/a%00b', 400],
    ['GET', `/${'a'.repeat(5_000)}`, 414],
    ['GET', '//evil.example/x', 308],
    ['GET', '/%5Cevil.example', 308],
    ['TRACE', '/', 405],
    ['PUT', '/course/one', 405],
    ['DELETE', '/', 405],
    ['GET', '/api/internal/invalidate', 404],
    ['POST', '/api/internal/invalidate', 404],
    ['POST', '/api/internal%2Finvalidate', 404],
    ['POST', '/api//internal/invalidate', 308],
  ])('%s %.40s is answered %i', async (method, path, status) => {
    site = await testSite((_, response) => staticPage(response, 'page'));
    const answer = await site.ask(path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers.location ?? '/').toMatch(/^\/(?![/\\])/);
  });

  it.each(['no tree', '%', '[""]', '%5B%22%22%5D', '{}'])(
    'with a router state that Next could not read is refused: %.20s',
    async (state) => {
      site = await testSite((_, response) => staticPage(response, 'page'));
      const ask = (tree: string) => site.ask('/course/one', { headers: { rsc: '1', 'next-router-state-tree': tree } });
      expect((await ask(state)).status).toBe(400);
      expect(site.seen).toEqual([]);
      expect((await ask(encodeURIComponent('["",{},null,null]'))).status).toBe(200);
    },
  );

  it('cannot speak for this server', async () => {
    site = await testSite((_, response) => void response.end());
    await site.ask('/search', {
      headers: {
        'x-middleware-subrequest': 'a:a',
        'x-internal-secret': 'guess',
        'x-trastienda-address': '1.2.3.4',
        'x-nonce': 'n',
        'next-resume': '1',
        'x-matched-path': '/studio',
      },
    });
    const headers = site.seen[0]?.headers;
    expect(headers?.['x-trastienda-address']).toBe('127.0.0.1');
    for (const name of ['x-middleware-subrequest', 'x-internal-secret', 'x-nonce', 'next-resume', 'x-matched-path'])
      expect(headers?.[name]).toBeUndefined();
  });

  it('is known by the address its proxy names, not by one it names itself', async () => {
    site = await testSite((_, response) => void response.end());
    await site.ask('/search', { headers: { 'x-forwarded-for': '6.6.6.6, 9.9.9.9' } });
    expect(site.seen[0]?.headers['x-trastienda-address']).toBe('9.9.9.9');
  });

  it('that breaks a page is answered 500, and the next one is served', async () => {
    let broken = true;
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    site = await testSite(async (_, response) => {
      if (broken) throw new Error('expected by this test');
      staticPage(response, 'well');
    });
    expect((await site.ask('/course/one')).status).toBe(500);
    expect(said).toHaveBeenCalledOnce();
    said.mockRestore();
    broken = false;
    expect((await site.ask('/course/one')).text).toBe('well');
  });
});

describe('health', () => {
  it('is told without asking Next', async () => {
    site = await testSite((_, response) => void response.end());
    for (const path of ['/healthz', '/readyz']) {
      const answer = await site.ask(path);
      expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { status: 'ok', database: 'up' }]);
    }
    expect(site.seen).toHaveLength(0);
  });
});
