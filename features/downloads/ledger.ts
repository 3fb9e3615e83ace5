import { and, desc, eq, gt, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { download, setting } from '@/db/schema';
import type { Viewer } from '../access/viewer';

/** What is taken, and by which link when it is by one. */
export type Taken = {
  fileId: string;
  name: string;
  objectId: string;
  /** Bytes. */
  size: number;
  shareId: string | null;
  redemptionId: string | null;
};

/** Requests of one visitor for the same bytes within this time are one download. */
const TOGETHER = sql`interval '1 day'`;
/** How long the ledger remembers, unless the setting `downloadDays` says otherwise. */
const DAYS = 180;

/**
 * Notes that a visitor begins to take a file, or goes on with what was cut before. Nobody in particular is never known again:
 * each of their requests is a download. Returns the entry's id.
 */
export async function beginDownload(viewer: Viewer, taken: Taken): Promise<number> {
  const { db } = database();
  const personId = viewer.kind === 'person' ? viewer.id : null;
  const known = personId !== null || taken.redemptionId !== null;
  return db.transaction(async (tx) => {
    if (known) {
      // Programs that take several parts at once begin them at the same moment
      const key = `download ${taken.redemptionId ?? personId} ${taken.objectId}`;
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
      const who: SQL | undefined =
        taken.redemptionId !== null
          ? eq(download.redemptionId, taken.redemptionId)
          : and(eq(download.personId, personId ?? ''), isNull(download.redemptionId));
      const before = tx
        .select({ id: download.id })
        .from(download)
        .where(
          and(
            who,
            eq(download.objectId, taken.objectId),
            inArray(download.outcome, ['running', 'cut']),
            gt(download.startedAt, sql`now() - ${TOGETHER}`),
          ),
        )
        .orderBy(desc(download.id))
        .limit(1)
        .for('update');
      const [row] = await tx
        .update(download)
        .set({
          requests: sql`${download.requests} + 1`,
          resumed: sql`${download.resumed} or ${download.outcome} = 'cut'`,
          outcome: 'running',
        })
        .where(sql`${download.id} = (${before})`)
        .returning({ id: download.id });
      if (row) return row.id;
    }
    const [made] = await tx
      .insert(download)
      .values({ ...taken, personId, outcome: 'running' })
      .returning({ id: download.id });
    return made?.id ?? 0;
  });
}

/** Notes which bytes left, from `start` on, `sent` of them; with those that left before, it may be all. */
export async function endDownload(_viewer: Viewer, id: number, start: number, sent: number): Promise<void> {
  const left =
    sent > 0 ? sql`int8multirange(int8range(${start}::bigint, ${start + sent}::bigint))` : sql`'{}'::int8multirange`;
  const covered = sql`${download.covered} + ${left}`;
  await database()
    .db.update(download)
    .set({
      covered,
      outcome: sql`case when ${covered} @> int8range(0, ${download.size}) then 'finished' else 'cut' end::download_outcome`,
      endedAt: sql`now()`,
    })
    .where(eq(download.id, id));
}

/** Notes that somebody was not let have what a link had been for. */
export async function noteRefusal(_viewer: Viewer, taken: Taken, reason: string): Promise<void> {
  await database()
    .db.insert(download)
    .values({ ...taken, outcome: 'refused', reason, endedAt: sql`now()` });
}

/** Forgets what is older than the ledger is to remember. Returns how many entries that were. */
export async function forgetDownloads(_viewer: Viewer): Promise<number> {
  const days = sql`coalesce((select (${setting.value})::int from ${setting} where ${setting.name} = 'downloadDays'), ${DAYS}::int)`;
  const gone = await database()
    .db.delete(download)
    .where(sql`${download.startedAt} < now() - make_interval(days => ${days})`)
    .returning({ id: download.id });
  return gone.length;
}
