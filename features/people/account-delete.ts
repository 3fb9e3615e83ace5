import { and, eq, or, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { audit, person } from '@/db/schema';
import type { Person } from '@/features/access/viewer';
import { anonymous } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { isLastOwner } from './roles';

export type AccountDeletion = { as: 'deleted' } | { as: 'last-owner' } | { as: 'missing' };

/** Whether the viewer may go: the last owner may not. */
export async function mayLeave(viewer: Person): Promise<boolean> {
  if (viewer.role !== 'owner') return true;
  return database().db.transaction(async (tx) => !(await isLastOwner(viewer, viewer.id, tx)));
}

/**
 * Deletes the viewer's account with all that is theirs alone. Their comments and what was noted of them stay, and say
 * nobody: names and addresses are taken out of the log. They must have shown their password lately.
 */
export async function deleteAccount(viewer: Person): Promise<AccountDeletion> {
  if (!viewer.confirmed) return { as: 'missing' };
  return database().db.transaction(async (tx) => {
    if (viewer.role === 'owner' && (await isLastOwner(viewer, viewer.id, tx))) return { as: 'last-owner' };
    const about = and(eq(audit.subjectKind, 'person'), eq(audit.subjectId, viewer.id));
    const nobody = sql`${audit.detail} - 'email' - 'name'`;
    await tx
      .update(audit)
      .set({ address: null, detail: nobody })
      .where(or(eq(audit.actorId, viewer.id), about));
    await tx
      .update(audit)
      .set({ detail: nobody })
      .where(sql`lower(${audit.detail}->>'email') = lower(${viewer.email})`);
    const gone = await tx.delete(person).where(eq(person.id, viewer.id)).returning({ id: person.id });
    if (gone.length === 0) return { as: 'missing' };
    await record(anonymous, { action: 'account.delete', subject: { kind: 'person', id: viewer.id } }, tx);
    return { as: 'deleted' };
  });
}
