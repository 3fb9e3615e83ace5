import { fold } from '@/lib/text/fold';
import { baseName, folderOf, isNotePath, nameKey } from './names';

/** Names of a home note when the vault's settings name none, in order. */
const USUAL = ['index', 'home', 'inicio', 'readme', 'start here'];

/**
 * The path of a vault's home note: the one its settings name (a path, with or without `.md`, else a name), else one at the root
 * with a usual name or the vault's own, else the only note, else null.
 */
export function findHome(
  paths: readonly string[],
  home: string | null,
  vaultName: string | null = null,
): string | null {
  const notes = paths.filter(isNotePath).sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
  if (home !== null) {
    const wanted = fold(home.replace(/^\/+/, '').replace(/\.md$/i, '')).trim();
    const named =
      notes.find((path) => fold(path.replace(/\.md$/i, '')) === wanted) ??
      notes.find((path) => nameKey(path) === wanted);
    if (named !== undefined) return named;
  }
  const names = [...USUAL, ...(vaultName === null ? [] : [fold(vaultName)])];
  const usual = names.map((name) =>
    notes.find((path) => folderOf(path) === '' && fold(baseName(path)) === `${name}.md`),
  );
  return usual.find((path) => path !== undefined) ?? (notes.length === 1 ? (notes[0] ?? null) : null);
}
