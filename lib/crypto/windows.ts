import { SEALED_BYTES } from './cobblestone';

/** Chunks that are read, opened and given together: few to begin with, and more to whoever takes them at once. */
export const CHUNKS_LEAST = 4;
export const CHUNKS_MOST = 16;

/** Pieces of a reader: one is filled while another is opened and the third is taken, or all but the first wait. */
export const TURNS = 3;
export const TURNS_LEAST = 2;
/** Memory that no reader holds, by its size; as much as this many pieces of each waits for the next. */
const FREE_MOST = 96;
const free = new Map<number, SharedArrayBuffer[]>(
  [1, CHUNKS_LEAST, CHUNKS_MOST].map((chunks) => [chunks * SEALED_BYTES, []]),
);

/**
 * The memory of one reader: pieces in turns. It is shared with other threads, which has a price: nothing tells the garbage collector how much of it there is, so it is used again and not thrown away.
 */
export class Windows {
  readonly #held: SharedArrayBuffer[] = [];
  readonly #using: Promise<unknown>[] = [];
  #closed = false;

  /**
   * A piece of so many bytes, at most those of {@link CHUNKS_MOST}, and no more memory than that takes: whoever has become slow holds
   * little. With `turns` pieces in all: what was in those before them is over.
   */
  next(bytes: number, turns = TURNS): Uint8Array {
    if (this.#closed) throw new Error('What is read has been closed.');
    while (this.#held.length >= turns) giveBack(this.#held.shift());
    const window = take(bytes);
    this.#held.push(window);
    return new Uint8Array(window, 0, bytes);
  }

  /** Waits with {@link Windows.close} for work that may write to a piece. */
  use<T>(work: Promise<T>): Promise<T> {
    this.#using.push(work);
    if (this.#using.length > TURNS) this.#using.shift(); // it was with a piece that others are done with
    return work;
  }

  /** Gives the memory to the next reader, once nobody writes to it any more. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled(this.#using);
    for (const window of this.#held.splice(0)) giveBack(window);
  }
}

function take(bytes: number): SharedArrayBuffer {
  const size = [...free.keys()].find((each) => each >= bytes);
  if (size === undefined) throw new RangeError(`${bytes} bytes are more than are read together.`);
  return free.get(size)?.pop() ?? new SharedArrayBuffer(size);
}

function giveBack(window: SharedArrayBuffer | undefined): void {
  if (!window) return;
  const waiting = free.get(window.byteLength);
  if (waiting && waiting.length < FREE_MOST) waiting.push(window);
}
