import { z } from 'zod';
import { database, type Executor } from '@/db/connection';
import { allowedPerson } from '@/features/access/allowed';
import type { Person, Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { bringBack, openForFiles, takeAway, turnBack } from '@/features/vaults/place-file';
import type { Vault } from '../vaults/affected';
import { vaultOfFile } from './removed';

/** Removes a file from everywhere; it can be brought back for a while. False when there is none, or it is not this viewer's to remove. */
export const removeFile = (viewer: Viewer, fileId: string): Promise<boolean> =>
  change(viewer, 'file.remove', fileId, (tx, vault, person) => takeAway(tx, vault, fileId, person.id));

/** Brings back a file that was removed, at its address, with its versions and links. False when there is none. */
export const restoreFile = (viewer: Viewer, fileId: string): Promise<boolean> =>
  change(viewer, 'file.restore', fileId, (tx, vault) => bringBack(tx, vault, fileId));

/** Makes a file again what it was; what it is now becomes an earlier version. False when there is no such version. */
export const restoreVersion = (viewer: Viewer, fileId: string, versionId: number): Promise<boolean> =>
  change(viewer, 'file.turn-back', fileId, (tx, vault, { id: personId }) =>
    turnBack(tx, vault, { fileId, versionId, personId }),
  );

async function change(
  viewer: Viewer,
  action: string,
  fileId: string,
  work: (tx: Executor, vault: Vault, person: Person) => Promise<boolean>,
): Promise<boolean> {
  const person = await allowedPerson(viewer, 'file.manage', action);
  if (!person || !z.uuid().safeParse(fileId).success) return false;
  return database().db.transaction(async (tx) => {
    const found = await vaultOfFile(tx, fileId);
    const vault = found && (await openForFiles(tx, found.vaultId));
    if (!found || !vault || !(await work(tx, vault, person))) return false;
    await record(viewer, { action, subject: { kind: 'file', id: fileId }, detail: { path: found.path } }, tx);
    return true;
  });
}
