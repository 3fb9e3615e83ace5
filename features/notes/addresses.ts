import { and, asc, desc, eq, inArray, like, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { noteTag, redirect, vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { fold } from '@/lib/text/fold';
import { addressKey } from '@/lib/vault/address';
import { noteHref } from './href';

/** Where an address below a vault leads for a viewer: unknown and forbidden are one answer. */
export type Found = { as: 'page' } | { as: 'redirect'; to: string } | { as: 'unknown' };

const UNKNOWN: Found = { as: 'unknown' };
const PAGE: Found = { as: 'page' };

/** Looks an address up: the vault's slug and the decoded rest, '' for the vault's home. One query. */
export async function findAddress(viewer: Viewer, slug: string, rest: string): Promise<Found> {
  if (rest === '-' || rest.startsWith('-/')) return findListing(viewer, slug, rest.slice(2));
  return rest === '' ? found(await anyNote(viewer, slug)) : findNoteAddress(viewer, slug, rest);
}

function found(exists: boolean): Found {
  return exists ? PAGE : UNKNOWN;
}

/** The note at exactly this address, else one whose address is spelled alike, else one that a redirect leads to. */
async function findNoteAddress(viewer: Viewer, slug: string, address: string): Promise<Found> {
  const notes = readableNotes(viewer);
  const key = addressKey(address);
  const { db } = database();
  const exact = sql<boolean>`${notes.address} = ${address}`;
  const alike = sql<boolean>`${notes.addressKey} = ${key}`;
  const inVault = sql`(select ${vault.id} from ${vault} where ${vault.slug} = ${slug})`;
  // One arm each, so that each has its index
  const candidates = db
    .select({ id: notes.id })
    .from(notes)
    .where(and(eq(notes.vaultId, inVault), alike))
    .unionAll(
      db
        .select({ id: redirect.noteId })
        .from(redirect)
        .where(and(eq(redirect.vaultId, inVault), eq(redirect.addressKey, key))),
    );
  const [row] = await db
    .select({ address: notes.address, path: notes.path, homePath: vault.homePath, exact })
    .from(notes)
    .innerJoin(vault, eq(vault.id, notes.vaultId))
    .where(inArray(notes.id, candidates))
    .orderBy(desc(exact), desc(alike), asc(notes.address))
    .limit(1);
  if (!row) return UNKNOWN;
  return row.exact && row.path !== row.homePath ? PAGE : { as: 'redirect', to: noteHref(slug, row, row.homePath) };
}

const LISTINGS = new Set(['tags', 'graph', 'feed.xml', 'folders']);

/** `tags/a/b`, `folders/a`, `preview/…`, `og/…`, `graph`, `feed.xml`. */
async function findListing(viewer: Viewer, slug: string, rest: string): Promise<Found> {
  const at = rest.indexOf('/');
  const [kind, of] = at === -1 ? [rest, ''] : [rest.slice(0, at), rest.slice(at + 1)];
  if (of === '' && LISTINGS.has(kind)) return found(await anyNote(viewer, slug));
  if (kind === 'tags') return found(await anyNote(viewer, slug, tagged(viewer, of)));
  if (kind === 'folders') return found(await anyNote(viewer, slug, inFolder(viewer, of)));
  if (kind !== 'preview' && kind !== 'og') return UNKNOWN;
  if (of === '') return found(await anyNote(viewer, slug));
  const note = await findNoteAddress(viewer, slug, of);
  return note.as === 'page' ? PAGE : UNKNOWN;
}

async function anyNote(viewer: Viewer, slug: string, which?: ReturnType<typeof tagged>): Promise<boolean> {
  const notes = readableNotes(viewer);
  const rows = await database()
    .db.select({ id: notes.id })
    .from(vault)
    .innerJoin(notes, eq(notes.vaultId, vault.id))
    .where(and(eq(vault.slug, slug), which))
    .limit(1);
  return rows.length > 0;
}

function tagged(viewer: Viewer, tag: string) {
  const key = fold(tag);
  return sql`exists (select 1 from ${noteTag} where ${noteTag.noteId} = ${readableNotes(viewer).id} and (${noteTag.key} = ${key} or ${below(noteTag.key, key)}))`;
}

function inFolder(viewer: Viewer, folder: string) {
  const notes = readableNotes(viewer);
  return sql`(${notes.folder} = ${folder} or ${below(notes.folder, folder)})`;
}

function below(column: Parameters<typeof like>[0], text: string) {
  return like(column, `${text.replace(/[\\%_]/g, '\\$&')}/%`);
}
