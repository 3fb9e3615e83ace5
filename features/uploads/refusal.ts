import { eq, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { upload } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';
import type { Refusal } from './schema';

/** Notes that an upload is not taken, and why; the room that it was promised is free again. */
export async function refuseUpload(
  _viewer: Viewer,
  id: string,
  why: Refusal,
  executor: Executor = database().db,
): Promise<void> {
  await executor
    .update(upload)
    .set({ state: 'refused', reason: why, most: 0, touchedAt: sql`now()` })
    .where(eq(upload.id, id));
}
