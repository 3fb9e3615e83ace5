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
  openInPlace,
  plaintextSize,
  SALT_BYTES,
  SEALED_BYTES,
  sealChunk,
} from './cobblestone';
import { openElsewhere } from './elsewhere';
import { CHUNKS_LEAST, CHUNKS_MOST, TURNS, TURNS_LEAST, Windows } from './windows';

/** Whose key, and what the message is: it opens only with both. A key serves one message. */
export type Lock = { instance: Instance; key: Uint8Array; context: Uint8Array };

/** Encrypted bytes that can be read anywhere. `read` fills `into`, but where they end, and gives back what it filled of it. */
export type Source = { size: number; read: (start: number, into: Uint8Array) => Promise<Uint8Array> };

/** A message whose key, context and length have been found right. */
export type Message = {
  /** Bytes of plaintext. */
  size: number;
  /**
   * The plaintext from byte `start` to byte `end`, inclusive, in blocks of 64 KiB, or 256 KiB for who takes them fast, or
   * 16 KiB for who crawls, each authenticated before it is given. Throws {@link CipherError} at the first that is not authentic, and RangeError outside of
   * the message. One at a time; a block may be written over once the next but one is asked for.
   */
  blocks: (start: number, end: number) => AsyncGenerator<Uint8Array, void>;
  /** The same in blocks that may be kept. */
  range: (start: number, end: number) => AsyncGenerator<Buffer, void>;
  /** The whole plaintext, in the same way. */
  all: () => AsyncGenerator<Buffer, void>;
  /** Lets go of the memory that reading took; nothing may be read after that, and no block be looked at. */
  close: () => Promise<void>;
};

/** Whoever takes longer over a block is slow: no more is held for them than has to be. */
const SLOW_MS = 20;
/** Whoever takes longer than this crawls: of two chunks one is taken, and one waits. */
const CRAWLING_MS = 1_000;
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
  const window = Buffer.allocUnsafe(SEALED_BYTES);
  for (let index = 0; index < whole; index++) {
    const sealed = await source.read(offsetOf(index), window);
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
  const sealed = Buffer.from(ciphertext.subarray(HEADER_BYTES));
  openInPlace(keys, 0, sealed);
  return sealed.subarray(0, size);
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
  const windows = new Windows();
  const blocks = (start: number, end: number) => readBlocks({ keys, source, size, windows }, start, end);
  const range = (start: number, end: number) => copiesOf(blocks(start, end));
  const all = () => (size === 0 ? nothing() : range(0, size - 1));
  return { size, blocks, range, all, close: () => windows.close() };
}

async function* copiesOf(blocks: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Buffer, void> {
  for await (const block of blocks) yield Buffer.from(block);
}

async function* nothing(): AsyncGenerator<Buffer, void> {}

type Sealed = { index: number; until: number; sealed: Uint8Array };
type Reading = { keys: MessageKeys; source: Source; size: number; windows: Windows };

/** Reads the next block while one is opened, and another is taken by whoever asked for it, unless they crawl. */
async function* readBlocks(message: Reading, start: number, end: number): AsyncGenerator<Uint8Array, void> {
  const { keys, size, windows } = message;
  if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end < size))
    throw new RangeError(`There are no bytes ${start} to ${end} in ${size}.`);
  let together = CHUNKS_LEAST;
  const read = (index: number, turns: number) =>
    readSealed(message, index, Math.min(index + together, Math.floor(end / CHUNK_BYTES) + 1), turns);
  let next = Math.floor(start / CHUNK_BYTES);
  for (let ahead: Promise<Sealed> | null = null; ; ) {
    const { index, sealed, until }: Sealed = await (ahead ?? read(next, TURNS_LEAST));
    next = until;
    const isLast = next * CHUNK_BYTES > end;
    ahead = isLast || together === 1 ? null : read(next, TURNS);
    ahead?.catch(() => {}); // met at the next turn, unless nobody asks for more
    const block = await windows.use(openElsewhere(keys, index, sealed));
    const first = index * CHUNK_BYTES;
    const given = performance.now();
    yield block.subarray(Math.max(0, start - first), Math.min(block.byteLength, end + 1 - first));
    if (isLast) return;
    const taken = performance.now() - given;
    together = taken > CRAWLING_MS ? 1 : taken > SLOW_MS ? CHUNKS_LEAST : Math.min(CHUNKS_MOST, together * 2);
  }
}

/** Chunks as they are stored, from one to before another. */
async function readSealed({ source, windows }: Reading, index: number, until: number, turns: number): Promise<Sealed> {
  const bytes = Math.min(offsetOf(until), source.size) - offsetOf(index);
  const sealed = await windows.use(fill(source, offsetOf(index), windows.next(bytes, turns)));
  return { index, until, sealed };
}

const offsetOf = (chunk: number): number => HEADER_BYTES + chunk * SEALED_BYTES;

const readAll = (source: Source, start: number, length: number): Promise<Uint8Array> =>
  fill(source, start, Buffer.allocUnsafe(length));

/** Storage that has become shorter meanwhile is damaged storage. */
async function fill(source: Source, start: number, into: Uint8Array): Promise<Uint8Array> {
  const bytes = await source.read(start, into);
  if (bytes.byteLength !== into.byteLength) throw new CipherError('length');
  return bytes;
}
