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
const BYTES_PER_WRITE = 16 * CHUNK_BYTES;

/** A message in the making: `header` comes first, then what `add` and `end` give, in that order. */
export type Sealer = {
  header: Buffer;
  /** The chunks that these bytes complete, encrypted, in pieces; the rest of them is kept for the next call. */
  add: (plaintext: Uint8Array) => Buffer[];
  /** The last chunk, in pieces. */
  end: () => Buffer[];
};

/** Begins to encrypt a message that comes little by little; holds no more of it than a part that it is given and one chunk. */
export function startMessage({ instance, key, context }: Lock): Sealer {
  const salt = randomBytes(SALT_BYTES);
  const keys = deriveKeys(instance, key, salt, context);
  /** The chunk that is not full yet, and how much of it there is: a copy, since who gives bytes may write over them. */
  const open = Buffer.alloc(CHUNK_BYTES);
  let filled = 0;
  let index = 0;
  return {
    header: Buffer.concat([salt, keys.commitment]),
    add: (plaintext) => {
      const sealed: Buffer[] = [];
      for (let at = 0; at < plaintext.byteLength; ) {
        const bytes = plaintext.subarray(at, at + CHUNK_BYTES - filled);
        at += bytes.byteLength;
        if (bytes.byteLength === CHUNK_BYTES) sealed.push(...sealChunk(keys, index++, bytes));
        else {
          open.set(bytes, filled);
          filled = (filled + bytes.byteLength) % CHUNK_BYTES;
          if (filled === 0) sealed.push(...sealChunk(keys, index++, open));
        }
      }
      return sealed;
    },
    end: () => sealChunk(keys, index, open.subarray(0, filled)),
  };
}

/** Encrypts a stream of any length; holds no more of it than a part that it is given and one chunk. */
export async function* encrypt(lock: Lock, plaintext: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  const message = startMessage(lock);
  yield message.header;
  for await (const part of plaintext) {
    for (let at = 0; at < part.byteLength; at += BYTES_PER_WRITE) {
      const sealed = message.add(part.subarray(at, at + BYTES_PER_WRITE));
      if (sealed.length > 0) yield Buffer.concat(sealed);
    }
  }
  yield Buffer.concat(message.end());
}

/**
 * The plaintext of a message whose end was never written, as far as its chunks are whole and authentic; each is to be taken before
 * the next is asked for. Throws {@link CipherError} when not even its header is.
 */
export async function* readUnfinished({ instance, key, context }: Lock, source: Source): AsyncGenerator<Buffer, void> {
  const keys = openHeader(instance, key, await readAll(source, 0, Math.min(HEADER_BYTES, source.size)), context);
  const whole = Math.floor((source.size - HEADER_BYTES) / SEALED_BYTES);
  for (let index = 0; index < whole; index++) {
    const sealed = await source.read(offsetOf(index), SEALED_BYTES);
    const chunk = openedChunk(keys, index, sealed);
    if (!chunk) return;
    yield chunk;
  }
}

function openedChunk(keys: MessageKeys, index: number, sealed: Uint8Array): Buffer | null {
  try {
    return openChunk(keys, index, sealed);
  } catch (error) {
    if (error instanceof CipherError) return null;
    throw error;
  }
}

/** How many bytes of plaintext the whole chunks of an unfinished message hold. */
export const unfinishedSize = (ciphertextBytes: number): number =>
  Math.max(0, Math.floor((ciphertextBytes - HEADER_BYTES) / SEALED_BYTES)) * CHUNK_BYTES;

/** Encrypts what is small enough to be in memory. */
export function encryptBytes(lock: Lock, plaintext: Uint8Array): Buffer {
  const message = startMessage(lock);
  return Buffer.concat([message.header, ...message.add(plaintext), ...message.end()]);
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
