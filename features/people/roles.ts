import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { person } from '@/db/schema';
import { allowedPerson } from '@/features/access/allowed';
import type { Role, Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { endSessions } from './sessions';
import { dropLinks } from './tokens';

export type RoleChange =
  | { as: 'done'; ended: number }
  /** It is so already. */
  | { as: 'same' }
  /** The site would be left without an owner who can sign in. */
  | { as: 'last-owner' }
  | { as: 'missing' };

/** Gives a person another role, and ends their sessions: what they may do is another thing now. */
export async function changeRole(viewer: Viewer, personId: string, role: Role): Promise<RoleChange> {
  if (!(await allowedPerson(viewer, 'people.manage', 'person.role'))) return { as: 'missing' };
  return database().db.transaction(async (tx) => {
    const before = await findById(viewer, personId, tx);
    if (!before) return { as: 'missing' };
    if (before.role === role) return { as: 'same' };
    if (before.role === 'owner' && (await isLastOwner(viewer, personId, tx))) return { as: 'last-owner' };
    await tx.update(person).set({ role }).where(eq(person.id, personId));
    const ended = await endSessions(viewer, personId, { executor: tx });
    const detail = { from: before.role, to: role };
    await record(viewer, { action: 'person.role', subject: { kind: 'person', id: personId }, detail }, tx);
    return { as: 'done', ended };
  });
}

/** Closes an account without deleting it: its sessions end and its links serve no longer. */
export async function disablePerson(viewer: Viewer, personId: string): Promise<RoleChange> {
  if (!(await allowedPerson(viewer, 'people.manage', 'person.disable'))) return { as: 'missing' };
  return database().db.transaction(async (tx) => {
    const before = await findById(viewer, personId, tx);
    if (!before) return { as: 'missing' };
    if (before.disabledAt) return { as: 'same' };
    if (before.role === 'owner' && (await isLastOwner(viewer, personId, tx))) return { as: 'last-owner' };
    await tx.update(person).set({ disabledAt: sql`now()` }).where(eq(person.id, personId));
    await dropLinks(viewer, personId, { executor: tx });
    const ended = await endSessions(viewer, personId, { executor: tx });
    await record(viewer, { action: 'person.disable', subject: { kind: 'person', id: personId } }, tx);
    return { as: 'done', ended };
  });
}

/** Opens a closed account again. */
export async function enablePerson(viewer: Viewer, personId: string): Promise<RoleChange> {
  if (!(await allowedPerson(viewer, 'people.manage', 'person.enable'))) return { as: 'missing' };
  return database().db.transaction(async (tx) => {
    const which = and(eq(person.id, personId), isNotNull(person.disabledAt));
    const opened = await tx.update(person).set({ disabledAt: null }).where(which).returning({ id: person.id });
    if (opened.length === 0) return { as: (await findById(viewer, personId, tx)) ? 'same' : 'missing' };
    await record(viewer, { action: 'person.enable', subject: { kind: 'person', id: personId } }, tx);
    return { as: 'done', ended: 0 };
  });
}

/** Ends every session of a person; null when there is no such person, or that is not for this viewer. */
export async function endSessionsOf(viewer: Viewer, personId: string): Promise<number | null> {
  if (!(await allowedPerson(viewer, 'people.manage', 'session.revoke-all'))) return null;
  return database().db.transaction(async (tx) => {
    if (!(await findById(viewer, personId, tx))) return null;
    const ended = await endSessions(viewer, personId, { executor: tx });
    const subject = { kind: 'person', id: personId };
    await record(viewer, { action: 'session.revoke-all', subject, detail: { ended } }, tx);
    return ended;
  });
}

/** Whether nobody else is an owner who can sign in. Owners are locked in one order: two of them cannot both step down. */
export async function isLastOwner(_viewer: Viewer, personId: string, tx: Executor): Promise<boolean> {
  const owners = await tx
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.role, 'owner'), isNull(person.disabledAt), isNotNull(person.verifiedAt)))
    .orderBy(person.id)
    .for('update');
  return owners.every(({ id }) => id === personId);
}

async function findById(_viewer: Viewer, personId: string, tx: Executor) {
  const [row] = await tx
    .select({ role: person.role, disabledAt: person.disabledAt })
    .from(person)
    .where(eq(person.id, personId));
  return row ?? null;
}
