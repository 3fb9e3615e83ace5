import { and, asc, eq, inArray, notInArray, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { group, membership, person } from '@/db/schema';
import { allowedPerson, isAllowed } from '@/features/access/allowed';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { emailKey } from './schema';

export type MemberLine = { id: string; name: string; email: string };
export const MEMBERS_PAGE = 100;

/** A page of the people in a group, by name; null when that is not for this viewer. One more than a page says that there are more. */
export async function listMembers(viewer: Viewer, groupId: number, page: number): Promise<MemberLine[] | null> {
  if (!(await isAllowed(viewer, 'people.manage'))) return null;
  return database()
    .db.select({ id: person.id, name: person.name, email: person.email })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(eq(membership.groupId, groupId))
    .orderBy(asc(person.name), asc(person.id))
    .limit(MEMBERS_PAGE + 1)
    .offset((Math.max(1, page) - 1) * MEMBERS_PAGE);
}

export type Joined = { as: 'joined'; name: string } | { as: 'nobody' } | { as: 'missing' };

/** Puts the person with an e-mail address into a group. */
export async function addMember(viewer: Viewer, groupId: number, email: string): Promise<Joined> {
  if (!(await allowedPerson(viewer, 'people.manage', 'group.join'))) return { as: 'missing' };
  return database().db.transaction(async (tx) => {
    const [into] = await tx.select({ name: group.name }).from(group).where(eq(group.id, groupId)).for('share');
    if (!into) return { as: 'missing' };
    const [who] = await tx
      .select({ id: person.id, name: person.name })
      .from(person)
      .where(eq(person.emailKey, emailKey(email)));
    if (!who) return { as: 'nobody' };
    const made = await tx.insert(membership).values({ groupId, personId: who.id }).onConflictDoNothing().returning();
    const detail = { group: into.name };
    if (made.length > 0)
      await record(viewer, { action: 'group.join', subject: { kind: 'person', id: who.id }, detail }, tx);
    return { as: 'joined', name: who.name };
  });
}

/** Takes a person out of a group; false when they are not in it, or that is not for this viewer. */
export async function removeMember(viewer: Viewer, groupId: number, personId: string): Promise<boolean> {
  if (!(await allowedPerson(viewer, 'people.manage', 'group.leave'))) return false;
  return database().db.transaction(async (tx) => {
    const which = and(eq(membership.groupId, groupId), eq(membership.personId, personId));
    const gone = await tx.delete(membership).where(which).returning({ groupId: membership.groupId });
    if (gone.length === 0) return false;
    const [from] = await tx.select({ name: group.name }).from(group).where(eq(group.id, groupId));
    const detail = { group: from?.name ?? null };
    await record(viewer, { action: 'group.leave', subject: { kind: 'person', id: personId }, detail }, tx);
    return true;
  });
}

/** Leaves a person in the groups with these ids and in no other; false when there is no such person, or that is not for this viewer. */
export async function setGroups(viewer: Viewer, personId: string, ids: readonly number[]): Promise<boolean> {
  if (!(await allowedPerson(viewer, 'people.manage', 'person.groups'))) return false;
  return database().db.transaction(async (tx) => {
    const [who] = await tx.select({ id: person.id }).from(person).where(eq(person.id, personId)).for('share');
    if (!who) return false;
    const mine = eq(membership.personId, personId);
    const kept = ids.length === 0 ? [] : [...ids];
    await tx.delete(membership).where(kept.length === 0 ? mine : and(mine, notInArray(membership.groupId, kept)));
    if (kept.length > 0) {
      const found = tx
        .select({ groupId: group.id, personId: sql<string>`${personId}::uuid`.as('person_id') })
        .from(group)
        .where(inArray(group.id, kept));
      await tx.insert(membership).select(found).onConflictDoNothing();
    }
    const named = await tx
      .select({ name: group.name })
      .from(membership)
      .innerJoin(group, eq(group.id, membership.groupId))
      .where(mine)
      .orderBy(group.name);
    const detail = { groups: named.map(({ name }) => name).join(', ') };
    await record(viewer, { action: 'person.groups', subject: { kind: 'person', id: personId }, detail }, tx);
    return true;
  });
}
