import { eq, inArray, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { note, rendition } from '@/db/schema';
import { fold } from '@/lib/text/fold';
import type { Entry } from '@/lib/vault/entry';
import { folderOf, nameKey } from '@/lib/vault/names';
import type { Outside } from './affected';
import { among } from './among';
import type { CompiledNote } from './compile-note';
import { insertRows, replacing } from './insert-rows';
import { sortKeyOf } from './sort-key';
import { writeTags, writeTexts } from './write-texts';

export type Ready = Extract<CompiledNote, { kind: 'compiled' }> & { entry: Entry; storedId: number | null };
export type Written = Outside & {
  path: string;
  /** Null for a new note. */
  formerAddress: string | null;
  listedDifferently: boolean;
  /** Aliases it has now and had not, or had and has not now; folded. */
  aliases: string[];
};
export type Home = { id: number; homePath: string | null };

/** Writes a batch of compiled notes, new or known, with their revision, rendition and tags. Addresses are given later. */
export async function writeNotes(tx: Executor, vault: Home, batch: Ready[]): Promise<Written[]> {
  const before = await readBefore(tx, batch);
  await moveRenamed(tx, batch, before);
  const rows = batch.map((ready) => noteRow(vault, ready));
  const written = await upsert(tx, rows);
  const ids = new Map(written.map((row) => [row.path, row.id]));
  await writeTexts(tx, batch, written);
  await writeTags(tx, vault.id, batch, (path) => ids.get(path) ?? 0);
  return rows.map((row, i) => {
    const old = before.get(batch[i]?.storedId ?? 0);
    const moved = old?.path !== row.path;
    return {
      id: ids.get(row.path) ?? 0,
      path: row.path,
      formerAddress: old?.address ?? null,
      describedDifferently: old?.description !== row.description,
      otherPlaces: !old || places(old) !== places(batch[i]?.compiled),
      listedDifferently: !old || LISTED.some((key) => old[key] !== row[key]),
      aliases: moved ? [...(old?.aliasKeys ?? []), ...row.aliasKeys] : difference(old.aliasKeys, row.aliasKeys),
    };
  });
}

/** What every page that lists the note shows of it or sorts it by, besides its address. */
const LISTED = ['title', 'sortKey', 'access', 'accessGroup', 'path'] as const;

/** The headings and blocks that links can lead to, wherever they are in the text. */
function places(text: Pick<Ready['compiled'], 'outline' | 'blocks'> | undefined): string {
  const headings = text?.outline.map(({ depth, text, id }) => [depth, text, id]);
  const blocks = Object.entries(text?.blocks ?? {}).map(([name, { id }]) => [name, id].join(' '));
  return JSON.stringify([headings, blocks.sort()]);
}

function difference(a: string[], b: string[]): string[] {
  return [...a.filter((each) => !b.includes(each)), ...b.filter((each) => !a.includes(each))];
}

type Before = Awaited<ReturnType<typeof readBefore>>;

async function readBefore(tx: Executor, batch: Ready[]) {
  const ids = batch.flatMap((ready) => ready.storedId ?? []);
  const rows = await tx
    .select({
      id: note.id,
      path: note.path,
      title: note.title,
      address: note.address,
      sortKey: note.sortKey,
      access: note.access,
      accessGroup: note.accessGroup,
      aliasKeys: note.aliasKeys,
      description: note.description,
      outline: rendition.outline,
      blocks: rendition.blocks,
    })
    .from(note)
    .innerJoin(rendition, eq(rendition.noteId, note.id))
    .where(among(note.id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}

/** A note found again under another path keeps its row: first it takes the new path, then it is written like any other. */
async function moveRenamed(tx: Executor, batch: Ready[], before: Before): Promise<void> {
  for (const { storedId, path } of batch) {
    if (storedId === null || before.get(storedId)?.path === path) continue;
    await tx
      .update(note)
      .set({ path })
      .where(inArray(note.id, [storedId]));
  }
}

function noteRow(vault: Home, ready: Ready) {
  const { path, known, access } = ready;
  return {
    vaultId: vault.id,
    path,
    pathKey: fold(path),
    nameKey: nameKey(path),
    folder: folderOf(path),
    // No address begins so: it holds the place until all notes of the import have theirs
    address: `/${path}`,
    addressKey: '',
    sortKey: path === vault.homePath ? '' : sortKeyOf(path, known.order),
    title: ready.title,
    description: ready.description,
    language: known.lang,
    image: known.image,
    access: access.level,
    accessGroup: access.level === 'group' ? access.group : null,
    ownId: known.id,
    properties: ready.properties,
    aliasKeys: known.aliases.map(fold),
    translations: ready.translations,
    problems: ready.problems,
    createdOn: known.created,
    updatedOn: known.updated,
    hash: ready.hash,
    size: ready.entry.size,
    modified: ready.entry.modified,
  };
}

/** Kept as they are when a known note is written again. */
const KEPT = new Set(['vaultId', 'path', 'address', 'addressKey']);

async function upsert(tx: Executor, rows: ReturnType<typeof noteRow>[]) {
  const set = replacing(
    note,
    Object.keys(rows[0] ?? {}).filter((key) => !KEPT.has(key)),
  );
  const edited = sql`(${note.hash} <> excluded.hash or ${note.access} <> excluded.access)`;
  const end = sql`
    on conflict (vault_id, path) do update set ${set},
      revision = ${note.revision} + (${note.hash} <> excluded.hash)::int,
      published_at = case when ${edited} then now() else ${note.publishedAt} end
    returning id, path, revision`;
  const written = await insertRows(tx, note, rows, end);
  return written.map((row) => ({ id: Number(row.id), path: String(row.path), revision: Number(row.revision) }));
}
