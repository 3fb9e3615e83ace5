import { and, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { group, membership, person, session } from '@/db/schema';
import type { Anonymous, Person, Viewer } from '@/features/access/viewer';
import { anonymous } from '@/features/access/viewer';
import { hashToken, makeToken, SESSION_MAX_SECONDS } from './cookie';

/** Unused for so long, a session has ended. */
const IDLE = sql`interval '7 days'`;
/** An owner's session is short, however much it is used. */
const OWNER_MAX_SECONDS = 12 * 3_600;
/** How long a shown password opens what asks for it again. */
const CONFIRMED = sql`interval '10 minutes'`;
/** A visit ends after so long without a request. */
const VISIT_GAP = sql`interval '30 minutes'`;

/** Where a session is used from, as far as the request says. */
export type Device = { address: string | null; agent: string | null };

/** Of a session joined with its person: whether it is still good. */
export const liveSession = and(
  gt(session.expiresAt, sql`now()`),
  gt(session.seenAt, sql`now() - ${IDLE}`),
  isNull(person.disabledAt),
);

/** Who holds the token of a session that is still good; one query, which also notes that they were here. */
export async function findPerson(token: string): Promise<Person | Anonymous> {
  const { db } = database();
  const hash = hashToken(token);
  const held = db
    .select({ name: group.name })
    .from(membership)
    .innerJoin(group, eq(group.id, membership.groupId))
    .where(eq(membership.personId, person.id));
  // The visit before this one is over once half an hour passed without a request
  const touch = sql`touched as (
    update ${session} set seen_at = now() where token_hash = ${hash} and seen_at < now() - interval '1 minute' returning person_id, (select old.seen_at from ${session} old where old.id = ${session}.id) as before),
    left_at as (update ${person} set last_visit_at = touched.before from touched
      where ${person.id} = touched.person_id and touched.before < now() - ${VISIT_GAP} returning 1)`;
  const rows = await db.execute<Row>(sql`with ${touch}
    select ${person.id} as id, ${session.id} as "sessionId", ${person.role} as role, ${person.name} as name,
      ${person.email} as email, ${person.language} as language, ${person.theme} as theme,
      ${person.timeZone} as "timeZone", ${person.totpConfirmedAt} is not null as "twoFactor",
      ${session.confirmedAt} > now() - ${CONFIRMED} as confirmed, array(${held}) as groups
    from ${session} join ${person} on ${person.id} = ${session.personId}
    where ${session.tokenHash} = ${hash} and ${liveSession}`);
  const [row] = rows;
  return row ? { kind: 'person', ...row } : anonymous;
}

type Row = Omit<Person, 'kind'> & Record<string, unknown>;

/** Opens a session for someone who has just shown who they are, and returns the token for their cookie. */
export async function openSession(
  _viewer: Viewer,
  personId: string,
  device: Device,
  executor: Executor = database().db,
): Promise<string> {
  const token = makeToken();
  const owner = sql`(select ${person.role} = 'owner' from ${person} where ${person.id} = ${personId})`;
  const seconds = sql`case when ${owner} then ${OWNER_MAX_SECONDS}::int else ${SESSION_MAX_SECONDS}::int end`;
  await executor.insert(session).values({
    personId,
    tokenHash: hashToken(token),
    expiresAt: sql`now() + make_interval(secs => ${seconds})`,
    address: device.address,
    agent: device.agent?.slice(0, 300) ?? null,
  });
  return token;
}

/** Ends the session the viewer asks in. */
export async function endSession(viewer: Person): Promise<void> {
  await database().db.delete(session).where(eq(session.id, viewer.sessionId));
}

/** Ends every session of a person, or all but one; returns how many there were. */
export async function endSessions(
  _viewer: Viewer,
  personId: string,
  { but, executor = database().db }: { but?: string; executor?: Executor } = {},
): Promise<number> {
  const which = and(eq(session.personId, personId), but ? ne(session.id, but) : undefined);
  return (await executor.delete(session).where(which).returning({ id: session.id })).length;
}

/** Gives the viewer's session a new token, as after every change of what it may do; returns the token for the cookie. */
export async function renewSession(viewer: Person, executor: Executor = database().db): Promise<string> {
  const token = makeToken();
  await executor
    .update(session)
    .set({ tokenHash: hashToken(token), confirmedAt: sql`now()`, seenAt: sql`now()` })
    .where(eq(session.id, viewer.sessionId));
  return token;
}
