import { fold } from '@/lib/text/fold';
import { baseName, folderOf, isNotePath, nameKeys } from './names';

export { decodeSafely as decodeTarget } from './address';

/** What a link may lead to; `Entry` and rows of the database both are. */
export type Named = { path: string; kind: 'note' | 'file' };

export type Resolution<E extends Named> =
  | { kind: 'self' }
  /** `ambiguous` is empty when there was no doubt, else all that answered equally well, the chosen one first. */
  | { kind: 'found'; entry: E; ambiguous: E[] }
  /** `suggestion` is the path of the note that has the target as an alias. */
  | { kind: 'missing'; suggestion?: string };

/**
 * Entries by name. It may be partial: to resolve a target it needs only the entries whose `nameKeys` hold its `targetKey`.
 */
export class Names<E extends Named> {
  readonly #byName = new Map<string, E[]>();

  constructor(entries: Iterable<E>) {
    for (const entry of entries) {
      for (const key of nameKeys(entry.path)) {
        const same = this.#byName.get(key);
        if (same) same.push(entry);
        else this.#byName.set(key, [entry]);
      }
    }
  }

  /** All entries that a target with this last segment could mean. */
  named(key: string): readonly E[] {
    return this.#byName.get(key) ?? [];
  }
}

/** The folded last segment of a target: the link is looked at again when an entry with this among its `nameKeys` comes or goes (V30). */
export function targetKey(target: string): string {
  return fold(baseName(target.trim()))
    .trim()
    .replace(/\s+\.md$/, '.md');
}

/** The `nameKey`s under which a store must look for everything that a target could mean. */
export function lookupKeys(target: string): string[] {
  const key = targetKey(target);
  return isNotePath(key) ? [key, key.slice(0, -'.md'.length).trim()] : [key];
}

/**
 * Where a link's target leads (V28, V29). `target` is decoded and without fragment. In order: '' is this note; `./` and `../` from this
 * note; `/` from the root; the exact path from the root; a path that ends with the target; a name anywhere. Exact spelling before folded, and
 * a note before other files when the target has no extension. Among equals the fewest folders win, then the NFC path.
 * The order of the entries does not matter. `aliases` (folded alias → path) only serves to suggest.
 */
export function resolve<E extends Named>(
  names: Names<E>,
  fromPath: string,
  target: string,
  aliases?: ReadonlyMap<string, string>,
): Resolution<E> {
  const written = target.trim();
  if (written === '') return { kind: 'self' };
  const place = locate(fromPath, written);
  const missing = (): Resolution<E> => {
    const suggestion = aliases?.get(fold(written));
    return suggestion === undefined ? { kind: 'missing' } : { kind: 'missing', suggestion };
  };
  if (place === null) return missing();
  const wanted = want(place.path);
  const candidates = names.named(targetKey(place.path)).map((entry) => rank(entry, wanted));
  const equal = candidates.filter((candidate) => candidate.end && (!place.fixed || candidate.whole));
  const [best] = equal.sort(compare);
  if (!best) return missing();
  return { kind: 'found', entry: best.entry, ambiguous: doubts(best, equal, wanted, place.fixed) };
}

/** The path a target means and whether it must be matched whole; null when it leads out of the vault or to a folder. */
function locate(fromPath: string, written: string): { path: string; fixed: boolean } | null {
  if (written.endsWith('/')) return null;
  const relative = /^\.\.?\//.test(written);
  const fixed = relative || written.startsWith('/');
  const path = normalise(relative ? `${folderOf(fromPath)}/${written}` : written);
  return path === null || path === '' ? null : { path, fixed };
}

/** Without `.`, `..` and empty segments; null when it climbs above the root. */
function normalise(path: string): string | null {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..' && segments.pop() === undefined) return null;
    if (segment !== '..' && segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}

type Wanted = { spelled: string[]; folded: string[]; hasExtension: boolean; bare: boolean };

/** Both ways to read the path: as the whole file name, and as a note's without `.md`. */
function want(path: string): Wanted {
  const spelled = [path.normalize('NFC'), `${path.normalize('NFC')}.md`];
  return {
    spelled,
    folded: [foldPath(path), foldPath(`${path}.md`)],
    hasExtension: /[^.]\.[A-Za-z0-9]{1,8}$/.test(baseName(path)),
    bare: !path.includes('/'),
  };
}

/** Folded segment by segment, spaces around names left out, also before `.md`. */
function foldPath(path: string): string {
  return fold(path)
    .replace(/\s+\.md$/, '.md')
    .split('/')
    .map((segment) => segment.trim())
    .join('/');
}

type Ranked<E> = {
  entry: E;
  end: boolean;
  whole: boolean;
  exact: boolean;
  implied: boolean;
  order: number[];
  path: string;
};

function rank<E extends Named>(entry: E, wanted: Wanted): Ranked<E> {
  const path = entry.path.normalize('NFC');
  const folded = foldPath(entry.path);
  const spelledAt = wanted.spelled.findIndex((each) => path === each || path.endsWith(`/${each}`));
  const foldedAt = wanted.folded.findIndex((each) => folded === each || folded.endsWith(`/${each}`));
  const way = spelledAt === -1 ? foldedAt : spelledAt;
  const exact = spelledAt !== -1;
  const whole = exact ? path === wanted.spelled[way] : folded === wanted.folded[way];
  const implied = way === 1;
  const preferred = implied !== wanted.hasExtension;
  const order = [Number(!whole), Number(!exact), Number(!preferred), path.split('/').length];
  return { entry, end: way !== -1, whole, exact, implied, order, path };
}

function compare<E extends Named>(a: Ranked<E>, b: Ranked<E>): number {
  for (const [i, value] of a.order.entries()) {
    const other = b.order[i] ?? 0;
    if (value !== other) return value - other;
  }
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  // Two spellings of one NFC path, or two kinds at one path: any fixed order will do.
  return a.entry.path < b.entry.path ? -1 : Number(a.entry.path > b.entry.path);
}

/**
 * A whole path with folders in it is how an author says which one is meant. A bare name that several files have is in doubt
 * even when one lies at the root.
 */
function doubts<E extends Named>(best: Ranked<E>, sorted: Ranked<E>[], wanted: Wanted, fixed: boolean): E[] {
  const alike = sorted.filter((each) => each.implied === best.implied);
  const rivals =
    best.whole && (fixed || !wanted.bare)
      ? alike.filter((each) => each.whole && each.exact === best.exact)
      : alike.filter((each) => wanted.bare || each.exact === best.exact);
  return rivals.length > 1 ? rivals.map((each) => each.entry) : [];
}
