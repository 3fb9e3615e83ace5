import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { database } from '@/db/connection';
import { upload } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import type { Viewer } from '@/features/access/viewer';
import { REFUSALS, type Refusal } from './schema';

/** An upload as whoever sends it may go on with it. */
export type OwnUpload = Omit<typeof upload.$inferSelect, 'reason' | 'createdAt' | 'touchedAt' | 'personId'> & {
  reason: Refusal | null;
};

/** Why an upload was refused, as it was noted. */
export const reasonOf = (noted: string | null): Refusal | null => REFUSALS.find((each) => each === noted) ?? null;

/** An upload of this very person, who may still bring files; else null. */
export async function findOwn(viewer: Viewer, id: string): Promise<OwnUpload | null> {
  if (viewer.kind !== 'person' || !z.uuid().safeParse(id).success || !(await isAllowed(viewer, 'file.manage')))
    return null;
  const [row] = await database()
    .db.select({
      id: upload.id,
      vaultId: upload.vaultId,
      batch: upload.batch,
      path: upload.path,
      replacesId: upload.replacesId,
      replace: upload.replace,
      size: upload.size,
      most: upload.most,
      received: upload.received,
      objectId: upload.objectId,
      version: upload.version,
      kekId: upload.kekId,
      wrappedDek: upload.wrappedDek,
      alg: upload.alg,
      state: upload.state,
      reason: upload.reason,
      fileId: upload.fileId,
    })
    .from(upload)
    .where(and(eq(upload.id, id), eq(upload.personId, viewer.id)));
  return row ? { ...row, reason: reasonOf(row.reason) } : null;
}
