import { and, asc, count, eq, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { group, membership, token } from '@/db/schema';
import { allowedPerson, isAllowed } from '@/features/access/allowed';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';

export type GroupLine = {
  id: number;
  name: string;
  members: number;
  /** Notes that are for this group. */
  notes: number;
};

const GROUPS_MAX = 1_000;

/** The groups there are, by name; null when that is not for this viewer. */
export async function listGroups(viewer: Viewer): Promise<GroupLine[] | null> {
  if (!(await isAllowed(viewer, 'people.manage'))) return null;
  return lines(viewer);
}

/** One group; null when there is none, or that is not for this viewer. */
export async function readGroup(viewer: Viewer, id: number): Promise<GroupLine | null> {
  if (!(await isAllowed(viewer, 'people.manage'))) return null;
  return (await lines(viewer, id))[0] ?? null;
}

async function lines(viewer: Viewer, id?: number): Promise<GroupLine[]> {
  const { db } = database();
  const notes = readableNotes(viewer);
  const named = db
    .select({ name: sql<string>`${notes.accessGroup}`.as('named'), notes: count().as('notes_named') })
    .from(notes)
    .where(eq(notes.access, 'group'))
    .groupBy(notes.accessGroup)
    .as('named_groups');
  const members = db
    .select({ groupId: membership.groupId, members: count().as('members') })
    .from(membership)
    .groupBy(membership.groupId)
    .as('group_members');
  return db
    .select({
      id: group.id,
      name: group.name,
      members: sql<number>`coalesce(${members.members}, 0)::int`,
      notes: sql<number>`coalesce(${named.notes}, 0)::int`,
    })
    .from(group)
    .leftJoin(members, eq(members.groupId, group.id))
    .leftJoin(named, eq(named.name, group.name))
    .where(id === undefined ? undefined : eq(group.id, id))
    .orderBy(asc(group.name))
    .limit(GROUPS_MAX);
}

export type GroupMade = { as: 'made'; id: number } | { as: 'taken' } | { as: 'missing' };

/** Makes an empty group. Notes may name it before it exists. */
export async function makeGroup(viewer: Viewer, name: string): Promise<GroupMade> {
  if (!(await allowedPerson(viewer, 'people.manage', 'group.make'))) return { as: 'missing' };
  return database().db.transaction(async (tx) => {
    const [row] = await tx.insert(group).values({ name }).onConflictDoNothing().returning({ id: group.id });
    if (!row) return { as: 'taken' };
    await record(viewer, { action: 'group.make', subject: { kind: 'group', id: row.id }, detail: { name } }, tx);
    return { as: 'made', id: row.id };
  });
}

/** Gives a group another name, in invitations too. Notes go on naming the old one. */
export async function renameGroup(viewer: Viewer, id: number, name: string): Promise<GroupMade> {
  if (!(await allowedPerson(viewer, 'people.manage', 'group.rename'))) return { as: 'missing' };
  return database().db.transaction(async (tx) => {
    const before = await lockGroup(viewer, id, tx);
    if (!before) return { as: 'missing' };
    if (before.name === name) return { as: 'made', id };
    const taken = await tx.$count(group, eq(group.name, name));
    if (taken > 0) return { as: 'taken' };
    await tx.update(group).set({ name }).where(eq(group.id, id));
    await tx
      .update(token)
      .set({ groups: sql`array_replace(${token.groups}, ${before.name}, ${name})` })
      .where(and(eq(token.purpose, 'invite'), sql`${before.name} = any(${token.groups})`));
    const detail = { from: before.name, to: name };
    await record(viewer, { action: 'group.rename', subject: { kind: 'group', id }, detail }, tx);
    return { as: 'made', id };
  });
}

/** Deletes a group; the people in it stay. False when there is none, or that is not for this viewer. */
export async function deleteGroup(viewer: Viewer, id: number): Promise<boolean> {
  if (!(await allowedPerson(viewer, 'people.manage', 'group.delete'))) return false;
  return database().db.transaction(async (tx) => {
    const [gone] = await tx.delete(group).where(eq(group.id, id)).returning({ name: group.name });
    if (!gone) return false;
    await tx
      .update(token)
      .set({ groups: sql`array_remove(${token.groups}, ${gone.name})` })
      .where(and(eq(token.purpose, 'invite'), sql`${gone.name} = any(${token.groups})`));
    await record(viewer, { action: 'group.delete', subject: { kind: 'group', id }, detail: gone }, tx);
    return true;
  });
}

async function lockGroup(_viewer: Viewer, id: number, tx: Executor) {
  const [row] = await tx.select({ name: group.name }).from(group).where(eq(group.id, id)).for('update');
  return row ?? null;
}
