import { and, desc, eq, gt, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { download, setting } from '@/db/schema';
import { addressToCount } from '@/lib/http/network';
import type { Viewer } from '../access/viewer';
import { countUse } from '../people/throttle';
import { DOWNLOAD_DAYS } from '../settings/schema';

/** What is taken, and by which link when it is by one. */
export type Taken = {
  /** Null for a note. */
  fileId: string | null;
  name: string;
  objectId: string | null;
  /** Bytes. */
  size: number;
  shareId: string | null;
  redemptionId: string | null;
};

/** Why somebody was refused. */
export type Reason = 'revoked' | 'expired' | 'exhausted' | 'removed' | 'password' | 'busy' | 'damaged' | 'key';

const HOUR = 3_600;
/** Of one visitor for one thing: what happens is seen, and nobody fills the ledger. */
const REFUSALS_PER_HOUR = 10;
const ALL_REFUSALS_PER_HOUR = 1_000;
/** Requests of one visitor for the same bytes within this time are one download. */
const TOGETHER = sql`interval '1 day'`;
/**
 * Notes that a visitor begins to take a file, or goes on with what was cut before. Nobody in particular is never known again:
 * each of their requests is a download. Returns the entry's id.
 */
export async function beginDownload(viewer: Viewer, taken: Taken): Promise<number> {
  const { db } = database();
  const personId = viewer.kind === 'person' ? viewer.id : null;
  if (personId === null && taken.redemptionId === null) return insertDownload(db, personId, taken);
  return db.transaction(async (tx) => {
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
          eq(download.objectId, taken.objectId ?? ''),
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
    return row ? row.id : insertDownload(tx, personId, taken);
  });
}

async function insertDownload(executor: Executor, personId: string | null, taken: Taken): Promise<number> {
  const [made] = await executor
    .insert(download)
    .values({ ...taken, personId, outcome: 'running' })
    .returning({ id: download.id });
  return made?.id ?? 0;
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

/**
 * Notes that somebody was not let have what they had proof of: a link, or that they may read it. `visitor` is whose refusals
 * are counted together: of each, and of all, only so many an hour are written down. False when there were too many.
 */
export async function noteRefusal(viewer: Viewer, taken: Taken, reason: Reason, visitor: string): Promise<boolean> {
  const own = `refused:${taken.shareId ?? taken.fileId}:${addressToCount(visitor)}`;
  if ((await countUse(viewer, own, REFUSALS_PER_HOUR, HOUR)) > 0) return false;
  if ((await countUse(viewer, 'refused', ALL_REFUSALS_PER_HOUR, HOUR)) > 0) return false;
  const personId = viewer.kind === 'person' ? viewer.id : null;
  await database()
    .db.insert(download)
    .values({ ...taken, personId, outcome: 'refused', reason, endedAt: sql`now()` });
  return true;
}

/** Forgets what is older than the setting `downloadDays` has the ledger remember. Returns how many entries that were. */
export async function forgetDownloads(_viewer: Viewer): Promise<number> {
  const days = sql`coalesce((select (${setting.value})::int from ${setting} where ${setting.name} = 'downloadDays'), ${DOWNLOAD_DAYS}::int)`;
  const gone = await database()
    .db.delete(download)
    .where(sql`${download.startedAt} < now() - make_interval(days => ${days})`)
    .returning({ id: download.id });
  return gone.length;
}
