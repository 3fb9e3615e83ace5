import { and, eq, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { object, upload } from '@/db/schema';
import type { Person, Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { type Content, openForFiles, type Placed, placeFile } from '@/features/vaults/place-file';
import { keyOf, type Stored, storedSize } from '../files/bytes';
import { replaceObject } from '../files/replace-object';
import type { FileStore } from '../files/store';
import type { OwnUpload } from './own';
import { refuseUpload } from './refusal';
import type { Refusal } from './schema';
import type { Whole } from './writer';

type Sealed = Omit<Stored, 'id'>;
export type Finished =
  | { as: 'done'; fileId: string; size: number }
  | { as: 'refused'; why: Refusal }
  | { as: 'missing' };

/**
 * Gives a file whose bytes are durable its rows and its place, in one transaction; until it commits they are bytes without a row.
 * Content that the vault has already is kept once. Refused when meanwhile its place was taken, or what it replaces is gone.
 * `version` is that of the bytes.
 */
export async function finishUpload(
  viewer: Viewer,
  own: OwnUpload,
  store: FileStore,
  whole: Whole & { version: number },
): Promise<Finished> {
  if (viewer.kind !== 'person') return { as: 'missing' };
  const key = keyOf({ id: own.objectId, version: whole.version });
  try {
    const { fileId, kept } = await database().db.transaction((tx) => place(tx, viewer, own, store, whole));
    if (!kept) await store.delete(key);
    return { as: 'done', fileId, size: whole.size };
  } catch (error) {
    if (!(error instanceof NotPlaced)) throw error;
    await refuseUpload(viewer, own.id, error.why);
    if (error.mine) await store.delete(key);
    return { as: 'refused', why: error.why };
  }
}

/** Undoes the transaction, so that no row is left of bytes that are let go. `mine`: whether they are, as far as is known. */
class NotPlaced extends Error {
  constructor(
    readonly why: 'taken' | 'missing',
    readonly mine: boolean,
  ) {
    super();
  }
}

async function place(
  tx: Executor,
  viewer: Person,
  own: OwnUpload,
  store: FileStore,
  whole: Whole & { version: number },
): Promise<{ fileId: string; kept: boolean }> {
  const vault = await openForFiles(tx, own.vaultId);
  const sealed = vault && (await findSealed(tx, own, whole));
  if (!sealed) throw new NotPlaced('missing', false); // somebody else ended it: the sweeper finds out
  const { objectId, kept } = await keepObject(tx, store, own, whole, sealed);
  const { mediaType, size, width, height } = whole;
  const content: Content = { objectId, mediaType, size, width, height };
  const { path, replacesId } = own;
  const replace = own.replace || replacesId !== null;
  const placed = await placeFile(tx, vault, { path, replacesId, replace, content, personId: viewer.id });
  if (!('fileId' in placed)) throw new NotPlaced(placed.as, true);
  await note(tx, viewer, own, placed, whole);
  return { fileId: placed.fileId, kept };
}

/** How the bytes are encrypted, as their row says by now: keys may have been rotated since they began. Null when it has ended. */
async function findSealed(tx: Executor, { id }: OwnUpload, { version }: { version: number }): Promise<Sealed | null> {
  const { kekId, wrappedDek, alg } = upload;
  const [found] = await tx
    .select({ version: upload.version, kekId, wrappedDek, alg })
    .from(upload)
    .where(and(eq(upload.id, id), eq(upload.version, version), eq(upload.state, 'open')))
    .for('update');
  return found ?? null;
}

/** The row that these bytes have, or that the same content had before; `kept`: whether it is these. */
async function keepObject(
  tx: Executor,
  store: FileStore,
  { objectId, vaultId }: OwnUpload,
  { sha256, size }: Whole,
  sealed: Sealed,
): Promise<{ objectId: string; kept: boolean }> {
  const [known] = await tx
    .select({ id: object.id, version: object.version, size: object.size, damagedAt: object.damagedAt })
    .from(object)
    .where(and(eq(object.vaultId, vaultId), eq(object.sha256, sha256)))
    .for('key share'); // until the file's row names it, nobody may let go of it
  const sound = known && known.damagedAt === null && (await store.size(keyOf(known))) === storedSize(known.size);
  if (known && sound) return { objectId: known.id, kept: known.id === objectId };
  const row = { id: objectId, vaultId, sha256, size, ...sealed };
  if (known) await replaceObject(tx, known.id, row);
  else await tx.insert(object).values(row);
  return { objectId, kept: true };
}

async function note(
  tx: Executor,
  viewer: Person,
  own: OwnUpload,
  placed: Extract<Placed, { fileId: string }>,
  { size }: Whole,
): Promise<void> {
  const done = { state: 'done', fileId: placed.fileId, received: size, most: 0, touchedAt: sql`now()` } as const;
  await tx.update(upload).set(done).where(eq(upload.id, own.id));
  if (placed.as === 'same') return;
  const action = placed.as === 'replaced' ? 'file.replace' : 'file.upload';
  const subject = { kind: 'file', id: placed.fileId };
  await record(viewer, { action, subject, detail: { path: own.path, size } }, tx);
}
