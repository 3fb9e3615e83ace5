import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * C2SP chunked encryption, version 1 (https://c2sp.org/chunked-encryption): a header of salt and commitment, then chunks
 * of AES-GCM of 16 KiB each and a shorter last one, every one with the nonce of its place.
 */
export type Instance = { aead: string; cipher: 'aes-128-gcm' | 'aes-256-gcm'; keyBytes: number };

/** Cobblestone-256, with which everything here is encrypted. */
export const C256: Instance = { aead: 'AEAD_AES_256_GCM', cipher: 'aes-256-gcm', keyBytes: 32 };
/** Cobblestone-128, the specification's own default. */
export const C128: Instance = { aead: 'AEAD_AES_128_GCM', cipher: 'aes-128-gcm', keyBytes: 16 };

/** Bytes of plaintext in every chunk but the last, which has fewer. */
export const CHUNK_BYTES = 16_384;
export const TAG_BYTES = 16;
export const SALT_BYTES = 24;
const COMMITMENT_BYTES = 32;
export const HEADER_BYTES = SALT_BYTES + COMMITMENT_BYTES;
/** A full chunk as it is stored. */
export const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;
const NONCE_BYTES = 12;
const MAX_CHUNKS = 2 ** 38;
const LABEL = 'c2sp.org/chunked-encryption@v1+';

/** Bytes that were not made with this key, context and place, or not all of them. */
export class CipherError extends Error {
  constructor(readonly what: 'length' | 'header' | 'chunk') {
    super(`The encrypted bytes are damaged or not these: wrong ${what}.`);
  }
}

/** What the chunks of one message are encrypted with. */
export type ChunkKeys = { instance: Instance; key: Uint8Array; nonce: Uint8Array };
/** The same, and what says in the header that they are the right ones. */
export type MessageKeys = { instance: Instance; key: Buffer; nonce: Buffer; commitment: Buffer };

/** Derives a message's own key, base nonce and commitment. Throws RangeError when the key or the salt has another length. */
export function deriveKeys(
  instance: Instance,
  inputKey: Uint8Array,
  salt: Uint8Array,
  context: Uint8Array,
): MessageKeys {
  if (inputKey.byteLength !== instance.keyBytes) throw new RangeError(`A key has ${instance.keyBytes} bytes.`);
  if (salt.byteLength !== SALT_BYTES) throw new RangeError(`A salt has ${SALT_BYTES} bytes.`);
  const info = Buffer.concat([Buffer.from(`${LABEL}${instance.aead}\0`, 'latin1'), salt, context]);
  const bytes = expand(inputKey, info, instance.keyBytes + NONCE_BYTES + COMMITMENT_BYTES);
  const nonceAt = instance.keyBytes;
  const commitmentAt = nonceAt + NONCE_BYTES;
  return {
    instance,
    key: bytes.subarray(0, nonceAt),
    nonce: bytes.subarray(nonceAt, commitmentAt),
    commitment: bytes.subarray(commitmentAt),
  };
}

/** The keys of a stored message. Throws {@link CipherError} when its header was made with another key or context. */
export function openHeader(
  instance: Instance,
  inputKey: Uint8Array,
  header: Uint8Array,
  context: Uint8Array,
): MessageKeys {
  if (header.byteLength !== HEADER_BYTES) throw new CipherError('length');
  const keys = deriveKeys(instance, inputKey, header.subarray(0, SALT_BYTES), context);
  if (!timingSafeEqual(keys.commitment, header.subarray(SALT_BYTES))) throw new CipherError('header');
  return keys;
}

/** Encrypts the chunk of that number, counted from 0: ciphertext and tag, which nobody has to copy to write them. */
export function sealChunk(keys: ChunkKeys, index: number, plaintext: Uint8Array): [Buffer, Buffer] {
  const cipher = createCipheriv(keys.instance.cipher, keys.key, chunkNonce(keys.nonce, index), {
    authTagLength: TAG_BYTES,
  });
  const ciphertext = cipher.update(plaintext);
  cipher.final(); // in this mode, all bytes have come before
  return [ciphertext, cipher.getAuthTag()];
}

/** Decrypts the chunk of that number. Throws {@link CipherError}, and gives no byte away, when it is not authentic. */
export function openChunk(keys: ChunkKeys, index: number, sealed: Uint8Array): Buffer {
  const length = sealed.byteLength - TAG_BYTES;
  if (length < 0 || length > CHUNK_BYTES) throw new CipherError('length');
  const decipher = createDecipheriv(keys.instance.cipher, keys.key, chunkNonce(keys.nonce, index), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(sealed.subarray(length));
  const plaintext = decipher.update(sealed.subarray(0, length));
  try {
    decipher.final();
  } catch {
    throw new CipherError('chunk');
  }
  return plaintext;
}

/**
 * Decrypts chunks that lie one after another, the first being that number, over themselves. Returns the plaintext, which lies at
 * the beginning of the given bytes. Throws {@link CipherError} when one is not authentic: what was given is of no use then.
 */
export function openInPlace(keys: ChunkKeys, first: number, sealed: Uint8Array): Uint8Array {
  let end = 0;
  for (let at = 0, index = first; at < sealed.byteLength; at += SEALED_BYTES, index++) {
    const chunk = openChunk(keys, index, sealed.subarray(at, at + SEALED_BYTES));
    sealed.set(chunk, end);
    end += chunk.byteLength;
  }
  return sealed.subarray(0, end);
}

/** How many bytes a plaintext of that size takes once encrypted. */
export function ciphertextSize(plaintextBytes: number): number {
  return HEADER_BYTES + plaintextBytes + TAG_BYTES * chunkCount(plaintextBytes);
}

/** How many bytes of plaintext are in that many encrypted ones. Throws {@link CipherError} when no message has that length. */
export function plaintextSize(ciphertextBytes: number): number {
  const body = ciphertextBytes - HEADER_BYTES;
  const last = body % SEALED_BYTES;
  if (body < TAG_BYTES || last < TAG_BYTES) throw new CipherError('length');
  return Math.floor(body / SEALED_BYTES) * CHUNK_BYTES + last - TAG_BYTES;
}

/** There is always a last chunk, and it is never full. */
export const chunkCount = (plaintextBytes: number): number => Math.floor(plaintextBytes / CHUNK_BYTES) + 1;

/** The base nonce with the chunk's number, big-endian, XORed into its end. */
function chunkNonce(base: Uint8Array, index: number): Buffer {
  if (!Number.isSafeInteger(index) || index < 0 || index >= MAX_CHUNKS) throw new RangeError('Too many chunks.');
  const nonce = Buffer.from(base);
  const low = NONCE_BYTES - 4;
  const high = low - 1;
  nonce.writeUInt32BE((nonce.readUInt32BE(low) ^ (index % 2 ** 32)) >>> 0, low);
  nonce.writeUInt8(nonce.readUInt8(high) ^ Math.floor(index / 2 ** 32), high);
  return nonce;
}

/** HKDF-Expand with SHA-512 (RFC 5869, 2.3): Node's own also extracts, which the format leaves out. */
function expand(key: Uint8Array, info: Uint8Array, length: number): Buffer {
  const blocks: Buffer[] = [];
  let block = Buffer.alloc(0);
  for (let made = 0; made < length; made += block.length) {
    block = createHmac('sha512', key)
      .update(block)
      .update(info)
      .update(Uint8Array.of(blocks.length + 1))
      .digest();
    blocks.push(block);
  }
  return Buffer.concat(blocks, length);
}
