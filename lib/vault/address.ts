export { RESERVED_SLUGS, SLUG_MAX, slugOf, slugProblem } from './slug';

import { fold, wellFormed } from '@/lib/text/fold';

/**
 * The address of a note within its vault, from its path or its `permalink`: without `.md`, NFC, case kept, spaces and the
 * characters that cannot stand in an address as `-`, invisible and control characters removed. No segment is empty, `.`,
 * `..` or (the first) `-`; those are `_`. '' when nothing is left at all. Never throws.
 */
export function addressOf(path: string): string {
  return clean(path.replace(/\.md$/i, ''));
}

function clean(path: string): string {
  const segments = path
    .normalize('NFC')
    .split('/')
    .filter((segment) => segment !== '');
  return segments.map(cleanSegment).join('/');
}

function cleanSegment(segment: string, index: number): string {
  const cleaned = wellFormed(segment)
    .replace(INVISIBLE, '')
    .replace(UNSAFE, ' ')
    .trim()
    .replace(/-*\s[\s-]*/g, '-')
    .normalize('NFC');
  if (/^\.*$/.test(cleaned) || (index === 0 && cleaned === '-')) return '_';
  return cleaned;
}

/** Controls, zero-width (not the joiners, which emoji and Persian need), bidirectional marks, noncharacters. */
const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]/g;
/** What ends a path, starts an escape, or is refused by browsers and proxies. */
const UNSAFE = /[?#%\\"<>|^`{}[\]*:\u0085]/g;

/**
 * The key of every spelling that leads to an address: differences of case, spaces, `%20`, `+`, `.md` and slashes at the ends do not
 * count. Takes an address or what a visitor typed. Two addresses may share a key (`Index`, `index`): try the exact address first.
 */
export function addressKey(address: string): string {
  const spelled = decodeSafely(address).replaceAll('+', '-');
  return fold(addressOf(spelled)).replace(/-+/g, '-');
}

/** `%20` → space. Escapes that are no UTF-8 and stray `%` stay as they are; never throws (V04). */
export function decodeSafely(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/** The path of a note on the site, percent-encoded; address '' is the vault's home. */
export function toHref(vault: string, address: string): string {
  const segments = address === '' ? [vault] : [vault, ...address.split('/')];
  return `/${segments.map((segment) => encodeURIComponent(wellFormed(segment))).join('/')}`;
}

export type Addressed = { path: string; permalink?: string | null };

/**
 * Each note's address, unique within the vault. A note keeps its address of last time (`previous`: path → address) while its path or permalink
 * still gives it; then permalinks choose, then paths, in the order of their NFC paths; who comes second gets `-2`. The same
 * notes in any order give the same map. `others` are addresses that notes not given here have.
 */
export function assignAddresses(
  notes: readonly Addressed[],
  previous: ReadonlyMap<string, string> = new Map(),
  others: Iterable<string> = [],
): Map<string, string> {
  const wanted = notes.map((note) => ({ ...wish(note), kept: previous.get(note.path) }));
  wanted.sort((a, b) => Number(b.explicit) - Number(a.explicit) || compare(a.path, b.path));
  const taken = new Set(others);
  const assigned = new Map<string, string>();
  const give = (path: string, address: string) => {
    if (assigned.has(path) || taken.has(address)) return;
    taken.add(address);
    assigned.set(path, address);
  };
  for (const { path, base, kept } of wanted) if (kept !== undefined && isFrom(base, kept)) give(path, kept);
  for (const { path, base } of wanted) give(path, base);
  const next = new Map<string, number>();
  for (const { path, base } of wanted) {
    for (let n = next.get(base) ?? 2; !assigned.has(path); n++) {
      give(path, `${base}-${n}`);
      next.set(base, n + 1);
    }
  }
  return assigned;
}

function wish({ path, permalink }: Addressed): { path: string; base: string; explicit: boolean } {
  const explicit = addressOf(decodeSafely(permalink ?? '').replace(/^[\s/]+|[\s/]+$/g, ''));
  return explicit === ''
    ? { path, base: addressOf(path) || '_', explicit: false }
    : { path, base: explicit, explicit: true };
}

/** Whether `address` is `base` itself or `base-2`, `base-3`… */
function isFrom(base: string, address: string): boolean {
  return (
    address === base || (address.startsWith(`${base}-`) && /^[2-9]$|^[1-9][0-9]+$/.test(address.slice(base.length + 1)))
  );
}

function compare(a: string, b: string): number {
  const [x, y] = [a.normalize('NFC'), b.normalize('NFC')];
  if (x !== y) return x < y ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}
