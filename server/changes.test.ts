import { afterEach, describe, expect, it, vi } from 'vitest';
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

  it.each([
    ['a visitor', '/course/one', {}],
    ['a visitor who wants the headers of the client router’s data', '/course/one', { rsc: '1' }],
    ['somebody with a session', '/course/one', { cookie: 'sid=x' }],
  ])('tells Next again when a rendering for %s ended while Next forgot', async (_, path, headers) => {
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    // As Next does: dated by when the rendering ended, and taken for old when the tags expired later
    let next: { text: string; madeAt: number } | null = null;
    let text = 'old';
    let clock = 0;
    site = await testSite(
      async (_, response) => {
        const mine = text;
        if (next) return staticPage(response, next.text);
        if (mine === 'old') await held;
        next = { text: mine, madeAt: ++clock };
        staticPage(response, mine);
      },
      undefined,
      async () => {
        if (next && next.madeAt < ++clock) next = null;
        release();
        await early; // its answer left before ours
      },
    );
    const early = site.ask(path, { headers, method: 'rsc' in headers ? 'HEAD' : 'GET' });
    await expect.poll(() => pages().length).toBe(1);
    text = 'new';
    await change(['note:1'], ['/course/one']);
    expect((await site.ask('/course/one')).text).toBe('new');
  });

  it('reaches what a very slow rendering leaves behind, without waiting for it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    site = await testSite(async (_, response) => {
      await held;
      staticPage(response, 'old');
    });
    const early = site.ask('/course/one');
    await vi.waitUntil(() => pages().length === 1);
    const applying = change(['note:1'], []);
    const forgotten = () => site.seen.length - pages().length;
    await vi.waitUntil(async () => {
      await vi.advanceTimersByTimeAsync(1_000);
      return forgotten() === 2;
    });
    vi.useRealTimers();
    await applying;
    release();
    await early;
    await expect.poll(forgotten).toBe(3);
  });

  it('does not wait for ever for what was made for somebody who left', async () => {
    site = await testSite(() => new Promise(() => {}));
    const left = new AbortController();
    const asked = site.ask('/course/icon.svg', { signal: left.signal }).catch(() => 'left');
    await expect.poll(() => pages().length).toBe(1);
    left.abort();
    expect(await asked).toBe('left');
    const began = performance.now();
    await change(['note:1'], []);
    expect(performance.now() - began).toBeLessThan(4_000);
    const again = performance.now();
    await change(['note:1'], []);
    expect(performance.now() - again).toBeLessThan(500);
  });

  it('is not applied while Next does not obey', async () => {
    site = await testSite((_, response) => staticPage(response, 'page'));
    await site.close();
    await expect(change(['note:1'], ['/course/one'])).rejects.toThrow();
  });
});
