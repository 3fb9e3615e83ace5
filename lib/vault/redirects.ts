import { type Addressed, addressKey } from './address';
import { baseName, folderOf } from './names';

export type Redirected = Addressed & {
  aliases?: readonly string[];
  /** Addresses the note has had before. */
  former?: readonly string[];
};

/**
 * The other addresses that lead to a vault's notes: key (of `addressKey`) → path. In order of strength: a note's own path when a permalink
 * replaced it, its former addresses, aliases that are a whole path (V15), a folder for its `index`, `README` or namesake.
 * Keys of addresses in use are left out. Ties go to the first path; the order of the notes does not matter.
 */
export function assignRedirects(
  notes: readonly Redirected[],
  addresses: ReadonlyMap<string, string>,
): Map<string, string> {
  const used = new Set([...addresses.values()].map(addressKey));
  const ordered = [...notes].sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
  const redirects = new Map<string, string>();
  for (const spellings of [(note: Redirected) => [note.path], formerOf, pathAliases, folderAddress]) {
    for (const note of ordered) {
      for (const key of spellings(note).map(addressKey)) {
        if (key !== '' && !used.has(key) && !redirects.has(key)) redirects.set(key, note.path);
      }
    }
  }
  return redirects;
}

/** Whether nothing but an alias of the note gives a key that leads to it. */
export function isAliasAlone(note: Redirected, key: string): boolean {
  const others = [note.path, ...formerOf(note), ...folderAddress(note)];
  return pathAliases(note).map(addressKey).includes(key) && !others.map(addressKey).includes(key);
}

function formerOf(note: Redirected): readonly string[] {
  return note.former ?? [];
}

function pathAliases(note: Redirected): string[] {
  return (note.aliases ?? []).filter((alias) => /[^/]\/[^/]/.test(alias) && !alias.includes('://'));
}

function folderAddress({ path }: Redirected): string[] {
  const folder = folderOf(path);
  const name = baseName(path).replace(/\.md$/i, '').toLowerCase();
  return ['index', 'readme', baseName(folder).toLowerCase()].includes(name) ? [folder] : [];
}
