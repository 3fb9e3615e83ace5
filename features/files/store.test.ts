import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FileStore, folderStore } from './store';

let root: string;
let store: FileStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'trastienda-store-'));
  store = folderStore(join(root, 'objects'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const ADA = 'ada00000-0000-4000-8000-000000000000';
const BO = 'b0000000-0000-4000-8000-000000000000';
async function* parts(...texts: (string | Error)[]) {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield Buffer.from(text);
  }
}
const names = async () =>
  (await readdir(root, { recursive: true })).filter((name) => name.includes('0') || name.includes('.'));

describe('a store in a folder', () => {
  it('keeps bytes and gives back all of them or a range', async () => {
    expect(await store.put(ADA, parts('hello, ', 'Ada'))).toBe(10);
    expect(await store.size(ADA)).toBe(10);
    expect(String(await buffer(store.open(ADA)))).toBe('hello, Ada');
    expect(String(await buffer(store.open(ADA, { start: 7, end: 8 })))).toBe('Ad');
  });

  it('knows nothing of what it was not given, also before it has a folder', async () => {
    expect(await store.size(BO)).toBeNull();
    await expect(buffer(store.open(BO))).rejects.toMatchObject({ code: 'ENOENT' });
    await store.delete(BO);
    const all: string[] = [];
    for await (const id of store.list()) all.push(id);
    expect(all).toEqual([]);
  });

  it('leaves nothing behind when the bytes fail in the middle', async () => {
    await expect(store.put(ADA, parts('half', new Error('torn')))).rejects.toThrow('torn');
    expect(await store.size(ADA)).toBeNull();
    expect(await names()).toEqual([]);
  });

  it('keeps what it had when a later write under the same id fails', async () => {
    await store.put(ADA, parts('first'));
    await expect(store.put(ADA, parts('sec', new Error('torn')))).rejects.toThrow('torn');
    expect(String(await buffer(store.open(ADA)))).toBe('first');
    await store.put(ADA, parts('second'));
    expect(String(await buffer(store.open(ADA)))).toBe('second');
  });

  it('lists what it keeps, forgets what it is told to, and keeps it from other users of the machine', async () => {
    await store.put(ADA, parts('a'));
    await store.put(BO, parts(''));
    const all: string[] = [];
    for await (const id of store.list()) all.push(id);
    expect(all.sort()).toEqual([ADA, BO]);
    expect((await stat(join(root, 'objects', 'ad', ADA))).mode & 0o777).toBe(0o600);
    await store.delete(ADA);
    expect(await store.size(ADA)).toBeNull();
    expect(await store.size(BO)).toBe(0);
  });
});
