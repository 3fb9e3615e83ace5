import { fold } from '@/lib/text/fold';

const PATTERN_MAX = 200;
const PATH_MAX = 1024;
const REPEATS_MAX = 3;

/**
 * Judges paths by the vault's `exclude` list: a plain entry is a path (itself and all below, case aside), `/…/` a regular
 * expression tried on the path, a folder's with `/` at the end.
 */
export function excluder(exclude: readonly string[]): (path: string, isFolder: boolean) => boolean {
  const patterns = exclude.flatMap((each) => readPattern(each) ?? []);
  const places = exclude
    .filter((each) => !isPattern(each))
    .map((each) => fold(each.replace(/^\.?\/+|\/+$/g, '')))
    .filter(Boolean);
  return (path, isFolder) => {
    const key = fold(path);
    if (places.some((place) => key === place || key.startsWith(`${place}/`))) return true;
    const tried = (isFolder ? `${path}/` : path).slice(0, PATH_MAX);
    return patterns.some((pattern) => pattern.test(tried));
  };
}

/** What is wrong with an entry of the list, in words, or null. */
export function excludeProblem(entry: string): string | null {
  if (!isPattern(entry) || readPattern(entry)) return null;
  return `${entry} is no regular expression that can be used here (at most ${PATTERN_MAX} characters, no repeated groups, no references)`;
}

function isPattern(entry: string): boolean {
  return entry.length > 2 && entry.startsWith('/') && entry.endsWith('/');
}

/** A vault comes from outside: a pattern that could take exponential time is refused. */
function readPattern(entry: string): RegExp | null {
  const source = entry.slice(1, -1);
  if (!isPattern(entry) || entry.length > PATTERN_MAX) return null;
  if (/\)[*+{]|\\[1-9k]/.test(source) || (source.match(/[*+{]/g) ?? []).length > REPEATS_MAX) return null;
  try {
    return new RegExp(source, 'u');
  } catch {
    return null;
  }
}
