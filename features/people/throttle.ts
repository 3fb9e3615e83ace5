import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { throttle } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';

const WAIT_MAX_SECONDS = 900;
const FORGET = sql`interval '1 day'`;

/**
 * Counts one try at something that is guessed at, such as a password: the first `free` ones go on at once, each further
 * one makes the next wait twice as long, up to a quarter of an hour, and never for good. Returns the seconds to wait, 0
 * to go on. One statement, on the database's clock, so that parallel tries count too.
 */
export async function countTry(_viewer: Viewer, key: string, free = 4): Promise<number> {
  const { db } = database();
  const count = sql`case when ${throttle.since} < now() - ${FORGET} then 1 else least(${throttle.count} + 1, 10000) end`;
  const wait = sql`least(power(2, least(${count} - ${free}::int, 20)), ${WAIT_MAX_SECONDS}::int) * interval '1 second'`;
  const counted = await db
    .insert(throttle)
    .values({ key, count: 1 })
    .onConflictDoUpdate({
      target: throttle.key,
      set: {
        count: sql`${count}`,
        since: sql`now()`,
        blockedUntil: sql`case when ${count} >= ${free}::int then now() + ${wait} end`,
      },
      setWhere: or(isNull(throttle.blockedUntil), lte(throttle.blockedUntil, sql`now()`)),
    })
    .returning({ key: throttle.key });
  return counted.length > 0 ? 0 : secondsLeft(key);
}

/** Counts one use of something bounded: `limit` in each span of `seconds`. Returns the seconds to wait, 0 to go on. */
export async function countUse(_viewer: Viewer, key: string, limit: number, seconds: number): Promise<number> {
  const { db } = database();
  const over = sql`${throttle.since} < now() - make_interval(secs => ${seconds}::int)`;
  const [row] = await db
    .insert(throttle)
    .values({ key, count: 1 })
    .onConflictDoUpdate({
      target: throttle.key,
      set: {
        count: sql`case when ${over} then 1 else least(${throttle.count} + 1, 1000000) end`,
        since: sql`case when ${over} then now() else ${throttle.since} end`,
      },
    })
    .returning({
      count: throttle.count,
      left: sql<number>`ceil(extract(epoch from ${throttle.since} + make_interval(secs => ${seconds}::int) - now()))::int`,
    });
  return row && row.count > limit ? Math.min(seconds, Math.max(1, row.left)) : 0;
}

/** Forgets the tries at something that has now succeeded. */
export async function forgetTries(_viewer: Viewer, key: string): Promise<void> {
  await database().db.delete(throttle).where(eq(throttle.key, key));
}

async function secondsLeft(key: string): Promise<number> {
  const [row] = await database()
    .db.select({ left: sql<number>`ceil(extract(epoch from ${throttle.blockedUntil} - now()))::int` })
    .from(throttle)
    .where(and(eq(throttle.key, key)));
  return Math.max(1, row?.left ?? 1);
}
