import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';

/** A finished answer, the same for everyone. */
export type Page = {
  headers: Record<string, string | string[]>;
  body: Buffer;
  /** Of the body; each encoding adds its own ending to it. */
  hash: string;
  /** A page that answers whatever the query says; otherwise it only answers requests without one. */
  anyQuery: boolean;
  br?: Buffer;
  gzip?: Buffer;
};

const COMPRESS_FROM_BYTES = 512;
const COMPRESSIBLE =
  /^(?:text\/|application\/(?:json|javascript|xml|rss\+xml|atom\+xml|manifest\+json|ld\+json)|image\/svg)/;
const OVERHEAD_BYTES = 1_000;

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Makes a page of a finished response. */
export function makePage(headers: Page['headers'], body: Buffer, anyQuery: boolean): Page {
  return { headers, body, hash: createHash('sha256').update(body).digest('base64url').slice(0, 22), anyQuery };
}

/**
 * Finished pages by address, bounded in bytes and in number. What was rendered before an invalidation is never kept
 * after it: whoever renders takes {@link PageStore.epoch} first and hands it back with the page.
 */
export class PageStore {
  readonly #pages: LRUCache<string, Page>;
  readonly #entryMax: number;
  #epoch = 0;
  #compressing: Promise<void> = Promise.resolve();

  constructor({ maxBytes = 128_000_000, maxEntries = 20_000, maxEntryBytes = 4_000_000 } = {}) {
    this.#entryMax = maxEntryBytes;
    this.#pages = new LRUCache({ max: maxEntries, maxSize: maxBytes, sizeCalculation: weigh });
  }

  /** Changes with every invalidation. */
  get epoch(): number {
    return this.#epoch;
  }

  get size(): { entries: number; bytes: number } {
    return { entries: this.#pages.size, bytes: this.#pages.calculatedSize };
  }

  /** The page kept for a path; `variant` tells apart renderings of one address, such as its language. */
  get(path: string, variant = ''): Page | undefined {
    return this.#pages.get(keyOf(path, variant));
  }

  /** Keeps a page rendered since `epoch`; false when an invalidation came between, or when it is too large. */
  put(path: string, variant: string, page: Page, epoch: number, ttlSeconds = 0): boolean {
    if (epoch !== this.#epoch || page.body.length > this.#entryMax) return false;
    const key = keyOf(path, variant);
    this.#pages.set(key, page, { ttl: ttlSeconds * 1000 });
    this.#compressing = this.#compressing.then(() => this.#compress(key, page));
    return true;
  }

  /** Forgets paths, in every variant; a path that ends in `/*` stands for everything below it. */
  drop(paths: readonly string[]): void {
    this.#epoch++;
    const exact = new Set(paths.filter((path) => !path.endsWith('/*')));
    const prefixes = paths.filter((path) => path.endsWith('/*')).map((path) => path.slice(0, -1));
    for (const key of [...this.#pages.keys()]) {
      const path = pathOf(key);
      if (exact.has(path) || prefixes.some((prefix) => path.startsWith(prefix))) this.#pages.delete(key);
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.#epoch++;
    this.#pages.clear();
  }

  /** Resolves once everything kept so far is compressed. */
  compressed(): Promise<void> {
    return this.#compressing;
  }

  async #compress(key: string, page: Page): Promise<void> {
    if (!isCompressible(page.headers['content-type']) || page.body.length < COMPRESS_FROM_BYTES) return;
    if (this.#pages.peek(key) !== page) return;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: page.body.length };
    const [small, smaller] = await Promise.all([deflate(page.body, { level: 9 }), brotli(page.body, { params })]);
    if (this.#pages.peek(key) !== page) return; // taken back meanwhile
    const left = this.#pages.getRemainingTTL(key);
    this.#pages.set(key, { ...page, gzip: small, br: smaller }, { ttl: Number.isFinite(left) ? left : 0 });
  }
}

/** Whether bytes of this type get smaller. */
export const isCompressible = (type: string | string[] | undefined): boolean =>
  typeof type === 'string' && COMPRESSIBLE.test(type) && !type.startsWith('text/event-stream');

const keyOf = (path: string, variant: string) => `${variant}\n${path}`;
const pathOf = (key: string) => key.slice(key.indexOf('\n') + 1);
const weigh = (page: Page, key: string) =>
  page.body.length + (page.br?.length ?? 0) + (page.gzip?.length ?? 0) + key.length * 2 + OVERHEAD_BYTES;
