import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file, link, note, noteTag, redirect } from '@/db/schema';

/** Fewer new rows do not change how PostgreSQL should look things up. */
const MANY_NOTES = 200;

/**
 * Tells PostgreSQL how many rows a vault has now, when many were written. Until it finds out by itself, a minute or more later, it takes a
 * new vault for empty and goes through all its notes to find one.
 */
export async function refreshStatistics(tx: Executor, notesWritten: number): Promise<void> {
  if (notesWritten < MANY_NOTES) return;
  await tx.execute(sql`analyze ${note}, ${link}, ${file}, ${noteTag}, ${redirect}`);
}
