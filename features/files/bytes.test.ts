import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CipherError } from '@/lib/crypto/cobblestone';
import { type KeyRing, makeRing, withNewKey, withoutKeys } from '@/lib/crypto/key-ring';
import { KeyTrouble, unwrapDek, wrapDek } from '../keys/dek';
import { keyOf, LostBytes, openBytes, type Role, type Stored, storedSize, writeBytes } from './bytes';
import { type FileStore, folderStore } from './store';

let root: string;
let shelf: { store: FileStore; ring: KeyRing; instance: string };
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'trastienda-bytes-'));
  shelf = { store: folderStore(root), ring: makeRing(), instance: randomUUID() };
});
afterEach(() => rm(root, { recursive: true, force: true }));

const pathOf = (stored: Stored) => join(root, stored.id.slice(0, 2), keyOf(stored));
async function write(text: string, place: { id?: string; version?: number; role?: Role } = {}): Promise<Stored> {
  const { id = randomUUID(), version = 1, role = 'original' } = place;
  async function* parts() {
    yield Buffer.from(text);
  }
  const { size, ...envelope } = await writeBytes(shelf, { role, id, version }, parts());
  expect([size, await shelf.store.size(keyOf({ id, version }))]).toEqual([text.length, storedSize(text.length)]);
  return { id, ...envelope };
}
const dekOf = ({ kekId, wrappedDek }: Stored) =>
  unwrapDek(shelf.ring, { kekId: kekId ?? '', wrappedDek: wrappedDek ?? new Uint8Array() });
async function read(stored: Stored, role: Role = 'original', other: Partial<typeof shelf> = {}): Promise<string> {
  const opened = await openBytes({ ...shelf, ...other }, role, stored);
  return String(await buffer(opened.all()).finally(opened.close));
}

describe('stored bytes', () => {
  it('are what was written, each time with another key', async () => {
    const [one, other] = [await write('hello'), await write('hello')];
    expect([await read(one), await read(other), await read(await write(''))]).toEqual(['hello', 'hello', '']);
    expect(dekOf(one)).not.toEqual(dekOf(other));
  });

  it('do not open in the place of others', async () => {
    const [one, other] = [await write('one'), await write('two')];
    await copyFile(pathOf(other), pathOf(one));
    await expect(read(one)).rejects.toThrow(CipherError);
    // Nor when the row is exchanged with them
    await expect(read({ ...other, id: one.id })).rejects.toThrow(CipherError);
  });

  it('do not open as another version, another kind, or on another site', async () => {
    const first = await write('first');
    await copyFile(pathOf(first), pathOf({ ...first, version: 2 }));
    await expect(read({ ...first, version: 2 })).rejects.toThrow(CipherError);
    await expect(read(first, 'variant')).rejects.toThrow(CipherError);
    await expect(read(first, 'original', { instance: randomUUID() })).rejects.toThrow(CipherError);
    expect(await read(first)).toBe('first');
  });

  it('do not open without their key, with another of its id, or when it is damaged', async () => {
    const stored = await write('secret');
    await expect(read(stored, 'original', { ring: makeRing() })).rejects.toThrow(KeyTrouble);
    const imposter = { primary: shelf.ring.primary, keys: new Map([[shelf.ring.primary, Buffer.alloc(32, 1)]]) };
    await expect(read(stored, 'original', { ring: imposter })).rejects.toThrow(new KeyTrouble(shelf.ring.primary));
    const wrappedDek = Buffer.from(stored.wrappedDek ?? []);
    wrappedDek[3] = (wrappedDek[3] ?? 0) ^ 1;
    await expect(read({ ...stored, wrappedDek })).rejects.toThrow(KeyTrouble);
  });

  it('open with a key that is wrapped anew, and then without the one before', async () => {
    const stored = await write('kept');
    const rotated = withNewKey(shelf.ring);
    const dek = dekOf(stored);
    const ring = withoutKeys(rotated, [shelf.ring.primary]);
    expect(await read({ ...stored, ...wrapDek(rotated, dek) }, 'original', { ring })).toBe('kept');
  });

  it('that are gone, in clear, or of a form nobody knows are told apart', async () => {
    const stored = await write('gone');
    await shelf.store.delete(keyOf(stored));
    await expect(read(stored)).rejects.toThrow(LostBytes);
    await expect(read({ ...stored, version: 0, kekId: null, wrappedDek: null, alg: null })).rejects.toThrow(
      'not encrypted',
    );
    await expect(read({ ...stored, alg: 'C999' })).rejects.toThrow('not encrypted in a way');
  });
});
