import { and, asc, count, eq, inArray, like, or, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { noteTag } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { enterVault, type VaultKey } from '@/features/vaults/queries';
import { fold } from '@/lib/text/fold';
import { noteCard, tagHref } from './href';
import type { FolderPage, TagCount, TagPage, TagsPage, TreeFolder } from './page';
import { readTree } from './tree';

/** Notes a list page holds. */
const LIST_MAX = 2_000;

/** Every tag of a vault with how many readable notes carry it. */
export async function readTags(viewer: Viewer, slug: string): Promise<TagsPage | null> {
  const entered = await enterVault(viewer, slug);
  if (!entered) return null;
  const { vault, key } = entered;
  const [tags, tree] = await Promise.all([countTags(viewer, key, ''), readTree(viewer, key, '', null)]);
  return { vault, tags, tree };
}

/** The notes that carry a tag or one below it (`a` shows `a/b`), or null when the viewer sees none. */
export async function readTag(viewer: Viewer, slug: string, tag: string): Promise<TagPage | null> {
  const entered = await enterVault(viewer, slug);
  if (!entered) return null;
  const { vault, key } = entered;
  const tagKey = fold(tag);
  const notes = readableNotes(viewer);
  const { db } = database();
  const tagged = db
    .select({ id: noteTag.noteId })
    .from(noteTag)
    .where(and(eq(noteTag.vaultId, key.id), or(eq(noteTag.key, tagKey), below(tagKey))));
  const [rows, children, tree] = await Promise.all([
    db
      .select({ address: notes.address, path: notes.path, title: notes.title, description: notes.description })
      .from(notes)
      .where(inArray(notes.id, tagged))
      .orderBy(asc(notes.sortKey))
      .limit(LIST_MAX),
    countTags(viewer, key, tagKey),
    readTree(viewer, key, '', null),
  ]);
  if (rows.length === 0) return null;
  return { vault, tag, notes: rows.map((row) => noteCard(key, row)), children, tree };
}

/** What a folder holds, or null when the viewer sees nothing in it. Folder '' is the whole vault's root. */
export async function readFolder(viewer: Viewer, slug: string, folder: string): Promise<FolderPage | null> {
  const entered = await enterVault(viewer, slug);
  if (!entered) return null;
  const { vault, key } = entered;
  const notes = readableNotes(viewer);
  const [rows, tree] = await Promise.all([
    database()
      .db.select({ address: notes.address, path: notes.path, title: notes.title, description: notes.description })
      .from(notes)
      .where(and(eq(notes.vaultId, key.id), eq(notes.folder, folder)))
      .orderBy(asc(notes.sortKey))
      .limit(LIST_MAX),
    readTree(viewer, key, folder, null),
  ]);
  const folders = foldersIn(tree, folder);
  if (rows.length === 0 && folders.length === 0) return null;
  const name = folder === '' ? vault.title : folder.slice(folder.lastIndexOf('/') + 1);
  return { vault, name, folder, tree, notes: rows.map((row) => noteCard(key, row)), folders };
}

function foldersIn(tree: TreeFolder['children'], folder: string): TreeFolder[] {
  const step = (items: TreeFolder['children'], name: string) =>
    items?.find((item): item is TreeFolder => item.kind === 'folder' && item.name === name)?.children ?? null;
  const here = folder === '' ? tree : folder.split('/').reduce(step, tree);
  return (here ?? []).filter((item): item is TreeFolder => item.kind === 'folder');
}

async function countTags(viewer: Viewer, vault: VaultKey, parent: string): Promise<TagCount[]> {
  const notes = readableNotes(viewer);
  const label = sql<string>`min(${noteTag.label})`;
  const rows = await database()
    .db.select({ tag: label, notes: count() })
    .from(noteTag)
    .innerJoin(notes, eq(notes.id, noteTag.noteId))
    .where(and(eq(noteTag.vaultId, vault.id), parent === '' ? undefined : below(parent)))
    .groupBy(noteTag.key)
    .orderBy(asc(noteTag.key))
    .limit(LIST_MAX);
  return rows.map((row) => ({ ...row, href: tagHref(vault.slug, row.tag) }));
}

function below(key: string) {
  return like(noteTag.key, `${key.replace(/[\\%_]/g, '\\$&')}/%`);
}
