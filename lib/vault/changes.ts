import type { Entry, Skipped } from './entry';
import { isNotePath } from './names';

/** What is remembered of a file since the last import. `hash` identifies its bytes; `id` is the note's own `id` property. */
export type Known = { path: string; hash: string; size: number; modified: number; id?: string | null };

/** A file as found now, identified. */
export type Found = Entry & { hash: string; id?: string | null };

export type Changes<P extends Known = Known> = {
  added: Found[];
  updated: { from: P; to: Found }[];
  unchanged: { from: P; to: Found }[];
  removed: P[];
  /** Moved: the same bytes or the same `id` at another path. The bytes may have changed too when `id` tells. */
  renamed: { from: P; to: Found }[];
  /** Files that could not be identified; they are in no other list, nor is what was known of them. */
  skipped: Skipped[];
};

export type DiffOptions = {
  /** Read every file again, even when size and time of change are the same as before. */
  always?: boolean;
  /** Files identified at once. */
  concurrency?: number;
};

/**
 * What has changed in a vault (V09). `identify` reads a file and returns its hash (and a note's `id`); it is asked only for
 * files whose size or time of change differs. A file that vanished and another that appeared are one renamed file when their
 * `id`, else their bytes, match and nothing else could be meant. Every previous path and every entry is in exactly one list.
 */
export async function diff<P extends Known>(
  previous: readonly P[],
  entries: readonly Entry[],
  identify: (entry: Entry) => Promise<{ hash: string; id?: string | null }>,
  { always = false, concurrency = 16 }: DiffOptions = {},
): Promise<Changes<P>> {
  const before = new Map(previous.map((known) => [known.path, known]));
  const changes: Changes<P> = { added: [], updated: [], unchanged: [], removed: [], renamed: [], skipped: [] };
  const found = await identifyAll(entries, before, identify, changes.skipped, always, concurrency);
  const present = new Set(entries.map((entry) => entry.path));
  const gone = previous.filter((known) => !present.has(known.path));
  const come = found.filter((entry) => !before.has(entry.path));
  for (const to of found) {
    const from = before.get(to.path);
    if (from) (from.hash === to.hash ? changes.unchanged : changes.updated).push({ from, to });
  }
  changes.renamed = pair(gone, come);
  const left = new Set(changes.renamed.map(({ from }) => from.path));
  const arrived = new Set(changes.renamed.map(({ to }) => to.path));
  changes.removed = gone.filter((known) => !left.has(known.path));
  changes.added = come.filter((entry) => !arrived.has(entry.path));
  return changes;
}

async function identifyAll<P extends Known>(
  entries: readonly Entry[],
  before: ReadonlyMap<string, P>,
  identify: (entry: Entry) => Promise<{ hash: string; id?: string | null }>,
  skipped: Skipped[],
  always: boolean,
  concurrency: number,
): Promise<Found[]> {
  const found: (Found | null)[] = entries.map(() => null);
  const queue = entries.entries();
  const run = async () => {
    for (const [i, entry] of queue) {
      const known = before.get(entry.path);
      const same = !always && known?.size === entry.size && known.modified === entry.modified;
      try {
        found[i] = { ...entry, ...(same && known ? { hash: known.hash, id: known.id } : await identify(entry)) };
      } catch (error) {
        skipped.push({ path: entry.path, reason: error instanceof Error ? error.message : 'not readable' });
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, run));
  return found.filter((entry) => entry !== null);
}

function pair<P extends Known>(gone: P[], come: Found[]): { from: P; to: Found }[] {
  const byId = match(gone, come, (file) => file.id || null);
  const taken = new Set(byId.flatMap(({ from, to }) => [from.path, to.path]));
  const rest = <T extends Known>(files: T[]) => files.filter((file) => !taken.has(file.path));
  // Empty files are all alike: the same bytes say nothing.
  const byHash = match(rest(gone), rest(come), (file) => (file.size > 0 ? file.hash : null));
  return [...byId, ...byHash];
}

/** Pairs what is the only one with its key on both sides, among notes and among files. */
function match<P extends Known>(
  gone: P[],
  come: Found[],
  key: (file: Known) => string | null,
): { from: P; to: Found }[] {
  const keyed = (file: Known) => {
    const own = key(file);
    return own === null ? null : `${isNotePath(file.path) ? 'note' : 'file'}:${own}`;
  };
  const lonely = <T extends Known>(files: T[]) => {
    const groups = new Map<string, T | null>();
    for (const file of files) {
      const own = keyed(file);
      if (own !== null) groups.set(own, groups.has(own) ? null : file);
    }
    return groups;
  };
  const arrivals = lonely(come);
  return [...lonely(gone)].flatMap(([own, from]) => {
    const to = arrivals.get(own);
    return from && to ? [{ from, to }] : [];
  });
}
