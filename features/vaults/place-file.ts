import { randomUUID } from 'node:crypto';
import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file, fileVersion, vault as vaultTable } from '@/db/schema';
import { askForVariants } from '@/features/files/make-variants';
import { fold } from '@/lib/text/fold';
import { baseName, nameKey, nameKeys } from '@/lib/vault/names';
import { changeFor, notesWithFiles, type Vault } from './affected';
import { announce } from './events';
import { keepVersion } from './file-versions';
import { relink } from './relink';
import { lockVault } from './write-vault';

/** Stored bytes and what they are. */
export type Content = {
  objectId: string;
  mediaType: string;
  size: number;
  /** Pixels. */
  width: number | null;
  height: number | null;
};
export type Placed = { as: 'added' | 'replaced' | 'same'; fileId: string } | { as: 'taken' | 'missing' };
/** A file as its row has it, removed or not. */
type Known = { id: string; path: string; objectId: string | null; removed: boolean };

/** A vault by its id, locked against imports until the transaction ends; null when there is none. */
export async function openForFiles(tx: Executor, vaultId: number): Promise<Vault | null> {
  const columns = {
    id: vaultTable.id,
    slug: vaultTable.slug,
    homePath: vaultTable.homePath,
    translations: vaultTable.translations,
  };
  const find = () => tx.select(columns).from(vaultTable).where(eq(vaultTable.id, vaultId));
  const [found] = await find();
  if (!found) return null;
  await lockVault(tx, found.slug);
  const [mine] = await find(); // as the import left it that was waited for
  return mine ?? null;
}

/** Whether a file is at that path of a vault, be it one of the folder that no note refers to. */
export async function isTaken(tx: Executor, vaultId: number, path: string): Promise<boolean> {
  const here = and(eq(file.vaultId, vaultId), eq(file.path, path), isNull(file.removedAt));
  return (await tx.select({ id: file.id }).from(file).where(here)).length > 0;
}

/**
 * Puts uploaded content at a path of a vault, or in the place of the file `replacesId`; what was there stays as an earlier version.
 * `taken` when a file is there that `replace` does not allow to be replaced, `missing` when the one to replace is gone. Notes that
 * name it lead to it from now on. The vault is locked already.
 */
export async function placeFile(
  tx: Executor,
  vault: Vault,
  given: { path: string; replacesId: string | null; replace: boolean; content: Content; personId: string },
): Promise<Placed> {
  const known = await findKnown(
    tx,
    vault.id,
    given.replacesId === null ? eq(file.path, given.path) : eq(file.id, given.replacesId),
  );
  if (given.replacesId !== null && (!known || known.removed)) return { as: 'missing' };
  if (known && !known.removed && !given.replace) return { as: 'taken' };
  if (known && !known.removed && known.objectId === given.content.objectId) return { as: 'same', fileId: known.id };
  const id = known?.id ?? randomUUID();
  const now = {
    ...given.content,
    uploaded: true,
    uploadedBy: given.personId,
    removedAt: null,
    removedBy: null,
    publishedAt: sql`now()`,
    // That of a file of the folder tells the next import whether it changed there
    modified: sql`case when ${file.folderSize} is null then ${Date.now()}::bigint else ${file.modified} end`,
  };
  if (known) {
    await keepVersion(tx, id, given.personId);
    await tx.update(file).set(now).where(eq(file.id, id));
  } else {
    const { path } = given;
    const names = { path, pathKey: fold(path), nameKey: nameKey(path), name: baseName(path) };
    await tx.insert(file).values({ ...now, id, vaultId: vault.id, ...names, modified: Date.now() });
  }
  await askForVariants(tx, given.content);
  await showDifference(tx, vault, { id, path: known?.path ?? given.path });
  return { as: known && !known.removed ? 'replaced' : 'added', fileId: id };
}

/** Removes a file: it is nowhere until it is brought back. False when there is none. */
export async function takeAway(tx: Executor, vault: Vault, fileId: string, personId: string): Promise<boolean> {
  const [gone] = await tx
    .update(file)
    .set({ removedAt: sql`now()`, removedBy: personId })
    .where(and(eq(file.id, fileId), eq(file.vaultId, vault.id), isNull(file.removedAt)))
    .returning({ id: file.id, path: file.path });
  if (gone) await showDifference(tx, vault, gone);
  return gone !== undefined;
}

/** Brings a removed file back. False when there is none whose bytes are still kept. */
export async function bringBack(tx: Executor, vault: Vault, fileId: string): Promise<boolean> {
  const mine = and(
    eq(file.id, fileId),
    eq(file.vaultId, vault.id),
    isNotNull(file.removedAt),
    isNotNull(file.objectId),
  );
  const [back] = await tx
    .update(file)
    .set({ removedAt: null, removedBy: null })
    .where(mine)
    .returning({ id: file.id, path: file.path });
  if (back) await showDifference(tx, vault, back);
  return back !== undefined;
}

/** Makes an earlier version of a file what it is now; what it was becomes an earlier version. False when there is none. */
export async function turnBack(
  tx: Executor,
  vault: Vault,
  { fileId, versionId, personId }: { fileId: string; versionId: number; personId: string },
): Promise<boolean> {
  const known = await findKnown(tx, vault.id, eq(file.id, fileId));
  if (!known || known.removed) return false;
  const [before] = await tx
    .delete(fileVersion)
    .where(and(eq(fileVersion.id, versionId), eq(fileVersion.fileId, fileId)))
    .returning();
  if (!before) return false;
  await keepVersion(tx, fileId, personId);
  const { objectId, mediaType, size, width, height, uploadedBy } = before;
  // From now on it is somebody's choice, which an unchanged folder does not undo
  const now = { objectId, mediaType, size, width, height, uploaded: true, uploadedBy, publishedAt: sql`now()` };
  await tx.update(file).set(now).where(eq(file.id, fileId));
  await askForVariants(tx, before);
  await showDifference(tx, vault, known);
  return true;
}

async function findKnown(tx: Executor, vaultId: number, which: SQL): Promise<Known | null> {
  const [found] = await tx
    .select({
      id: file.id,
      path: file.path,
      objectId: file.objectId,
      removed: sql<boolean>`${file.removedAt} is not null`,
    })
    .from(file)
    .where(and(eq(file.vaultId, vaultId), which))
    .for('update');
  return found ?? null;
}

/** Notes that name the file may lead to it now, or no longer; whoever reads them or it is to see that. */
async function showDifference(tx: Executor, vault: Vault, { id, path }: { id: string; path: string }): Promise<void> {
  const before = await notesWithFiles(tx, [id]);
  const moved = await relink(tx, vault.id, new Set(nameKeys(path)), []);
  const notes = new Set([...before, ...moved, ...(await notesWithFiles(tx, [id]))]);
  const change = await changeFor(tx, vault, { notes, linked: new Set(), tree: false });
  if (!change) return;
  await tx.update(vaultTable).set({ publishedAt: sql`now()` }).where(eq(vaultTable.id, vault.id));
  await announce(tx, change);
}
