import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { Connection, Database } from '@/db/connection';
import { job } from '@/db/schema';
import { CHANNEL } from './enqueue';

export type Job = {
  /** The same at every attempt: what a repetition is known by. */
  id: number;
  payload: Record<string, unknown>;
};
/** Does the work of one kind. What it throws is tried again later; a process that dies in it is as if it had thrown. */
export type Handler = (job: Job, db: Database) => Promise<void>;
export type Worker = {
  /** Resolves when nothing that is due is left. */
  idle: () => Promise<void>;
  /** Takes no more work, and resolves when what is begun has ended. */
  close: () => Promise<void>;
};

const LEASE = sql`now() + interval '2 minutes'`;
const RENEW_MS = 40_000;
/** How often work is looked for whose time has come, or that somebody died with. */
const LOOK_MS = 15_000;
const ATTEMPTS_MAX = 8;
const ERROR_MAX = 500;

/**
 * Works through the `job` table, one at a time, until it is closed; several processes may. Kinds without a handler are left
 * for a process that has one.
 */
export async function startWorker(connection: Connection, handlers: Record<string, Handler>): Promise<Worker> {
  const { db } = connection;
  let closed = false;
  let working: Promise<void> = Promise.resolve();
  const turn = async () => {
    while (!closed && (await workOnce(db, handlers)));
  };
  const look = () => {
    const next = working.then(() => (closed ? undefined : turn()));
    working = next.catch(() => {}); // the database is away: the next look finds it
    return next;
  };
  const soon = () => void look().catch(() => {});
  const subscription = await connection.sql.listen(CHANNEL, soon, soon);
  const timer = setInterval(soon, LOOK_MS);
  return {
    idle: look,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await subscription.unlisten().catch(() => {});
      await working;
    },
  };
}

/** Takes the job that has been due longest, and does it. False when there is none. */
async function workOnce(db: Database, handlers: Record<string, Handler>): Promise<boolean> {
  const due = db
    .select({ id: job.id })
    .from(job)
    .where(
      and(
        isNull(job.failedAt),
        lte(job.runAt, sql`now()`),
        or(isNull(job.leasedUntil), lte(job.leasedUntil, sql`now()`)),
        sql`${job.kind} in ${Object.keys(handlers)}`,
      ),
    )
    .orderBy(job.runAt)
    .limit(1)
    .for('update', { skipLocked: true });
  const [taken] = await db
    .update(job)
    .set({ leasedUntil: LEASE, attempts: sql`${job.attempts} + 1` })
    .where(sql`${job.id} = (${due})`)
    .returning({ id: job.id, kind: job.kind, payload: job.payload, attempts: job.attempts });
  if (!taken) return false;
  const renewal = setInterval(
    () =>
      void db
        .update(job)
        .set({ leasedUntil: LEASE })
        .where(eq(job.id, taken.id))
        .catch(() => {}),
    RENEW_MS,
  );
  try {
    await handlers[taken.kind]?.({ id: taken.id, payload: taken.payload }, db);
    await db.delete(job).where(eq(job.id, taken.id));
  } catch (error) {
    await putBack(db, taken, error);
  } finally {
    clearInterval(renewal);
  }
  return true;
}

/** Later and later: after 4, 16, 64… seconds, up to a day; and no more once it has failed often enough. */
async function putBack(
  db: Database,
  { id, kind, attempts }: { id: number; kind: string; attempts: number },
  error: unknown,
) {
  const says = error instanceof Error ? error.message : String(error);
  const last = attempts >= ATTEMPTS_MAX;
  if (last) console.error(`The job ${id} (${kind}) failed ${attempts} times and is given up: ${says}`);
  await db
    .update(job)
    .set({
      leasedUntil: null,
      lastError: says.slice(0, ERROR_MAX),
      failedAt: last ? sql`now()` : null,
      key: last ? null : sql`${job.key}`,
      runAt: sql`now() + ${Math.min(86_400, 4 ** attempts)} * interval '1 second'`,
    })
    .where(eq(job.id, id));
}
