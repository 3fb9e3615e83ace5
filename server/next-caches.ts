import { tell } from '@/lib/observe/trace';

/** What Next's cache of `'use cache'` functions keeps: https://nextjs.org/docs/app/api-reference/config/next-config-js/cacheHandlers */
type Entry = { tags: string[]; timestamp: number; revalidate: number; expire: number };
type Handler = {
  get: (key: string, softTags: string[]) => Promise<Entry | undefined>;
  set: (key: string, entry: Promise<Entry>) => Promise<void>;
};

const HANDLERS = Symbol.for('@next/cache-handlers-map');
const watched = new WeakSet<object>();

/** Has every read and write of Next's cache be seen by whoever observes the request it is made for. */
export function watchCaches(): void {
  const map: unknown = Reflect.get(globalThis, HANDLERS);
  if (!(map instanceof Map)) return;
  for (const handler of map.values()) if (isHandler(handler) && !watched.has(handler)) watch(handler);
}

function watch(handler: Handler): void {
  watched.add(handler);
  const get = handler.get.bind(handler);
  const set = handler.set.bind(handler);
  handler.get = async (key, softTags) => {
    const entry = await get(key, softTags);
    if (entry)
      tell('cache', 'read', {
        ...factsOf(entry),
        age: (performance.timeOrigin + performance.now() - entry.timestamp) / 1000,
      });
    else tell('cache', 'miss', {});
    return entry;
  };
  handler.set = (key, entry) => {
    const written = set(key, entry);
    entry.then(
      (made) => tell('cache', 'write', factsOf(made)),
      () => tell('cache', 'write', { failed: true }),
    );
    return written;
  };
}

const factsOf = ({ tags, revalidate, expire }: Entry) => ({ tags, revalidate, expire });

const isHandler = (value: unknown): value is Handler =>
  typeof value === 'object' && value !== null && 'get' in value && 'set' in value;
