import { randomBytes } from 'node:crypto';
import {
  CHUNK_BYTES,
  CipherError,
  chunkCount,
  deriveKeys,
  HEADER_BYTES,
  type Instance,
  type MessageKeys,
  openChunk,
  openHeader,
  plaintextSize,
  SALT_BYTES,
  SEALED_BYTES,
  sealChunk,
} from './cobblestone';

/** Whose key, and what the message is: it opens only with both. A key serves one message. */
export type Lock = { instance: Instance; key: Uint8Array; context: Uint8Array };

/**
 * Encrypted bytes that can be read anywhere. `read` gives fewer bytes than asked for only where they end; they may be written over
 * by the next read.
 */
export type Source = { size: number; read: (start: number, length: number) => Promise<Uint8Array> };

/** A message whose key, context and length have been found right. */
export type Message = {
  /** Bytes of plaintext. */
  size: number;
  /**
   * The plaintext from byte `start` to byte `end`, inclusive, in blocks of 64 KiB, or 256 KiB for who takes them fast, each
   * authenticated before it is given, as the chunks it is made of. Throws {@link CipherError} at the first that is not authentic, and RangeError outside of
   * the message. One at a time.
   */
  blocks: (start: number, end: number) => AsyncGenerator<Buffer[], void>;
  /** The same, chunk by chunk. */
  range: (start: number, end: number) => AsyncGenerator<Buffer, void>;
  /** The whole plaintext, in the same way. */
  all: () => AsyncGenerator<Buffer, void>;
};

/** Chunks that are read, opened and given together: few to begin with, and more to whoever takes them at once. */
const CHUNKS_LEAST = 4;
const CHUNKS_MOST = 16;
/** Whoever takes longer over a block is slow: no more is held for them than has to be. */
const SLOW_MS = 50;
const CHUNKS_PER_WRITE = 16;

/** Encrypts a stream of any length; holds no more of it than a part that it is given and one chunk. */
export async function* encrypt(
  { instance, key, context }: Lock,
  plaintext: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, void> {
  const salt = randomBytes(SALT_BYTES);
  const keys = deriveKeys(instance, key, salt, context);
  yield Buffer.concat([salt, keys.commitment]);
  let index = 0;
  let rest = Buffer.alloc(0);
  for await (const part of plaintext) {
    const bytes = rest.length === 0 ? part : Buffer.concat([rest, part]);
    const whole = bytes.byteLength - (bytes.byteLength % CHUNK_BYTES);
    for (let at = 0; at < whole; ) {
      const until = Math.min(whole, at + CHUNKS_PER_WRITE * CHUNK_BYTES);
      const sealed: Buffer[] = [];
      for (; at < until; at += CHUNK_BYTES) sealed.push(sealChunk(keys, index++, bytes.subarray(at, at + CHUNK_BYTES)));
      yield Buffer.concat(sealed);
    }
    rest = Buffer.from(bytes.subarray(whole)); // a copy: who gave the part may write over it
  }
  yield sealChunk(keys, index, rest);
}

/** Encrypts what is small enough to be in memory. */
export function encryptBytes({ instance, key, context }: Lock, plaintext: Uint8Array): Buffer {
  const salt = randomBytes(SALT_BYTES);
  const keys = deriveKeys(instance, key, salt, context);
  const chunks = Array.from({ length: chunkCount(plaintext.byteLength) }, (_, i) =>
    sealChunk(keys, i, plaintext.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES)),
  );
  return Buffer.concat([salt, keys.commitment, ...chunks]);
}

/** Decrypts what is small enough to be in memory. Throws {@link CipherError}. */
export function decryptBytes({ instance, key, context }: Lock, ciphertext: Uint8Array): Buffer {
  const size = plaintextSize(ciphertext.byteLength);
  const keys = openHeader(instance, key, ciphertext.subarray(0, HEADER_BYTES), context);
  return Buffer.concat(openChunks(keys, 0, ciphertext.subarray(HEADER_BYTES)), size);
}

/**
 * Opens encrypted bytes for reading anywhere. Checks that their number is possible, that the key and the context are
 * theirs, and, by opening the last chunk, that none are missing. Throws {@link CipherError} otherwise.
 */
export async function openMessage({ instance, key, context }: Lock, source: Source): Promise<Message> {
  const size = plaintextSize(source.size);
  const keys = openHeader(instance, key, await readAll(source, 0, HEADER_BYTES), context);
  const last = chunkCount(size) - 1;
  openChunk(keys, last, await readAll(source, offsetOf(last), source.size - offsetOf(last)));
  const blocks = (start: number, end: number) => readBlocks(keys, source, size, start, end);
  const range = (start: number, end: number) => chunksOf(blocks(start, end));
  return { size, blocks, range, all: () => (size === 0 ? nothing() : range(0, size - 1)) };
}

async function* chunksOf(blocks: AsyncGenerator<Buffer[], void>): AsyncGenerator<Buffer, void> {
  for await (const block of blocks) yield* block;
}

async function* nothing(): AsyncGenerator<Buffer, void> {}

async function* readBlocks(
  keys: MessageKeys,
  source: Source,
  size: number,
  start: number,
  end: number,
): AsyncGenerator<Buffer[], void> {
  if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end < size))
    throw new RangeError(`There are no bytes ${start} to ${end} in ${size}.`);
  const lastChunk = Math.floor(end / CHUNK_BYTES);
  let together = CHUNKS_LEAST;
  for (let index = Math.floor(start / CHUNK_BYTES); index <= lastChunk; ) {
    const until = Math.min(lastChunk + 1, index + together);
    const stored = Math.min(offsetOf(until), source.size) - offsetOf(index);
    const chunks = openChunks(keys, index, await readAll(source, offsetOf(index), stored));
    const from = index * CHUNK_BYTES;
    const given = performance.now();
    yield chunks.map((chunk, i) => {
      const first = from + i * CHUNK_BYTES;
      return chunk.subarray(Math.max(0, start - first), Math.min(chunk.length, end + 1 - first));
    });
    together = performance.now() - given > SLOW_MS ? CHUNKS_LEAST : Math.min(CHUNKS_MOST, together * 2);
    index = until;
  }
}

function openChunks(keys: MessageKeys, index: number, sealed: Uint8Array): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < sealed.byteLength; at += SEALED_BYTES) {
    chunks.push(openChunk(keys, index + chunks.length, sealed.subarray(at, at + SEALED_BYTES)));
  }
  return chunks;
}

const offsetOf = (chunk: number): number => HEADER_BYTES + chunk * SEALED_BYTES;

/** Storage that has become shorter meanwhile is damaged storage. */
async function readAll(source: Source, start: number, length: number): Promise<Uint8Array> {
  const bytes = await source.read(start, length);
  if (bytes.byteLength !== length) throw new CipherError('length');
  return bytes;
}
