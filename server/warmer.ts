/** Pages asked for again after one change: what is left is rendered when somebody wants it. */
const WARM_MAX = 64;

/** Asks for changed pages again, one at a time and in the background, so that the next visitor finds them made. */
export class Warmer {
  readonly #visit: (path: string) => Promise<unknown>;
  readonly #quiet: () => Promise<unknown>;
  #waiting: string[] = [];
  #busy = false;
  #stopped = false;

  /** `quiet` resolves when nobody waits for a page: whoever does comes first. */
  constructor(visit: (path: string) => Promise<unknown>, quiet: () => Promise<unknown> = async () => {}) {
    this.#visit = visit;
    this.#quiet = quiet;
  }

  /** Adds paths, the latest first; more than can be warmed are left out. */
  add(paths: readonly string[]): void {
    this.#waiting = [...new Set([...paths.slice(0, WARM_MAX), ...this.#waiting])].slice(0, WARM_MAX);
    if (!this.#busy) void this.#work();
  }

  /** Asks for nothing more. */
  stop(): void {
    this.#stopped = true;
    this.#waiting = [];
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let path = this.#waiting.shift(); path !== undefined && !this.#stopped; path = this.#waiting.shift()) {
      await this.#visit(path).catch(() => {}); // nobody waits for it
      await this.#quiet();
    }
    this.#busy = false;
  }
}
