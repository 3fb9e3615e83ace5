import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { C256, CHUNK_BYTES, CipherError, HEADER_BYTES, SEALED_BYTES } from '@/lib/crypto/cobblestone';
import { encryptBytes, type Lock, openMessage, type Source } from '@/lib/crypto/message';
import { startDecrypting } from './decrypting';

const root = path.resolve(import.meta.dirname, '..');
const lock: Lock = { instance: C256, key: randomBytes(32), context: Buffer.from('a place') };
const plaintext = randomBytes(60 * CHUNK_BYTES + 77);
const stored = encryptBytes(lock, plaintext);

const sourceOf = (bytes: Buffer): Source => ({
  size: bytes.length,
  read: async (start, into) => into.subarray(0, bytes.copy(into, 0, start)),
});

let threads: ReturnType<typeof startDecrypting> | null = null;
afterEach(async () => {
  await threads?.close();
  threads = null;
  vi.restoreAllMocks();
});

/** Starts the threads, and counts what they are asked. */
function begin() {
  threads = startDecrypting(root);
  const opener = vi.fn(globalThis.trastiendaOpener);
  globalThis.trastiendaOpener = opener;
  return opener;
}

async function read(source: Source, start: number, end: number): Promise<Buffer> {
  const message = await openMessage(lock, source);
  const parts: Buffer[] = [];
  try {
    for await (const block of message.blocks(start, end)) parts.push(Buffer.from(block));
  } finally {
    await message.close();
  }
  return Buffer.concat(parts);
}

describe('decrypting on other threads', () => {
  it('gives the same bytes to many at once, from anywhere', async () => {
    const opener = begin();
    const ranges = Array.from({ length: 40 }, (_, i) => [i * 4_001, plaintext.length - 1 - i * 9_973] as const);
    const found = await Promise.all(ranges.map(([start, end]) => read(sourceOf(stored), start, end)));
    for (const [i, [start, end]] of ranges.entries())
      expect(found[i]?.equals(plaintext.subarray(start, end + 1))).toBe(true);
    expect(opener).toHaveBeenCalled();
  });

  it('refuses what is damaged, and goes on for everybody else', async () => {
    const opener = begin();
    const damaged = Buffer.from(stored);
    const at = HEADER_BYTES + 30 * SEALED_BYTES + 5;
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    const [wrong, right] = await Promise.allSettled([
      read(sourceOf(damaged), 0, plaintext.length - 1),
      read(sourceOf(stored), 0, plaintext.length - 1),
    ]);
    expect(wrong).toMatchObject({ status: 'rejected', reason: expect.any(CipherError) });
    expect(right.status === 'fulfilled' && right.value.equals(plaintext)).toBe(true);
    expect(opener).toHaveBeenCalled();
  });

  it('is done by whoever asks once a thread has failed, and what it was at is not given', async () => {
    begin();
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => {});
    const sealed = new Uint8Array(new SharedArrayBuffer(4 * SEALED_BYTES));
    const nothing = { instance: C256, key: new Uint8Array(0), nonce: new Uint8Array(12) };
    await expect(globalThis.trastiendaOpener?.(nothing, 0, sealed)).rejects.toThrow('key length');
    expect(complaint).toHaveBeenCalledOnce();
    expect(globalThis.trastiendaOpener).toBeUndefined();
    expect((await read(sourceOf(stored), 0, plaintext.length - 1)).equals(plaintext)).toBe(true);
  });
});
