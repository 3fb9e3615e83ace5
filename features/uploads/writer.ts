import { createHash } from 'node:crypto';
import { CipherError } from '@/lib/crypto/cobblestone';
import type { Sealer } from '@/lib/crypto/message';
import { dimensionsOf } from '@/lib/vault/dimensions';
import { checkedMedia, mediaOf, SNIFF_BYTES } from '@/lib/vault/media';
import { beginBytes, type Envelope, keyOf, openBytes, readBegun, type Shelf, type Stored } from '../files/bytes';
import type { Part } from '../files/store';

/** The bytes of a file on their way into the store: hashed, looked at and encrypted as they come, never held. */
export type Writer = {
  /** What the row of the bytes needs. */
  envelope: Envelope;
  /** Bytes of plaintext that were taken. */
  received: () => number;
  /** Takes some; when they are too fast for the disk it takes its time. One call at a time. */
  take: (bytes: Uint8Array) => Promise<void>;
  /** Writes what is whole and was gathered, since no more comes for now. */
  settle: () => Promise<void>;
  /** Whether what has come so far is, by its first bytes, another kind of file than its name says; false while these are too few. */
  contradicts: (ended: boolean) => boolean;
  /** Writes the end and makes all of it durable under its key; may be called again. */
  keep: () => Promise<Whole>;
  /** Lets go of what is held open; what is written stays for later. */
  close: () => Promise<void>;
  discard: () => Promise<void>;
};
/** What is known of a file once it is whole. */
export type Whole = { sha256: string; size: number; mediaType: string; width: number | null; height: number | null };

/** Half a megabyte of chunks and tags is written together: each writing costs, and what is gathered is lost when the process ends. */
const PIECES_PER_WRITE = 64;
/** As much of a picture tells its size in pixels. */
const HEAD_BYTES = 512 * 1024;

/** Begins to write a file that will be called `name`. */
export async function startWriter(shelf: Shelf, name: string, place: { id: string; version: number }): Promise<Writer> {
  const begun = await beginBytes(shelf, { role: 'original', ...place });
  return makeWriter(name, begun);
}

/**
 * Goes on with a file that another process, or this one long ago, began: what was written is read back, as if it came again, into
 * new bytes with a key of their own, since after a crash nobody knows which chunks the old key has already served. Of what is not
 * as it was written, nothing from there on is taken. Null when nothing was written. The old bytes are for the caller to discard, once the row names the new.
 */
export async function rewrite(
  shelf: Shelf,
  name: string,
  stored: Stored,
): Promise<{ writer: Writer; old: Part } | null> {
  const old = await shelf.store.resume(keyOf(stored));
  if (!old) return null;
  const writer = await startWriter(shelf, name, { id: stored.id, version: stored.version + 1 });
  try {
    for await (const chunk of readBegun(shelf, 'original', stored, old)) await writer.take(chunk);
    return { writer, old };
  } catch (error) {
    if (error instanceof CipherError) return { writer, old }; // not even its head is whole
    await writer.discard();
    await old.close();
    throw error;
  }
}

/** What is known of bytes that are whole and kept already, when whoever kept them could not say so: all are read. Null when there are none. */
export async function readWhole(shelf: Shelf, name: string, stored: Stored): Promise<Whole | null> {
  if ((await shelf.store.size(keyOf(stored))) === null) return null;
  const opened = await openBytes(shelf, 'original', stored);
  const seen = startSeeing(name);
  const reading = async () => {
    for await (const part of opened.all()) seen.add(part);
  };
  await reading().finally(opened.close);
  return seen.whole();
}

function makeWriter(
  name: string,
  { part, message, envelope }: { part: Part; message: Sealer; envelope: Envelope },
): Writer {
  const seen = startSeeing(name);
  let writing: Promise<void> = Promise.resolve();
  let gathered: Buffer[] = [];
  let kept: Promise<Whole> | null = null;
  const write = async () => {
    await writing; // while these are written, the next may come
    if (gathered.length === 0) return;
    writing = part.write(gathered);
    writing.catch(() => {}); // met at the next call
    gathered = [];
  };
  const settle = async () => {
    await write();
    await writing;
  };
  const take = async (bytes: Uint8Array) => {
    seen.add(bytes);
    gathered.push(...message.add(bytes));
    if (gathered.length >= PIECES_PER_WRITE) await write();
  };
  const keep = async (): Promise<Whole> => {
    gathered.push(...message.end());
    await settle();
    await part.keep();
    return seen.whole();
  };
  return {
    envelope,
    received: seen.size,
    take,
    settle,
    contradicts: seen.contradicts,
    keep: () => {
      kept ??= keep();
      return kept;
    },
    close: async () => {
      await writing.catch(() => {});
      await part.close();
    },
    discard: async () => {
      await writing.catch(() => {});
      await part.discard();
    },
  };
}

/** Learns of a file, as its bytes go by, what there is to know of it. */
function startSeeing(name: string) {
  const hash = createHash('sha256');
  const first: Uint8Array[] = [];
  const wanted = mediaOf(name)?.shown === 'image' ? HEAD_BYTES : SNIFF_BYTES;
  let size = 0;
  const head = () => Buffer.concat(first);
  return {
    add: (bytes: Uint8Array) => {
      if (size < wanted) first.push(Uint8Array.from(bytes.subarray(0, wanted - size)));
      hash.update(bytes);
      size += bytes.byteLength;
    },
    size: () => size,
    contradicts: (ended: boolean) =>
      (ended || size >= SNIFF_BYTES) && mediaOf(name) !== null && checkedMedia(name, head()).shown === 'download',
    whole: (): Whole => {
      const { mediaType, shown } = checkedMedia(name, head());
      const { width = null, height = null } = (shown === 'image' && dimensionsOf(head())) || {};
      return { sha256: hash.digest('hex'), size, mediaType, width, height };
    },
  };
}
