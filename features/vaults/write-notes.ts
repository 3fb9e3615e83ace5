import { and, eq, getTableColumns, inArray, notInArray, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { note } from '@/db/schema';
import { fold, naturalKey } from '@/lib/text/fold';
import { addressKey, assignAddresses } from '@/lib/vault/address';
import type { Entry } from '@/lib/vault/entry';
import { baseName, folderOf, nameKey } from '@/lib/vault/names';
import type { CompiledNote } from './compile-note';
import { writeRedirects, writeTags, writeTexts } from './write-texts';

export type Ready = Extract<CompiledNote, { kind: 'compiled' }> & { entry: Entry; storedId: number | null };
export type Written = { id: number; path: string; added: boolean; listedDifferently: boolean; described: boolean };
export type Home = { id: number; homePath: string | null };

/** Writes a batch of compiled notes, new or known, with their revision, rendition, tags and redirects. */
export async function writeNotes(tx: Executor, vault: Home, batch: Ready[]): Promise<Written[]> {
  const before = await readBefore(tx, batch);
  const addresses = await claimAddresses(tx, vault.id, batch);
  await moveRenamed(tx, batch, before);
  const rows = batch.map((ready) => noteRow(vault, ready, addresses.get(ready.path) ?? ready.path));
  const written = await upsert(tx, rows);
  const ids = new Map(written.map((row) => [row.path, row.id]));
  const idOf = (path: string) => ids.get(path) ?? 0;
  await writeTexts(tx, batch, written);
  await writeTags(tx, vault.id, batch, idOf);
  await writeRedirects(tx, vault.id, batch, before, addresses, idOf);
  return rows.map((row, i) => {
    const old = before.get(batch[i]?.storedId ?? 0);
    return {
      id: idOf(row.path),
      path: row.path,
      added: !old,
      listedDifferently: !old || LISTED.some((key) => old[key] !== row[key]),
      described: !old || old.description !== row.description,
    };
  });
}

/** What every page that lists the note shows of it or sorts it by. */
const LISTED = ['title', 'address', 'sortKey', 'access', 'accessGroup', 'path'] as const;

export type Before = Awaited<ReturnType<typeof readBefore>>;

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
      description: note.description,
    })
    .from(note)
    .where(inArray(note.id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * An address for each note of the batch, free in the vault. Notes that keep their path keep their address while nothing
 * asks for another. Known notes are first moved aside, so that two may change places.
 */
async function claimAddresses(tx: Executor, vaultId: number, batch: Ready[]): Promise<Map<string, string>> {
  const wishes = batch.map((ready) => ({ path: ready.path, permalink: ready.known.permalink }));
  const inBatch = batch.flatMap((ready) => ready.storedId ?? []);
  const bases = wishes.map((wish) => assignAddresses([wish]).get(wish.path) ?? wish.path);
  const rivals = await tx
    .select({ path: note.path, address: note.address })
    .from(note)
    .where(
      and(
        eq(note.vaultId, vaultId),
        inArray(
          note.address,
          bases.flatMap((base) => [base, ...Array.from({ length: 8 }, (_, i) => `${base}-${i + 2}`)]),
        ),
        inBatch.length > 0 ? notInArray(note.id, inBatch) : undefined,
      ),
    );
  const kept = await tx.select({ path: note.path, address: note.address }).from(note).where(inArray(note.id, inBatch));
  const previous = new Map([...kept, ...rivals].map((row) => [row.path, row.address]));
  const assigned = assignAddresses(
    [...rivals.map((row) => ({ path: row.path, permalink: row.address })), ...wishes],
    previous,
  );
  if (inBatch.length > 0)
    await tx
      .update(note)
      .set({ address: sql`'/' || ${note.id}` })
      .where(inArray(note.id, inBatch));
  return assigned;
}

/** A note found again under another path keeps its row: first it takes the new path, then it is written like any other. */
async function moveRenamed(tx: Executor, batch: Ready[], before: Before): Promise<void> {
  for (const { storedId, path } of batch) {
    if (storedId === null || before.get(storedId)?.path === path) continue;
    await tx.update(note).set({ path }).where(eq(note.id, storedId));
  }
}

function noteRow(vault: Home, ready: Ready, address: string) {
  const { path, known, access } = ready;
  return {
    vaultId: vault.id,
    path,
    pathKey: fold(path),
    nameKey: nameKey(path),
    folder: folderOf(path),
    address,
    addressKey: addressKey(address),
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

/** Folders before notes, each in natural order; notes with an `order` property before those without. */
function sortKeyOf(path: string, order: number | null): string {
  const folders = folderOf(path).split('/').filter(Boolean);
  const place = order === null ? '1' : `0${(order + 1e9).toFixed(3).padStart(15, '0')}`;
  const name = `b${place}${naturalKey(baseName(path))}`;
  return [...folders.map((folder) => `a${naturalKey(folder)}`), `${name}\u0001${path}`].join('\u0001');
}

async function upsert(tx: Executor, rows: ReturnType<typeof noteRow>[]) {
  const {
    id: _id,
    vaultId: _vault,
    path: _path,
    revision: _revision,
    publishedAt: _at,
    ...columns
  } = getTableColumns(note);
  const set = Object.fromEntries(
    Object.entries(columns).map(([key, { name }]) => [key, sql.raw(`excluded."${name}"`)]),
  );
  const edited = sql`(${note.hash} <> excluded.hash or ${note.access} <> excluded.access)`;
  return tx
    .insert(note)
    .values(rows)
    .onConflictDoUpdate({
      target: [note.vaultId, note.path],
      set: {
        ...set,
        revision: sql`${note.revision} + (${note.hash} <> excluded.hash)::int`,
        publishedAt: sql`case when ${edited} then now() else ${note.publishedAt} end`,
      },
    })
    .returning({ id: note.id, path: note.path, revision: note.revision });
}
