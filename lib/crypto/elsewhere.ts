import { type ChunkKeys, CipherError, openInPlace, SEALED_BYTES } from './cobblestone';

/**
 * Does what `openInPlace` does on another thread, over memory that threads share. Resolves to how many bytes of plaintext there are,
 * or null when they are not authentic.
 */
export type OpenOnThread = (keys: ChunkKeys, first: number, sealed: Uint8Array) => Promise<number | null>;

declare global {
  /** Set by the server: the program of a thread cannot be part of Next's bundle. */
  var trastiendaOpener: OpenOnThread | undefined;
}

/** Fewer chunks are opened here before another thread has heard of them. */
const WORTHWHILE_BYTES = 4 * SEALED_BYTES;

/**
 * Does what `openInPlace` does where the process has time for it. What opening leaves behind is swept by that thread: here, with all
 * that a site holds in memory, each 64 MB would halt every visitor for some 50 ms.
 */
export async function openElsewhere(keys: ChunkKeys, first: number, sealed: Uint8Array): Promise<Uint8Array> {
  const open = globalThis.trastiendaOpener;
  if (!open || sealed.byteLength < WORTHWHILE_BYTES) return openInPlace(keys, first, sealed);
  const length = await open(keys, first, sealed);
  if (length === null) throw new CipherError('chunk');
  return sealed.subarray(0, length);
}
