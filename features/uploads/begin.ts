import { randomUUID } from 'node:crypto';
import { and, count, eq, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { upload, vault } from '@/db/schema';
import { allowedPerson } from '@/features/access/allowed';
import { readableFiles } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { isTaken } from '@/features/vaults/place-file';
import { filePath } from '@/lib/vault/file-name';
import { misfit, readRoom } from './limits';
import type { Refusal, UploadRequest } from './schema';

export type Begun = { as: 'begun'; id: string; path: string } | { as: 'refused'; why: Refusal } | { as: 'missing' };

/** Files one person may have on their way at the same time. */
const OPEN_MAX = 1_000;
/** Who asks for room waits for whoever asked before: two do not get the same. */
const LOCK = 7_250_011;

/**
 * Promises room for a file that is about to come. `missing` for whoever may not bring files, and when there is no such vault; else
 * why it cannot be taken, before any of its bytes has come. With `told`, a refusal is noted for the page that tells of its batch.
 */
export async function beginUpload(viewer: Viewer, request: UploadRequest, { told = false } = {}): Promise<Begun> {
  const person = await allowedPerson(viewer, 'file.manage', 'file.upload');
  if (!person) return { as: 'missing' };
  return database().db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const [found] = await tx.select({ id: vault.id }).from(vault).where(eq(vault.slug, request.vault));
    if (!found) return { as: 'missing' };
    const placed = await placeOf(tx, viewer, found.id, request);
    const path = 'path' in placed ? placed.path : request.name.slice(0, 255);
    const room = 'why' in placed ? placed : await findRoom(tx, viewer, person.id, request);
    const row = {
      personId: person.id,
      vaultId: found.id,
      batch: request.batch,
      path,
      replacesId: request.file,
      replace: request.replace,
      size: request.size,
      objectId: randomUUID(),
    };
    if ('why' in room) {
      const { why } = room;
      if (told) await tx.insert(upload).values({ ...row, replacesId: null, most: 0, state: 'refused', reason: why });
      return { as: 'refused', why };
    }
    const [made] = await tx
      .insert(upload)
      .values({ ...row, most: room.most })
      .returning({ id: upload.id });
    return made ? { as: 'begun', id: made.id, path } : { as: 'missing' };
  });
}

/** Where it goes: a path of its own, or that of the file it takes the place of. */
async function placeOf(
  tx: Executor,
  viewer: Viewer,
  vaultId: number,
  { name, folder, file, replace }: UploadRequest,
): Promise<{ path: string } | { why: Refusal }> {
  const files = readableFiles(viewer);
  if (file !== null) {
    const [known] = await tx
      .select({ path: files.path })
      .from(files)
      .where(and(eq(files.id, file), eq(files.vaultId, vaultId)));
    return known ? { path: known.path } : { why: 'missing' };
  }
  const named = filePath(name, folder);
  if ('problem' in named) return { why: named.problem };
  // Asked again when it is whole: meanwhile somebody else may have come first
  if (!replace && (await isTaken(tx, vaultId, named.path))) return { why: 'taken' };
  return named;
}

/** How many bytes it may have: those it says, or of a form, which says none, as many as a file may. */
async function findRoom(
  tx: Executor,
  viewer: Viewer,
  personId: string,
  { size, most }: UploadRequest,
): Promise<{ most: number } | { why: Refusal }> {
  const [open] = await tx
    .select({ n: count() })
    .from(upload)
    .where(and(eq(upload.personId, personId), eq(upload.state, 'open')));
  if ((open?.n ?? 0) >= OPEN_MAX) return { why: 'busy' };
  const room = await readRoom(viewer, tx);
  const wanted = size ?? Math.min(most, room.most);
  const why = misfit(room, wanted);
  return why ? { why } : { most: wanted };
}
