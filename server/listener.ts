import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';

/** A change that readers must see, as it was recorded. */
export type CacheEvent = { id: number; tags: string[]; paths: string[] };
export type Listener = {
  /** Resolves once everything recorded so far is applied. */ catchUp: () => Promise<void>;
  close: () => Promise<void>;
};

export const CHANNEL = 'cache_event';
const HEARTBEAT_MS = 2_500;
const RETRY_MS = 1_000;
const BATCH = 500;
/** Rows kept for instances that were away: longer than any of them lives without being restarted. */
const KEEP_EVENTS = '14 days';
const KEEP_INSTANCES = '1 hour';

/**
 * Applies every recorded change, once and in order, and says so in `site_instance` for whoever waits. `apply` is called
 * again for a change until it succeeds. What a lost connection missed is read from the table.
 */
export async function listen(sql: Sql, apply: (events: CacheEvent[]) => Promise<void>): Promise<Listener> {
  const instance = randomUUID();
  const progress = await begin(sql);
  let closed = false;
  let working: Promise<void> = Promise.resolve();
  let reported = -1;

  const report = async (always: boolean) => {
    const reached = reachedBy(progress);
    if (!always && reached === reported) return;
    await sql`
      insert into site_instance (id, last_event) values (${instance}, ${reached})
      on conflict (id) do update set last_event = excluded.last_event, seen_at = now()`;
    reported = reached;
  };
  const turn = async (heartbeat: boolean) => {
    while (!closed) {
      const events = await read(sql, progress);
      if (events.length > 0) await apply(events);
      settle(progress, events);
      await report(heartbeat);
      if (events.length < BATCH) return;
    }
  };
  const queue = (heartbeat = false): Promise<void> => {
    const next = working.then(() => (closed ? undefined : turn(heartbeat)));
    working = next.catch(() => {});
    return next;
  };
  const soon = () =>
    void queue().catch((error) => {
      if (closed) return;
      console.error(`A change is not applied yet: ${error instanceof Error ? error.message : error}`);
      setTimeout(soon, RETRY_MS).unref();
    });

  const subscription = await sql.listen(
    CHANNEL,
    (message) => {
      if (/^\d+$/.test(message)) progress.told.add(Number(message));
      soon();
    },
    soon,
  );
  // Also while a change takes long to apply: whoever waits for it must not take this site for stopped
  const beat = setInterval(() => {
    sql`update site_instance set seen_at = now() where id = ${instance}`.catch(() => {});
    queue(true).catch(() => {});
  }, HEARTBEAT_MS);
  await queue(true);
  await prune(sql);
  return {
    catchUp: () => queue(),
    close: async () => {
      closed = true;
      clearInterval(beat);
      await working;
      await subscription.unlisten().catch(() => {});
      await sql`delete from site_instance where id = ${instance}`.catch(() => {});
    },
  };
}

/**
 * Numbers are given out before transactions commit, so a smaller one can appear after a larger. A number that was skipped
 * stays awaited until every transaction that ran when it was noticed has ended.
 */
type Progress = { last: number; gaps: Map<number, string>; told: Set<number>; done: Set<number> };

const DONE_MAX = 5_000;
const GAPS_MAX = 1_000;

async function begin(sql: Sql): Promise<Progress> {
  const [row] = await sql<{ last: string | null }[]>`select max(id) as last from cache_event`;
  return { last: Number(row?.last ?? 0), gaps: new Map(), told: new Set(), done: new Set() };
}

async function read(sql: Sql, progress: Progress): Promise<CacheEvent[]> {
  const { last, gaps, told, done } = progress;
  const dead = await deadGaps(sql, gaps); // before reading: what commits in between is then still awaited
  const awaited = [...new Set([...gaps.keys(), ...told])].filter((id) => !done.has(id));
  const rows = await sql<{ id: string; tags: string[]; paths: string[] }[]>`
    select id, tags, paths from cache_event where id > ${last} or id = any(${awaited}::bigint[]) order by id limit ${BATCH}`;
  const events = rows.map(({ id, tags, paths }) => ({ id: Number(id), tags, paths }));
  for (const id of dead) if (!events.some((event) => event.id === id)) gaps.delete(id);
  return events;
}

function settle(progress: Progress, events: CacheEvent[]): void {
  for (const { id } of events) {
    for (let missing = Math.max(progress.last + 1, id - GAPS_MAX); missing < id; missing++)
      progress.gaps.set(missing, '');
    progress.last = Math.max(progress.last, id);
    progress.gaps.delete(id);
    progress.told.delete(id);
    progress.done.add(id);
  }
  for (const id of progress.told) if (progress.done.has(id)) progress.told.delete(id);
  for (const id of progress.done) {
    if (progress.done.size <= DONE_MAX) break;
    progress.done.delete(id);
  }
}

/** Marks new gaps with the transactions that run now; returns those whose transactions have all ended. */
async function deadGaps(sql: Sql, gaps: Map<number, string>): Promise<number[]> {
  if (gaps.size === 0) return [];
  const [now] = await sql<{ oldest: string; next: string }[]>`
    select pg_snapshot_xmin(s)::text as oldest, pg_snapshot_xmax(s)::text as next from pg_current_snapshot() s`;
  if (!now) return [];
  const dead: number[] = [];
  for (const [id, until] of gaps) {
    if (until === '') gaps.set(id, now.next);
    else if (BigInt(now.oldest) >= BigInt(until)) dead.push(id);
  }
  return dead;
}

function reachedBy({ last, gaps }: Progress): number {
  let reached = last;
  for (const id of gaps.keys()) reached = Math.min(reached, id - 1);
  return reached;
}

async function prune(sql: Sql): Promise<void> {
  await sql`delete from cache_event where at < now() - ${KEEP_EVENTS}::interval`;
  await sql`delete from site_instance where seen_at < now() - ${KEEP_INSTANCES}::interval`;
}
