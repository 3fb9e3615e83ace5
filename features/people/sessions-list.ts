import { and, desc, eq, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { person, session } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import type { Person, Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { endSessions, liveSession } from './sessions';

/** One browser that is signed in. Times are ISO 8601. */
export type SessionLine = {
  id: string;
  agent: string | null;
  address: string | null;
  seenAt: string;
  startedAt: string;
  expiresAt: string;
  /** The one whoever asks is using. */
  current: boolean;
};

const SHOWN_MAX = 100;

/** Where the viewer is signed in: this session first, then those last used. */
export const listSessions = (viewer: Person): Promise<SessionLine[]> => sessionsOf(viewer, viewer.id);

/** Where another person is signed in, for who manages people; null for everyone else. */
export async function listSessionsOf(viewer: Viewer, personId: string): Promise<SessionLine[] | null> {
  return (await isAllowed(viewer, 'people.manage')) ? sessionsOf(viewer, personId) : null;
}

async function sessionsOf(viewer: Viewer, personId: string): Promise<SessionLine[]> {
  const own = viewer.kind === 'person' ? viewer.sessionId : null;
  const current = sql<boolean>`${session.id} = ${own}::uuid`;
  const rows = await database()
    .db.select({
      id: session.id,
      agent: session.agent,
      address: session.address,
      seenAt: session.seenAt,
      startedAt: session.createdAt,
      expiresAt: session.expiresAt,
      current,
    })
    .from(session)
    .innerJoin(person, eq(person.id, session.personId))
    .where(and(eq(session.personId, personId), liveSession))
    .orderBy(desc(current), desc(session.seenAt))
    .limit(SHOWN_MAX);
  return rows.map((row) => ({
    ...row,
    seenAt: row.seenAt.toISOString(),
    startedAt: row.startedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** Ends one session of the viewer's own, elsewhere; false when it is not theirs or has ended. */
export async function endSessionElsewhere(viewer: Person, sessionId: string): Promise<boolean> {
  return database().db.transaction(async (tx) => {
    const which = and(eq(session.id, sessionId), eq(session.personId, viewer.id));
    const ended = await tx.delete(session).where(which).returning({ id: session.id });
    if (ended.length === 0) return false;
    await record(viewer, { action: 'session.revoke', subject: { kind: 'person', id: viewer.id } }, tx);
    return true;
  });
}

/** Ends every session of the viewer's but the one they ask in; returns how many there were. */
export async function endOtherSessions(viewer: Person): Promise<number> {
  return database().db.transaction(async (tx) => {
    const ended = await endSessions(viewer, viewer.id, { but: viewer.sessionId, executor: tx });
    if (ended === 0) return 0;
    const subject = { kind: 'person', id: viewer.id };
    await record(viewer, { action: 'session.revoke-others', subject, detail: { ended } }, tx);
    return ended;
  });
}
