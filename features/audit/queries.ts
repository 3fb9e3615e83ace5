import { and, desc, eq, gte, lt, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { database } from '@/db/connection';
import { audit, person } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import type { Viewer } from '@/features/access/viewer';
import { knownZone } from '@/lib/language/moment';

export const AUDIT_PAGE = 50;
const EXPORT_BATCH = 1_000;
export const EXPORT_MAX = 100_000;
/** People whose name or address has the words that are looked for. */
const FOUND_MAX = 50;

export type AuditFilter = {
  /** UUID: what they did and what was done to them. */
  person?: string | null;
  /** Words of a name or an address. */
  who?: string;
  action?: string;
  /** Days as `2026-11-22` in the viewer's time zone, both included. */
  from?: string;
  until?: string;
  refused?: boolean;
  /** Only what was before the line with this number. */
  before?: number | null;
};

export type AuditLine = {
  id: number;
  /** ISO 8601. */
  at: string;
  action: string;
  actor: { id: string; name: string; email: string } | null;
  subject: { kind: string; id: string; name: string | null } | null;
  detail: Record<string, string | number | boolean | null>;
  address: string | null;
  refused: boolean;
};

/** A page of the log, the newest first, and the number that leads to the next; null when that is not for this viewer. */
export async function listAudit(
  viewer: Viewer,
  filter: AuditFilter,
): Promise<{ lines: AuditLine[]; older: number | null } | null> {
  if (!(await isAllowed(viewer, 'audit.read'))) return null;
  const found = await readLines(viewer, filter, AUDIT_PAGE + 1);
  const lines = found.slice(0, AUDIT_PAGE);
  return { lines, older: found.length > AUDIT_PAGE ? (lines.at(-1)?.id ?? null) : null };
}

/** The log in batches, the newest first, up to {@link EXPORT_MAX} lines; nothing when that is not for this viewer. */
export async function* exportAudit(viewer: Viewer, filter: AuditFilter): AsyncGenerator<AuditLine[]> {
  if (!(await isAllowed(viewer, 'audit.read'))) return;
  let before = filter.before ?? null;
  for (let left = EXPORT_MAX; left > 0; left -= EXPORT_BATCH) {
    const lines = await readLines(viewer, { ...filter, before }, Math.min(EXPORT_BATCH, left));
    if (lines.length > 0) yield lines;
    if (lines.length < EXPORT_BATCH) return;
    before = lines.at(-1)?.id ?? null;
  }
}

/** The kinds of deeds there are in the log; null when that is not for this viewer. Goes from one to the next in the index. */
export async function listActions(viewer: Viewer): Promise<string[] | null> {
  if (!(await isAllowed(viewer, 'audit.read'))) return null;
  const rows = await database().db.execute<{ action: string }>(sql`
    with recursive found as (
      (select ${audit.action} as action from ${audit} order by ${audit.action} limit 1)
      union all
      select (select ${audit.action} from ${audit} where ${audit.action} > found.action order by ${audit.action} limit 1)
      from found where found.action is not null
    )
    select action from found where action is not null`);
  return rows.map(({ action }) => action);
}

async function readLines(viewer: Viewer, filter: AuditFilter, limit: number): Promise<AuditLine[]> {
  const { db } = database();
  const actor = alias(person, 'actor');
  const subject = alias(person, 'subject');
  const rows = await db
    .select({
      id: audit.id,
      at: audit.at,
      action: audit.action,
      actorId: actor.id,
      actorName: actor.name,
      actorEmail: actor.email,
      subjectKind: audit.subjectKind,
      subjectId: audit.subjectId,
      subjectName: subject.name,
      detail: audit.detail,
      address: audit.address,
      refused: audit.refused,
    })
    .from(audit)
    .leftJoin(actor, eq(actor.id, audit.actorId))
    .leftJoin(subject, eq(subject.id, subjectPerson))
    .where(matching(viewer, filter))
    .orderBy(desc(audit.id))
    .limit(limit);
  return rows.map(({ actorId, actorName, actorEmail, subjectKind, subjectId, subjectName, ...row }) => ({
    ...row,
    at: row.at.toISOString(),
    actor: actorId === null ? null : { id: actorId, name: actorName ?? '', email: actorEmail ?? '' },
    subject: subjectKind === null ? null : { kind: subjectKind, id: subjectId ?? '', name: subjectName },
  }));
}

const subjectPerson = sql`case when ${audit.subjectKind} = 'person' and ${audit.subjectId} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${audit.subjectId}::uuid end`;

function matching(viewer: Viewer, filter: AuditFilter): SQL | undefined {
  const zone = knownZone(viewer.kind === 'person' ? viewer.timeZone : null);
  const day = (date: string) => sql`(${date}::date)::timestamp at time zone ${zone}`;
  const words = (filter.who ?? '').trim().toLowerCase();
  const found = database()
    .db.select({ id: person.id })
    .from(person)
    .where(sql`strpos(lower(${person.name}), ${words}) > 0 or strpos(${person.emailKey}, ${words}) > 0`)
    .limit(FOUND_MAX);
  const ofFound = sql`(${audit.actorId} in (${found}) or (${audit.subjectKind} = 'person' and ${audit.subjectId} in (select found.id::text from (${found}) found)))`;
  const ofPerson = filter.person
    ? or(eq(audit.actorId, filter.person), and(eq(audit.subjectKind, 'person'), eq(audit.subjectId, filter.person)))
    : undefined;
  return and(
    ofPerson,
    words === '' ? undefined : ofFound,
    filter.action ? eq(audit.action, filter.action) : undefined,
    filter.from ? gte(audit.at, day(filter.from)) : undefined,
    filter.until ? lt(audit.at, sql`${day(filter.until)} + interval '1 day'`) : undefined,
    filter.refused ? eq(audit.refused, true) : undefined,
    filter.before ? lt(audit.id, filter.before) : undefined,
  );
}
