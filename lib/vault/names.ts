import { fold } from '@/lib/text/fold';

/** The last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a path, '' for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function isNotePath(path: string): boolean {
  return /\.md$/i.test(path);
}

/** The folded last segment, for a note without `.md`: the `name_key` an entry is stored and looked up by. */
export function nameKey(path: string): string {
  return fold(baseName(path).replace(/\.md$/i, '')).trim();
}

/** The keys of all targets that may mean this entry: a note `Foo.md` answers to `foo` and `foo.md`. */
export function nameKeys(path: string): string[] {
  const key = nameKey(path);
  return isNotePath(path) ? [key, `${key}.md`] : [key];
}

/** Groups of paths that are one under case folding and NFC (V03): all are imported, and reported. */
export function collisions(paths: Iterable<string>): string[][] {
  const groups = new Map<string, string[]>();
  for (const path of paths) groups.set(fold(path), [...(groups.get(fold(path)) ?? []), path]);
  return [...groups.values()].filter((group) => group.length > 1).map((group) => group.sort());
}

const PROBLEMS: readonly [pattern: RegExp, problem: string][] = [
  [/#/, '# begins a heading in a link'],
  [/\|/, '| begins the text of a link'],
  [/\^/, '^ begins a block in a link'],
  [/:/, ': is not allowed in names on Windows and may break a link'],
  [/%%/, '%% begins a comment'],
  [/\[\[|\]\]/, '[[ and ]] end a link'],
  [/\\/, '\\ separates folders on Windows'],
  [/[\u0000-\u001f\u007f-\u009f]/, 'it holds a control character'],
  [/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/, 'it holds an invisible character'],
  [/(^|\/)\s|\s(\.md)?(\/|$)/i, 'a name begins or ends with a space'],
];

/** What in a path's names may break links to it (V05), in words; empty when nothing does. */
export function nameProblems(path: string): string[] {
  return PROBLEMS.filter(([pattern]) => pattern.test(path)).map(([, problem]) => problem);
}
