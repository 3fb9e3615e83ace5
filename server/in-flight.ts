import type { EventEmitter } from 'node:events';

const PATIENCE_MS = 10_000;
/** What is made for somebody who left is over by then, or will never be: Next may wait for them for ever. */
const ABANDONED_MS = 2_000;

/** Work that has begun and not ended. */
export class InFlight {
  readonly #running = new Set<Promise<unknown>>();
  readonly #watching = new Set<Set<Promise<unknown>>>();

  /** Counts `work` until it ends. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    for (const seen of this.#watching) seen.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }

  /** Resolves when nothing runs, ten seconds later at most. */
  async quiet(): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    while (this.#running.size > 0 && performance.now() < until)
      await ended([...this.#running], until - performance.now());
  }

  /** Does something, and returns all that ran at any moment of it. */
  async meanwhile(something: () => Promise<void>): Promise<Promise<unknown>[]> {
    const seen = new Set(this.#running);
    this.#watching.add(seen);
    try {
      await something();
    } finally {
      this.#watching.delete(seen);
    }
    return [...seen];
  }
}

/** Ends with the work, or a moment after whoever it was for has left. */
export function unlessAbandoned(work: Promise<void>, response: EventEmitter): Promise<void> {
  const left = new Promise<void>((resolve) => {
    response.once('close', () => setTimeout(resolve, ABANDONED_MS).unref());
  });
  return Promise.race([work, left]);
}

/** Waits until all of it has ended, ten seconds at most; false when some has not. */
export async function ended(work: readonly Promise<unknown>[], patience = PATIENCE_MS): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, patience, false);
  });
  const all = Promise.allSettled(work).then(() => true);
  return Promise.race([all, late]).finally(() => clearTimeout(timer));
}
