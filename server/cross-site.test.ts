import { afterEach, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from './testing/site';

let site: TestSite;
afterEach(() => site?.stop());

const HOST = { host: 'notes.example' };

describe('a form', () => {
  it.each([
    ['of this very site, as browsers say', { 'sec-fetch-site': 'same-origin' }, 200],
    ['of this very site, as older browsers say', { origin: 'http://notes.example' }, 200],
    ['of the public address behind a proxy', { origin: 'http://127.0.0.1' }, 200],
    ['of another site', { 'sec-fetch-site': 'cross-site', origin: 'http://notes.example' }, 403],
    ['of a neighbouring site', { 'sec-fetch-site': 'same-site' }, 403],
    ['of nobody’s, typed by hand', { 'sec-fetch-site': 'none' }, 403],
    ['of another origin', { origin: 'http://evil.example' }, 403],
    ['of another port', { origin: 'http://notes.example:81' }, 403],
    ['of a hidden origin', { origin: 'null' }, 403],
    ['that does not say whose it is', {}, 403],
    ['of this very site, from a page that keeps its address', { 'sec-fetch-site': 'same-origin', origin: 'null' }, 200],
  ])('%s', async (_, headers, status) => {
    site = await testSite((_request, response) => void response.end('done'));
    for (const path of ['/search', '/course/one']) {
      const answer = await site.ask(path, { method: 'POST', headers: { ...HOST, ...headers } });
      expect(answer.status, path).toBe(status);
    }
    expect(site.seen).toHaveLength(status === 200 ? 2 : 0);
  });

  it('is known to Next by this site’s name when its page keeps its address', async () => {
    site = await testSite((_request, response) => void response.end('done'));
    await site.ask('/search', {
      method: 'POST',
      headers: { ...HOST, 'sec-fetch-site': 'same-origin', origin: 'null' },
    });
    expect(site.seen[0]?.headers.origin).toBe('http://notes.example');
  });

  it('that Next could not read, or that is too large, is refused as that and not as a fault of ours', async () => {
    site = await testSite((_request, response) => {
      response.writeHead(500, { 'content-type': 'text/plain', 'content-length': '21', etag: '"next"' });
      response.end('Internal Server Error');
    });
    const own = { ...HOST, 'sec-fetch-site': 'same-origin' };
    const unread = await site.ask('/search', { method: 'POST', headers: own, body: 'broken' });
    expect([unread.status, unread.text]).toEqual([400, 'Bad request\n']);
    const large = { ...own, 'content-length': '1000001' };
    expect((await site.ask('/search', { method: 'POST', headers: large, body: 'x'.repeat(1_000_001) })).status).toBe(
      413,
    );
  });
});
