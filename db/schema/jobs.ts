import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { moment, now } from './columns';

/** Work for later. Its row goes when it is done; one that failed too often stays, to be looked at. */
export const job = pgTable(
  'job',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Of jobs with the same key, one waits. */
    key: text().unique(),
    attempts: integer().notNull().default(0),
    runAt: now('run_at'),
    /** Until then somebody works on it; later, whoever did is taken for dead. */
    leasedUntil: moment('leased_until'),
    lastError: text('last_error'),
    failedAt: moment('failed_at'),
    createdAt: now('created_at'),
  },
  (t) => [index('job_due').on(t.runAt).where(sql`${t.failedAt} is null`)],
);
