import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { C128, C256, CHUNK_BYTES, CipherError, deriveKeys, HEADER_BYTES, SALT_BYTES, sealChunk } from './cobblestone';
import { unwrapKey, WrapError, wrapKey } from './key-wrap';
import { decryptBytes, type Lock, openMessage } from './message';

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', name), 'utf8'));
const hex = (text: string) => Buffer.from(text, 'hex');

const messages = z.object({
  testGroups: z.array(
    z.object({
      tests: z.array(
        z.object({
          tcId: z.number(),
          comment: z.string(),
          key: z.string(),
          ctx: z.string(),
          ct: z.string(),
          aeadKey: z.string().optional(),
          baseNonce: z.string().optional(),
          msgLength: z.number().optional(),
          msgSha512: z.string().optional(),
          result: z.enum(['valid', 'invalid']),
          flags: z.array(z.string()),
        }),
      ),
    }),
  ),
});

const suites = [
  { instance: C128, file: 'c2sp_chunked_encryption_aes_128_gcm_test.json' },
  { instance: C256, file: 'c2sp_chunked_encryption_aes_256_gcm_test.json' },
].map(({ instance, file }) => ({
  instance,
  vectors: messages.parse(read(file)).testGroups.flatMap(({ tests }) =>
    tests.map((test) => {
      const lock: Lock = { instance, key: hex(test.key), context: hex(test.ctx) };
      return { ...test, lock, ciphertext: inflateSync(hex(test.ct)) };
    }),
  ),
}));
const sourceOf = (bytes: Buffer) => ({
  size: bytes.length,
  read: async (start: number, into: Uint8Array) => {
    const part = bytes.subarray(start, start + into.byteLength);
    into.set(part);
    return into.subarray(0, part.byteLength);
  },
});
const sha512 = (bytes: Uint8Array) => createHash('sha512').update(bytes).digest('hex');

/** Reads the whole message in ranges of odd lengths, and says how far it came. */
async function inRanges(lock: Lock, ciphertext: Buffer): Promise<{ bytes: Buffer; failed: unknown }> {
  const parts: Buffer[] = [];
  try {
    const message = await openMessage(lock, sourceOf(ciphertext));
    for (let start = 0; start < message.size; start += 9_973) {
      for await (const part of message.range(start, Math.min(message.size, start + 9_973) - 1)) parts.push(part);
    }
  } catch (failed) {
    return { bytes: Buffer.concat(parts), failed };
  }
  return { bytes: Buffer.concat(parts), failed: null };
}

describe.each(suites)('published vectors of $instance.aead', ({ instance, vectors }) => {
  it('are all there', () => expect(vectors).toHaveLength(35));

  it.each(vectors)('$tcId $comment', async (vector) => {
    const { lock, ciphertext } = vector;
    if (vector.result === 'invalid') {
      expect(() => decryptBytes(lock, ciphertext)).toThrow(
        vector.flags.includes('InvalidKeySize') ? RangeError : CipherError,
      );
      const { bytes, failed } = await inRanges(lock, ciphertext);
      expect(failed).toBeInstanceOf(vector.flags.includes('InvalidKeySize') ? RangeError : CipherError);
      // What left before the fault was found is the start of what was encrypted, cut at a range
      expect(bytes.length).toBeLessThanOrEqual(vector.msgLength ?? 0);
      return;
    }
    const plaintext = decryptBytes(lock, ciphertext);
    expect([plaintext.length, sha512(plaintext)]).toEqual([vector.msgLength, vector.msgSha512]);
    const { bytes, failed } = await inRanges(lock, ciphertext);
    expect(failed).toBeNull();
    expect(bytes.equals(plaintext)).toBe(true);
    const keys = deriveKeys(instance, lock.key, ciphertext.subarray(0, SALT_BYTES), lock.context);
    expect([keys.key.toString('hex'), keys.nonce.toString('hex')]).toEqual([vector.aeadKey, vector.baseNonce]);
    const chunks = Array.from({ length: Math.floor(plaintext.length / CHUNK_BYTES) + 1 }, (_, i) =>
      sealChunk(keys, i, plaintext.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES)),
    );
    expect(Buffer.concat([ciphertext.subarray(0, HEADER_BYTES), ...chunks.flat()]).equals(ciphertext)).toBe(true);
  });
});

const wraps = z.object({
  testGroups: z.array(
    z.object({
      tests: z.array(
        z.object({
          tcId: z.number(),
          comment: z.string(),
          flags: z.array(z.string()),
          key: z.string(),
          msg: z.string(),
          ct: z.string(),
          result: z.enum(['valid', 'invalid', 'acceptable']),
        }),
      ),
    }),
  ),
});

describe('published vectors of AES key wrap', () => {
  const vectors = wraps.parse(read('aes_wrap_test.json')).testGroups.flatMap(({ tests }) => tests);

  it('are all there', () => expect(vectors).toHaveLength(165));

  it.each(vectors)('$tcId $result $comment $flags', ({ key, msg, ct, result, flags }) => {
    if (result === 'valid') {
      expect(wrapKey(hex(key), hex(msg)).toString('hex')).toBe(ct);
      expect(unwrapKey(hex(key), hex(ct)).toString('hex')).toBe(msg);
    } else {
      // Acceptable ones wrap 8 bytes, which only RFC 3394 allows
      expect(result === 'invalid' || flags.includes('ShortKey')).toBe(true);
      expect(() => unwrapKey(hex(key), hex(ct))).toThrow(WrapError);
    }
  });
});
