const PATIENCE_MS = 10_000;

/** Work that has begun and not ended. */
export class InFlight {
  readonly #running = new Set<Promise<unknown>>();

  /** Counts `work` until it ends. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }

  /** Resolves when everything that runs now has ended, but not later than in ten seconds; false when nothing did run. */
  async settled(): Promise<boolean> {
    const running = [...this.#running];
    if (running.length === 0) return false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([Promise.allSettled(running), late]);
    clearTimeout(timer);
    return true;
  }
}
