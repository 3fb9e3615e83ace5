import { createHash } from 'node:crypto';
import { decodeText } from '@/lib/text/decode';
import { readFrontmatter } from '@/lib/vault/frontmatter';
import { readEntry } from '@/lib/vault/read';
import type { Plan } from './plan';

/** What a note is recognised by at another path. */
export type Recognisable = { path: string; hash: string; ownId: string | null };
export type Renamed = { from: string; to: string };

const HASH_OF_NOTHING = hashOf(new Uint8Array());

/**
 * Gives every new path that is a gone note moved that note's row, and takes it off the gone ones (V09). New notes are read
 * only when something is gone. Returns the moves.
 */
export async function recogniseRenamed(root: string, plan: Plan): Promise<Renamed[]> {
  if (plan.goneNotes.length === 0) return [];
  const come: Recognisable[] = [];
  for (const { entry, stored } of plan.looked) {
    const found = stored ? null : await identify(root, entry.path).catch(() => null);
    if (found) come.push(found);
  }
  const moved = new Map(pairRenamed(plan.goneNotes, come).map(({ from, to }) => [to.path, from]));
  for (const looked of plan.looked) looked.stored ??= moved.get(looked.entry.path) ?? null;
  const left = new Set([...moved.values()].map((from) => from.id));
  plan.goneNotes = plan.goneNotes.filter((each) => !left.has(each.id));
  return [...moved].map(([to, from]) => ({ from: from.path, to }));
}

async function identify(root: string, path: string): Promise<Recognisable> {
  const bytes = await readEntry(root, { path, kind: 'note' });
  return { path, hash: hashOf(bytes), ownId: readFrontmatter(decodeText(bytes).text).known.id };
}

/**
 * Which gone note each new one is: by the author's own `id`, else by its bytes, and only when nothing else could be meant.
 * Empty notes are all alike: their bytes say nothing.
 */
export function pairRenamed<G extends Recognisable, C extends Recognisable>(gone: readonly G[], come: readonly C[]) {
  const byId = match(gone, come, (each) => each.ownId);
  const taken = new Set<Recognisable>(byId.flatMap(({ from, to }) => [from, to]));
  const rest = <T extends Recognisable>(notes: readonly T[]) => notes.filter((each) => !taken.has(each));
  const byHash = match(rest(gone), rest(come), (each) => (each.hash === HASH_OF_NOTHING ? null : each.hash));
  return [...byId, ...byHash];
}

/** Pairs what is the only one with its key on both sides. */
function match<G extends Recognisable, C extends Recognisable>(
  gone: readonly G[],
  come: readonly C[],
  key: (each: Recognisable) => string | null,
): { from: G; to: C }[] {
  const arrivals = lonely(come, key);
  return [...lonely(gone, key)].flatMap(([own, from]) => {
    const to = arrivals.get(own);
    return from && to ? [{ from, to }] : [];
  });
}

function lonely<T extends Recognisable>(notes: readonly T[], key: (each: Recognisable) => string | null) {
  const found = new Map<string, T | null>();
  for (const each of notes) {
    const own = key(each);
    if (own) found.set(own, found.has(own) ? null : each);
  }
  return found;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
