import { sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { may } from '@/features/access/policy';
import type { Viewer } from '@/features/access/viewer';
import { observatory } from '@/lib/observe/observatory';

/** Reads only, and one statement: a plan is made, nothing is carried out. */
const PLANNABLE = /^\s*(?:select|with|insert|update|delete)\b[^;]*$/i;
/** PostgreSQL 16 and later make a plan without the values. */
const VERSION_MIN = 160_000;

export type Planned = { as: 'plan'; lines: string[] } | { as: 'old' } | { as: 'missing' };

/** PostgreSQL's plan for one query of a request, made now and without its values; for owners. */
export async function planQuery(viewer: Viewer, trace: string, index: number): Promise<Planned> {
  if (!may(viewer, 'settings.change')) return { as: 'missing' };
  const query = observatory()
    .find(trace)
    ?.trace.spans.filter((span) => span.kind === 'query')[index];
  if (!query || !PLANNABLE.test(query.name)) return { as: 'missing' };
  const { db } = database();
  const [server] = await db.execute<{ version: string }>(sql`select current_setting('server_version_num') as version`);
  if (Number(server?.version) < VERSION_MIN) return { as: 'old' };
  const rows = await db.execute<{ 'QUERY PLAN': string }>(sql.raw(`explain (generic_plan) ${query.name}`));
  return { as: 'plan', lines: rows.map((row) => row['QUERY PLAN']) };
}
