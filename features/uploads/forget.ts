import { and, eq, lt, ne, or, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { upload } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';

/** Without news for so long, an upload is given up; the sweeper takes what came of it, which is as old. */
const OPEN_FOR = sql`interval '1 day'`;
/** What became of one is told for so long. */
const TOLD_FOR = sql`interval '7 days'`;

/** Gives up uploads nobody goes on with, and forgets those that have ended. Returns how many. */
export async function forgetUploads(_viewer: Viewer): Promise<number> {
  const old = or(
    and(eq(upload.state, 'open'), lt(upload.touchedAt, sql`now() - ${OPEN_FOR}`)),
    and(ne(upload.state, 'open'), lt(upload.touchedAt, sql`now() - ${TOLD_FOR}`)),
  );
  const gone = await database().db.delete(upload).where(old).returning({ id: upload.id });
  return gone.length;
}
