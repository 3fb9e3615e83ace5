import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makePage, PageStore } from './page-store';

const page = (text: string, anyQuery = true) =>
  makePage({ 'content-type': 'text/html; charset=utf-8' }, Buffer.from(text), anyQuery);
const keep = (store: PageStore, path: string, text = path, variant = '') =>
  store.put(path, variant, page(text), store.epoch);

describe('the page store', () => {
  it('keeps a page per address and variant', () => {
    const store = new PageStore();
    keep(store, '/', 'hello', 'en');
    keep(store, '/', 'hola', 'es');
    expect(store.get('/', 'en')?.body.toString()).toBe('hello');
    expect(store.get('/', 'es')?.body.toString()).toBe('hola');
    expect(store.get('/')).toBeUndefined();
  });

  it('does not keep what was rendered before an invalidation, whichever address it was for', () => {
    const store = new PageStore();
    const before = store.epoch;
    store.drop(['/course/other']);
    expect(store.put('/course/one', '', page('old'), before)).toBe(false);
    expect(store.get('/course/one')).toBeUndefined();
    expect(store.put('/course/one', '', page('new'), store.epoch)).toBe(true);
  });

  it('forgets an address in every variant, and everything below a prefix', () => {
    const store = new PageStore();
    keep(store, '/', 'hello', 'en');
    keep(store, '/', 'hola', 'es');
    for (const path of ['/course', '/course/one', '/course/one/deeper', '/courses/one']) keep(store, path);
    store.drop(['/', '/course/*']);
    expect(store.get('/', 'en') ?? store.get('/', 'es')).toBeUndefined();
    expect(store.get('/course/one') ?? store.get('/course/one/deeper')).toBeUndefined();
    expect(store.get('/course')).toBeDefined();
    expect(store.get('/courses/one')).toBeDefined();
  });

  it('compresses once, to the same bytes, and counts what that takes', async () => {
    const store = new PageStore();
    const text = 'the same words again and again '.repeat(200);
    keep(store, '/course/one', text);
    const before = store.size.bytes;
    await store.compressed();
    const kept = store.get('/course/one');
    expect(brotliDecompressSync(kept?.br ?? Buffer.alloc(0)).toString()).toBe(text);
    expect(gunzipSync(kept?.gzip ?? Buffer.alloc(0)).toString()).toBe(text);
    expect(store.size.bytes).toBeGreaterThan(before);
  });

  it('does not bring a page back by finishing its compression', async () => {
    const store = new PageStore();
    keep(store, '/course/one', 'x'.repeat(200_000));
    store.drop(['/course/one']);
    await store.compressed();
    expect(store.get('/course/one')).toBeUndefined();
  });

  it('stays within its bytes and its number of pages, dropping what was not read for longest', () => {
    const store = new PageStore({ maxBytes: 50_000, maxEntries: 1_000, maxEntryBytes: 20_000 });
    for (let n = 0; n < 100; n++) {
      keep(store, `/course/${n}`, 'x'.repeat(5_000));
      store.get('/course/0');
    }
    expect(store.size.bytes).toBeLessThanOrEqual(50_000);
    expect(store.get('/course/0')).toBeDefined();
    expect(store.get('/course/50')).toBeUndefined();
    expect(keep(store, '/course/huge', 'x'.repeat(20_001))).toBe(false);
    const few = new PageStore({ maxEntries: 10 });
    for (let n = 0; n < 100; n++) keep(few, `/course/${n}`);
    expect(few.size.entries).toBe(10);
  });

  it('lets a page go when Next would renew it', async () => {
    const store = new PageStore();
    store.put('/course/one', '', page('x'), store.epoch, 0.02);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(store.get('/course/one')).toBeUndefined();
  });
});
