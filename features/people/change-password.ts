import { and, eq, isNull } from 'drizzle-orm';
import { database } from '@/db/connection';
import { person } from '@/db/schema';
import type { Person } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { type Confirmation, checkOwnPassword } from './confirm';
import { notify } from './notices';
import { hashPassword } from './passwords';
import { endSessions, renewSession } from './sessions';
import { dropLinks } from './tokens';

export type PasswordChange =
  /** Keep the token: every other session has ended. */
  { as: 'changed'; token: string; ended: number } | Exclude<Confirmation, { as: 'confirmed' }>;

/**
 * Gives the viewer another password, ends their other sessions and takes links to reset it out of force. Who has none
 * yet, because another site signs them in, need not show one. Throws `TooBusy`.
 */
export async function changePassword(viewer: Person, current: string, password: string): Promise<PasswordChange> {
  const checked = await checkOwnPassword(viewer, current);
  const first = checked !== 'right' && checked.as === 'no-password' && viewer.confirmed;
  if (checked !== 'right' && !first) return checked;
  const passwordHash = await hashPassword(password);
  return database().db.transaction(async (tx) => {
    const which = and(eq(person.id, viewer.id), first ? isNull(person.passwordHash) : undefined);
    const set = await tx.update(person).set({ passwordHash }).where(which).returning({ id: person.id });
    if (set.length === 0) return { as: 'wrong' as const, field: 'password' as const };
    await dropLinks(viewer, viewer.id, { purpose: 'reset', executor: tx });
    await notify(viewer, { personId: viewer.id, of: 'password' }, tx);
    const ended = await endSessions(viewer, viewer.id, { but: viewer.sessionId, executor: tx });
    await record(viewer, { action: 'password.change', subject: { kind: 'person', id: viewer.id } }, tx);
    return { as: 'changed' as const, token: await renewSession(viewer, tx), ended };
  });
}
