import { and, gt, gte, lt, sql } from 'drizzle-orm';
import type { Connection, Executor } from '@/db/connection';
import { cacheEvent, siteInstance } from '@/db/schema';
import { tell } from '@/lib/observe/trace';

/** The channel running sites listen on; its message is the event's id. */
export const CHANNEL = 'cache_event';
/** A site that has not been seen for this long is taken for stopped. */
const ALIVE_SECONDS = 10;
/** Long enough for a busy machine; a site that died meanwhile is soon taken for stopped. */
const WAIT_MS = 30_000;
const POLL_MS = 25;

export type Change = {
  /** Cache tags to expire. */
  tags: string[];
  /** Addresses to forget and, when exact, to ask for again; `/vault/*` is everything below. */
  paths: string[];
};

/**
 * Records what changed for readers, in the transaction that changes it, and announces it when that commits.
 * Returns the event's id.
 */
export async function announce(tx: Executor, change: Change): Promise<number> {
  const [row] = await tx.insert(cacheEvent).values(change).returning({ id: cacheEvent.id });
  if (!row) throw new Error('The change was not recorded.');
  tell('publishing', 'announce', { event: row.id, tags: change.tags.slice(0, 20), paths: change.paths.slice(0, 20) });
  await tx.execute(sql`select pg_notify(${CHANNEL}, ${String(row.id)})`);
  return row.id;
}

/** Waits until every running site has applied event `id`; returns how many have, and false when one did not in time. */
export async function applied(
  { db }: Pick<Connection, 'db'>,
  id: number,
  waitMs = WAIT_MS,
): Promise<{ sites: number; all: boolean }> {
  const alive = gt(siteInstance.seenAt, sql`now() - make_interval(secs => ${ALIVE_SECONDS})`);
  for (const until = Date.now() + waitMs; ; ) {
    const [late, done] = await Promise.all([
      db.$count(siteInstance, and(alive, lt(siteInstance.lastEvent, id))),
      db.$count(siteInstance, and(alive, gte(siteInstance.lastEvent, id))),
    ]);
    if (late === 0 || Date.now() > until) return { sites: done, all: late === 0 };
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
