import { and, eq, isNull, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { object, variant } from '@/db/schema';
import type { Viewer } from '../access/viewer';
import { record } from '../audit/write';
import type { Role } from './bytes';

/** Notes, once, that stored bytes were found damaged or missing while a viewer asked for them. */
export async function reportDamage(
  viewer: Viewer,
  found: { role: Role; storedId: string; fileId: string; name: string; problem: string },
): Promise<void> {
  console.error(`The stored bytes of the file ${found.fileId} (${found.name}) are damaged: ${found.problem}`);
  const table = found.role === 'original' ? object : variant;
  await database().db.transaction(async (tx) => {
    const marked = await tx
      .update(table)
      .set({ damagedAt: sql`now()` })
      .where(and(eq(table.id, found.storedId), isNull(table.damagedAt)))
      .returning({ id: table.id });
    if (marked.length === 0) return;
    const detail = { name: found.name, problem: found.problem };
    await record(viewer, { action: 'file.damaged', subject: { kind: 'file', id: found.fileId }, detail }, tx);
  });
}
