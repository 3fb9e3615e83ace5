import { eq, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file, fileVersion, object, variant } from '@/db/schema';

/** Puts a sound row of bytes in the place of one with the same content whose bytes are damaged or lost, wherever that is named. */
export async function replaceObject(tx: Executor, damagedId: string, row: typeof object.$inferInsert): Promise<void> {
  const aside = sql`${object.sha256} || ' ' || ${object.id}`; // a vault has each content once
  await tx.update(object).set({ sha256: aside }).where(eq(object.id, damagedId));
  await tx.insert(object).values(row);
  for (const table of [file, fileVersion, variant])
    await tx.update(table).set({ objectId: row.id }).where(eq(table.objectId, damagedId));
  await tx.delete(object).where(eq(object.id, damagedId));
}
