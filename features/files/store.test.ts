import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FileStore, folderStore } from './store';

let root: string;
let store: FileStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'trastienda-store-'));
  store = folderStore(join(root, 'objects'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const ADA = 'ada00000-0000-4000-8000-000000000000.1';
const BO = 'b0000000-0000-4000-8000-000000000000.1';
async function* parts(...texts: (string | Error)[]) {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield Buffer.from(text);
  }
}
const names = async () =>
  (await readdir(root, { recursive: true })).filter((name) => name.includes('0') || name.includes('.'));
async function read(key: string, start = 0, length = 1_000): Promise<string | null> {
  const opened = await store.open(key);
  if (!opened) return null;
  return String(await opened.read(start, Buffer.alloc(length)).finally(opened.close));
}
const keys = async () => {
  const all: string[] = [];
  for await (const { key } of store.list()) all.push(key);
  return all.sort();
};

describe('a store in a folder', () => {
  it('keeps bytes and gives back any of them', async () => {
    expect(await store.put(ADA, parts('hello, ', 'Ada'))).toBe(10);
    expect(await store.size(ADA)).toBe(10);
    expect(await read(ADA)).toBe('hello, Ada');
    expect(await read(ADA, 7, 2)).toBe('Ad');
    expect(await read(ADA, 9, 5)).toBe('a');
    expect(await read(ADA, 20, 5)).toBe('');
  });

  it('knows nothing of what it was not given, also before it has a folder', async () => {
    expect(await store.size(BO)).toBeNull();
    expect(await store.open(BO)).toBeNull();
    await store.delete(BO);
    expect(await keys()).toEqual([]);
    expect(await store.prune(new Date())).toBe(0);
  });

  it('leaves nothing behind when the bytes fail in the middle', async () => {
    await expect(store.put(ADA, parts('half', new Error('torn')))).rejects.toThrow('torn');
    expect(await store.size(ADA)).toBeNull();
    expect(await names()).toEqual([]);
  });

  it('keeps what it had when a later write under the same key fails', async () => {
    await store.put(ADA, parts('first'));
    await expect(store.put(ADA, parts('sec', new Error('torn')))).rejects.toThrow('torn');
    expect(await read(ADA)).toBe('first');
    await store.put(ADA, parts('second'));
    expect(await read(ADA)).toBe('second');
  });

  it('gives whoever has opened bytes all of them, though they are replaced and removed meanwhile', async () => {
    await store.put(ADA, parts('first'));
    const opened = await store.open(ADA);
    await store.put(ADA, parts('other'));
    await store.delete(ADA);
    expect(String(await opened?.read(0, Buffer.alloc(9)))).toBe('first');
    await opened?.close();
  });

  it('lists what it keeps, forgets what it is told to, and keeps it from other users of the machine', async () => {
    await store.put(ADA, parts('a'));
    await store.put(BO, parts(''));
    expect(await keys()).toEqual([ADA, BO]);
    expect((await stat(join(root, 'objects', 'ad', ADA))).mode & 0o777).toBe(0o600);
    await store.delete(ADA);
    expect(await store.size(ADA)).toBeNull();
    expect(await store.size(BO)).toBe(0);
  });

  it('removes what a write left that was cut off long ago, and nothing else', async () => {
    await store.put(ADA, parts('a'));
    const folder = join(root, 'objects', 'ad');
    await mkdir(join(root, 'objects', 'b0'));
    const [old, fresh] = ['0', '1'].map((digit) => join(folder, `.${digit.repeat(8)}-0000-4000-8000-000000000000.tmp`));
    if (!old || !fresh) throw new Error('no names');
    await writeFile(old, 'half');
    await writeFile(fresh, 'half');
    await utimes(old, new Date(0), new Date(0));
    expect(await store.prune(new Date(Date.now() - 60_000))).toBe(1);
    expect((await readdir(folder)).sort()).toEqual([fresh.slice(folder.length + 1), ADA].sort());
    expect(await keys()).toEqual([ADA]);
  });
});
