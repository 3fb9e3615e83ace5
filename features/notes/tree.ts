import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import type { VaultKey } from '@/features/vaults/queries';
import { naturalKey } from '@/lib/text/fold';
import { countFolders, type FolderCount } from './frame';
import { folderHref, noteHref } from './href';
import type { TreeFolder, TreeItem, TreeNote } from './page';

/** Notes of one open folder that a page lists; the folder's own page has them all. */
const OPEN_FOLDER_MAX = 200;

type Row = { id: number; path: string; folder: string; address: string; title: string };

/**
 * The vault's tree as one viewer sees it, open along the folders that lead to `folder`. Two queries, made together; one
 * when the notes of each folder are counted already.
 */
export async function readTree(
  viewer: Viewer,
  vault: VaultKey,
  folder: string,
  currentId: number | null,
  counted: Promise<FolderCount[]> = countFolders(viewer, vault.slug),
): Promise<TreeItem[]> {
  const open = ancestors(folder);
  const notes = readableNotes(viewer);
  const { db } = database();
  const place = sql<number>`row_number() over (partition by ${notes.folder} order by ${notes.sortKey})`.as('place');
  const columns = { id: notes.id, path: notes.path, folder: notes.folder, address: notes.address, title: notes.title };
  const ranked = db
    .select({ ...columns, sortKey: notes.sortKey, place })
    .from(notes)
    .where(and(eq(notes.vaultId, vault.id), inArray(notes.folder, open)))
    .as('ranked');
  const [folders, rows] = await Promise.all([
    counted,
    db
      .select({ id: ranked.id, path: ranked.path, folder: ranked.folder, address: ranked.address, title: ranked.title })
      .from(ranked)
      .where(sql`${ranked.place} <= ${OPEN_FOLDER_MAX} or ${ranked.id} = ${currentId ?? 0}`)
      .orderBy(asc(ranked.sortKey)),
  ]);
  return branch(vault, '', folders, rows, new Set(open), currentId);
}

/** `a/b/c` → ``, `a`, `a/b`, `a/b/c`. */
function ancestors(folder: string): string[] {
  const segments = folder === '' ? [] : folder.split('/');
  return ['', ...segments.map((_, i) => segments.slice(0, i + 1).join('/'))];
}

function branch(
  vault: VaultKey,
  parent: string,
  folders: FolderCount[],
  rows: Row[],
  open: Set<string>,
  currentId: number | null,
): TreeItem[] {
  const here = rows.filter((row) => row.folder === parent).map((row): TreeNote => treeNote(vault, row, currentId));
  const below = [...childFolders(parent, folders)].map(([path, notes]): TreeFolder => {
    const children = open.has(path) ? branch(vault, path, folders, rows, open, currentId) : null;
    return {
      kind: 'folder',
      name: path.slice(path.lastIndexOf('/') + 1),
      href: folderHref(vault.slug, path),
      notes,
      children,
    };
  });
  const home = here.filter((item) => item.href === `/${vault.slug}`);
  return [...home, ...below, ...here.filter((item) => !home.includes(item))];
}

/** The folders directly under `parent` with how many notes are in and below each, in natural order. */
function childFolders(parent: string, folders: FolderCount[]): Map<string, number> {
  const prefix = parent === '' ? '' : `${parent}/`;
  const found = new Map<string, number>();
  for (const { folder, notes } of folders) {
    if (folder === parent || !folder.startsWith(prefix)) continue;
    const end = folder.indexOf('/', prefix.length);
    const child = end === -1 ? folder : folder.slice(0, end);
    found.set(child, (found.get(child) ?? 0) + notes);
  }
  const key = (path: string) => naturalKey(path.slice(prefix.length));
  return new Map([...found].sort(([a], [b]) => (key(a) < key(b) ? -1 : 1)));
}

function treeNote(vault: VaultKey, row: Row, currentId: number | null): TreeNote {
  return {
    kind: 'note',
    title: row.title,
    href: noteHref(vault.slug, row, vault.homePath),
    current: row.id === currentId,
  };
}
