import { createCipheriv, createDecipheriv } from 'node:crypto';

/** A key that was not wrapped with this one, or whose wrapping is damaged. */
export class WrapError extends Error {
  constructor() {
    super('The key was wrapped with another key, or is damaged.');
  }
}

const CIPHERS = new Map([
  [16, 'id-aes128-wrap'],
  [24, 'id-aes192-wrap'],
  [32, 'id-aes256-wrap'],
]);
const BLOCK_BYTES = 8;
/** The initial value of RFC 3394, 2.2.3.1: finding it again shows that nothing was changed. */
const INITIAL = Buffer.alloc(BLOCK_BYTES, 0xa6);

/**
 * Wraps a key with another (AES-KW: RFC 3394, NIST SP 800-38F): 8 bytes longer, and the same each time. Throws RangeError
 * for a key to wrap that is shorter than 16 bytes or no multiple of 8, and for a wrapping key that is no AES key.
 */
export function wrapKey(wrappingKey: Uint8Array, key: Uint8Array): Buffer {
  if (!isWhole(key.byteLength, 2)) throw new RangeError('A key to wrap has 16 bytes or more, and a multiple of 8.');
  const cipher = createCipheriv(cipherFor(wrappingKey), wrappingKey, INITIAL);
  return Buffer.concat([cipher.update(key), cipher.final()]);
}

/** Gives a wrapped key back. Throws {@link WrapError}. */
export function unwrapKey(wrappingKey: Uint8Array, wrapped: Uint8Array): Buffer {
  if (!isWhole(wrapped.byteLength, 3)) throw new WrapError();
  const decipher = createDecipheriv(cipherFor(wrappingKey), wrappingKey, INITIAL);
  let key: Buffer;
  try {
    key = Buffer.concat([decipher.update(wrapped), decipher.final()]);
  } catch {
    throw new WrapError();
  }
  if (key.byteLength !== wrapped.byteLength - BLOCK_BYTES) throw new WrapError();
  return key;
}

function cipherFor(wrappingKey: Uint8Array): string {
  const cipher = CIPHERS.get(wrappingKey.byteLength);
  if (!cipher) throw new RangeError('A wrapping key has 16, 24 or 32 bytes.');
  return cipher;
}

const isWhole = (bytes: number, leastBlocks: number) => bytes % BLOCK_BYTES === 0 && bytes >= leastBlocks * BLOCK_BYTES;
