import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { SiteResponse } from './response';
import { staticPage, type TestSite, testSite } from './testing/site';

let site: TestSite;
afterEach(() => site.stop());

const words = 'words that repeat, words that repeat, '.repeat(100);
const counting = () => {
  let n = 0;
  return (_: unknown, response: SiteResponse) => staticPage(response, `<h1>${++n}</h1><script>go()</script>${words}`);
};

describe('a page that is the same for everyone', () => {
  it('is rendered once, whatever the query', async () => {
    site = await testSite(counting());
    const [first, second] = [await site.ask('/course/one'), await site.ask('/course/one?utm=x')];
    expect(second.text).toBe(first.text);
    expect(site.seen).toHaveLength(1);
    expect(second.headers['cache-control']).toBe('public, max-age=0, must-revalidate');
    expect(Number(second.headers['content-length'])).toBe(second.body.length);
    expect(second.headers['x-content-type-options']).toBe('nosniff');
  });

  it('is the same for every spelling of its address', async () => {
    site = await testSite(counting());
    await site.ask('/course/petici%C3%B3n');
    await site.ask('/course/petici%c3%b3n');
    await site.ask('/%63ourse/petici%C3%B3n');
    expect(site.seen).toHaveLength(1);
  });

  it('carries the hashes of its scripts and never a nonce', async () => {
    site = await testSite(counting());
    for (const { headers } of [await site.ask('/course/one'), await site.ask('/course/one')]) {
      expect(headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-[^']+';/);
      expect(headers['content-security-policy']).not.toContain('nonce');
    }
  });

  it('comes compressed as asked, each encoding with its own tag', async () => {
    site = await testSite(counting());
    const plain = await site.ask('/course/one');
    await site.store.compressed();
    const [br, gzip, none] = await Promise.all(
      ['gzip, deflate, br', 'br;q=0.1, gzip', 'br;q=0, gzip;q=0'].map((encoding) =>
        site.ask('/course/one', { headers: { 'accept-encoding': encoding } }),
      ),
    );
    expect([
      br?.headers['content-encoding'],
      gzip?.headers['content-encoding'],
      none?.headers['content-encoding'],
    ]).toEqual(['br', 'gzip', undefined]);
    expect(brotliDecompressSync(br?.body ?? '').toString()).toBe(plain.text);
    expect(gunzipSync(gzip?.body ?? '').toString()).toBe(plain.text);
    expect(new Set([br, gzip, none].map((answer) => answer?.headers.etag)).size).toBe(3);
    expect(br?.headers.vary).toContain('Accept-Encoding');
  });

  it('is not sent again to whoever has it', async () => {
    site = await testSite(counting());
    const { headers } = await site.ask('/course/one');
    const again = await site.ask('/course/one', { headers: { 'if-none-match': `"other", ${headers.etag}` } });
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, headers.etag]);
    expect((await site.ask('/course/one', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it('answers HEAD with its headers, and is kept by it', async () => {
    site = await testSite(counting());
    const head = await site.ask('/course/one', { method: 'HEAD' });
    const get = await site.ask('/course/one');
    expect([head.status, head.body.length, head.headers.etag]).toEqual([200, 0, get.headers.etag]);
    expect(Number(head.headers['content-length'])).toBe(get.body.length);
    expect(site.seen).toHaveLength(1);
  });

  it('is not served to a session, nor as data to the client router', async () => {
    site = await testSite(counting());
    await site.ask('/course/one');
    for (const [name, value] of [
      ['cookie', 'a=b; __Host-sid=x'],
      ['cookie', 'sid=x'],
      ['rsc', '1'],
      ['next-router-prefetch', '1'],
    ] as const) {
      await site.ask('/course/one', { headers: { [name]: value } });
    }
    await site.ask('/course/one?_rsc=abc');
    expect(site.seen).toHaveLength(6);
  });

  it('of the site itself is kept once for each language', async () => {
    site = await testSite((request, response) =>
      staticPage(response, String(request.headers['x-trastienda-language'])),
    );
    expect((await site.ask('/', { headers: { 'accept-language': 'es' } })).text).toBe('es');
    expect((await site.ask('/', { headers: { 'x-trastienda-language': 'es' } })).text).toBe('en');
    expect((await site.ask('/', { headers: { cookie: 'lang=es' } })).headers.vary).toContain('Accept-Language');
    expect(site.seen).toHaveLength(2);
  });
});

describe('what is not the same for everyone', () => {
  it.each([
    ['a page with a cookie', { 'set-cookie': 'a=b' }],
    ['a page that Next renews soon', { 'cache-control': 's-maxage=60, stale-while-revalidate=600' }],
    ['a page that Next calls stale', { 'x-nextjs-cache': 'STALE' }],
  ])('is not kept: %s', async (_, headers) => {
    let n = 0;
    site = await testSite((__, response) => staticPage(response, `${++n}`, headers));
    expect((await site.ask('/course/one')).text).toBe('1');
    expect((await site.ask('/course/one')).text).toBe('2');
  });

  it('gets a nonce of its own, the same in request and answer, and never the visitor’s', async () => {
    site = await testSite((request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(String(request.headers['content-security-policy']));
    });
    const answers = await Promise.all(
      [1, 2].map(() => site.ask('/search', { headers: { 'content-security-policy': "script-src 'nonce-evil'" } })),
    );
    for (const { headers, text } of answers) expect(headers['content-security-policy']).toBe(text);
    expect(answers[0]?.text).not.toBe(answers[1]?.text);
    expect(answers[0]?.text).not.toContain('evil');
  });

  it('streams, with the scripts of its first part named by their hashes', async () => {
    site = await testSite(async (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'x-nextjs-postponed': '1' });
      response.write('<p>shell</p><script>shell()</script>');
      await new Promise((resolve) => setTimeout(resolve, 20));
      response.end('<script nonce="x">rest()</script>');
    });
    const { headers, text } = await site.ask('/search');
    expect(headers['content-security-policy']).toMatch(/'nonce-[^']+'(?: 'sha256-[^']+'){2};/);
    expect(text).toContain('rest()');
  });

  it('is compressed on its way when that helps, and never a download', async () => {
    site = await testSite((request, response) => {
      const fixed = request.url?.startsWith('/files') ? { 'x-content-length': String(words.length) } : {};
      response.writeHead(200, { 'content-type': 'text/plain', ...fixed });
      response.end(words);
    });
    const headers = { 'accept-encoding': 'gzip' };
    const text = await site.ask('/search', { headers });
    expect(text.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(text.body).toString()).toBe(words);
    const file = await site.ask('/files/1/a.txt', { headers });
    expect([file.headers['content-encoding'], file.headers['content-length']]).toEqual([
      undefined,
      String(words.length),
    ]);
    expect(file.headers['x-content-length']).toBeUndefined();
  });
});

describe('a route handler', () => {
  it('has its answer kept when it says so, for requests without a query', async () => {
    let n = 0;
    site = await testSite((_, response) => {
      response.writeHead(200, { 'content-type': 'application/atom+xml', 'x-page-store': 'keep' });
      response.end(`<feed>${++n}</feed>`);
    });
    expect((await site.ask('/course/-/feed.xml')).text).toBe('<feed>1</feed>');
    const kept = await site.ask('/course/-/feed.xml');
    expect([kept.text, kept.headers['x-page-store']]).toEqual(['<feed>1</feed>', undefined]);
    expect((await site.ask('/course/-/feed.xml?n=2')).text).toBe('<feed>2</feed>');
    expect((await site.ask('/course/-/feed.xml')).text).toBe('<feed>1</feed>');
  });

  it('has its binary answer kept byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 2_000 }, (_, n) => n % 256));
    site = await testSite((_, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'x-page-store': 'keep' });
      response.write(bytes.subarray(0, 100));
      response.end(bytes.subarray(100));
    });
    await site.ask('/course/-/og');
    await site.store.compressed();
    const kept = await site.ask('/course/-/og', { headers: { 'accept-encoding': 'br' } });
    expect(kept.body.equals(bytes)).toBe(true);
    expect(site.seen).toHaveLength(1);
  });

  it('may say how long its answer is, also for a part of it and for HEAD', async () => {
    site = await testSite((request, response) => {
      response.writeHead(request.headers.range ? 206 : 200, {
        'content-type': 'application/octet-stream',
        'x-content-length': '5',
      });
      response.end('12345');
    });
    for (const options of [{}, { headers: { range: 'bytes=0-4' } }, { method: 'HEAD' }]) {
      expect((await site.ask('/files/1/a.bin', options)).headers['content-length']).toBe('5');
    }
  });
});
