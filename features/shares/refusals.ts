import { eq } from 'drizzle-orm';
import { database } from '@/db/connection';
import { share } from '@/db/schema';
import type { Viewer } from '../access/viewer';
import { noteRefusal, type Reason } from '../downloads/ledger';
import { selectShares } from './targets';

/**
 * Notes in the ledger that the holder of a link was refused what it is for. `visitor` is whose refusals are counted together.
 * They are refused all the same should the ledger fail.
 */
export async function noteRefusedShare(
  viewer: Viewer,
  shareId: string,
  reason: Reason,
  visitor: string,
): Promise<void> {
  try {
    const [row] = await selectShares(database().db).where(eq(share.id, shareId));
    if (!row) return;
    const name = row.fileName ?? row.noteTitle ?? '';
    const { fileId, size, id } = row;
    const taken = { fileId, name, size: size ?? 0, objectId: null, shareId: id, redemptionId: null };
    await noteRefusal(viewer, taken, reason, visitor);
  } catch (error) {
    console.error(`A refusal is not in the ledger: ${error instanceof Error ? error.message : error}`);
  }
}
