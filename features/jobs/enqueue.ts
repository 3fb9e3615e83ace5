import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { job } from '@/db/schema';

/** What running workers are told on when there is work. */
export const CHANNEL = 'job';

export type Work = {
  kind: string;
  /** What the job's handler needs to know, and may be given again should it have to repeat. */
  payload: Record<string, unknown>;
  /** Of jobs with the same key, one waits or runs: another is not added. */
  key?: string;
  /** Seconds from now, on the database's clock. */
  afterSeconds?: number;
};

/**
 * Leaves work for the background. It is seen when the executor's transaction commits, and never if it does not. Returns
 * whether it was added.
 */
export async function enqueue(executor: Executor, { kind, payload, key, afterSeconds = 0 }: Work): Promise<boolean> {
  const added = await executor
    .insert(job)
    .values({ kind, payload, key, runAt: sql`now() + ${afterSeconds} * interval '1 second'` })
    .onConflictDoNothing({ target: job.key })
    .returning({ id: job.id });
  if (added.length > 0 && afterSeconds === 0) await executor.execute(sql`select pg_notify(${CHANNEL}, '')`);
  return added.length > 0;
}
