import { LRUCache } from 'lru-cache';

/** What is known of an address below a vault, for everyone. */
export type Address = { as: 'page' } | { as: 'redirect'; to: string } | { as: 'unknown' };
export type Lookup = (pathname: string) => Promise<Address>;

const PATIENCE_MS = 2_000;

/**
 * Remembers which addresses lead somewhere, a bounded number of them, and never those that lead nowhere: there are
 * endlessly many, and any of them may be published next.
 */
export class Addresses {
  readonly #known: LRUCache<string, Address>;
  readonly #lookup: Lookup;
  #epoch = 0;

  constructor(lookup: Lookup, max = 50_000) {
    this.#lookup = lookup;
    this.#known = new LRUCache({ max });
  }

  get size(): number {
    return this.#known.size;
  }

  /** Asks for an address; `page` when nobody can tell, so that what is already rendered is still shown. */
  async ask(pathname: string): Promise<Address> {
    const known = this.#known.get(pathname);
    if (known) return known;
    const epoch = this.#epoch;
    try {
      const found = await within(PATIENCE_MS, this.#lookup(pathname));
      if (found.as !== 'unknown' && epoch === this.#epoch) this.#known.set(pathname, found);
      return found;
    } catch {
      return { as: 'page' };
    }
  }

  /** Forgets paths; one that ends in `/*` stands for everything below it. */
  drop(paths: readonly string[]): void {
    this.#epoch++;
    const prefixes = paths.filter((path) => path.endsWith('/*')).map((path) => path.slice(0, -1));
    for (const path of paths) this.#known.delete(path);
    if (prefixes.length === 0) return;
    for (const path of [...this.#known.keys()]) {
      if (prefixes.some((prefix) => path.startsWith(prefix))) this.#known.delete(path);
    }
  }
}

function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database does not answer.')), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
