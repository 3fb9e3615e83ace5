import { afterEach, describe, expect, it } from 'vitest';
import { staticPage, type TestSite, testSite } from './testing/site';

let site: TestSite;
afterEach(() => site.stop());
const change = (tags: string[], paths: string[]) => site.apply([{ id: 1, tags, paths }]);
const pages = () => site.seen.filter(({ url }) => !url.startsWith('/api/'));

describe('a change', () => {
  it('is seen by the next visitor: Next forgets first, then the store', async () => {
    let text = 'old';
    site = await testSite((_, response) => staticPage(response, text));
    await site.ask('/course/one');
    text = 'new';
    await change(['note:1'], ['/course/one']);
    expect((await site.ask('/course/one')).text).toBe('new');
    expect(site.seen.some(({ method, url }) => method === 'POST' && url === '/api/internal/invalidate')).toBe(true);
  });

  it('reaches an address however its path is escaped', async () => {
    let text = 'old';
    site = await testSite((_, response) => staticPage(response, text));
    await site.ask('/course/petici%c3%b3n');
    text = 'new';
    await change([], ['/course/petición']);
    expect((await site.ask('/course/petici%C3%B3n')).text).toBe('new');
  });

  it('has the page made again before anybody asks', async () => {
    site = await testSite((_, response) => staticPage(response, 'page'));
    await change(['note:1'], ['/course/one', '/course/*', '/']);
    await expect.poll(() => pages().length).toBe(3); // the note once, the site's own page in two languages
    await site.ask('/course/one');
    expect(pages()).toHaveLength(3);
  });

  it('waits for renderings that began before it, keeps none of them, and tells Next again', async () => {
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let text = 'old';
    site = await testSite(async (_, response) => {
      const mine = text;
      if (mine === 'old') await held;
      staticPage(response, mine);
    });
    const early = site.ask('/course/one');
    await expect.poll(() => pages().length).toBe(1);
    text = 'new';
    let applied = false;
    const applying = change(['note:1'], ['/course/one']).then(() => (applied = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(applied).toBe(false);
    release();
    await applying;
    expect((await early).text).toBe('old');
    expect((await site.ask('/course/one')).text).toBe('new');
    expect(site.seen.filter(({ url }) => url.startsWith('/api/'))).toHaveLength(2);
  });

  it('is not applied while Next does not obey', async () => {
    site = await testSite((_, response) => staticPage(response, 'page'));
    await site.close();
    await expect(change(['note:1'], ['/course/one'])).rejects.toThrow();
  });
});
