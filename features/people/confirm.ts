import { eq } from 'drizzle-orm';
import { database } from '@/db/connection';
import { person } from '@/db/schema';
import type { Person } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { checkCode } from './check-code';
import { checkPassword } from './passwords';
import { renewSession } from './sessions';
import { countTry, forgetTries } from './throttle';

export type Confirmation =
  /** Keep the token: the session has a new one. */
  | { as: 'confirmed'; token: string }
  | { as: 'wrong'; field: 'password' | 'code' }
  | { as: 'wait'; seconds: number }
  /** They only sign in through another site: signing in again confirms them. */
  | { as: 'no-password' };

/**
 * Makes sure that whoever uses a session is still the person it belongs to: by their password, and a code when a second
 * factor is in force. Guesses are counted before they are looked at. Throws `TooBusy`.
 */
export async function confirmPerson(viewer: Person, password: string, code: string): Promise<Confirmation> {
  const checked = await checkOwnPassword(viewer, password);
  if (checked !== 'right') return checked;
  if (viewer.twoFactor) {
    const second = await checkCode(viewer, viewer.id, code);
    if (second.as === 'wait') return second;
    if (second.as === 'wrong') return { as: 'wrong', field: 'code' };
  }
  return { as: 'confirmed', token: await renewSession(viewer) };
}

/** Whether a password is the viewer's own; guesses are counted. Throws `TooBusy`. */
export async function checkOwnPassword(
  viewer: Person,
  password: string,
): Promise<'right' | Exclude<Confirmation, { as: 'confirmed' }>> {
  const tries = `confirm:${viewer.id}`;
  const seconds = await countTry(viewer, tries);
  if (seconds > 0) return { as: 'wait', seconds };
  const [row] = await database()
    .db.select({ passwordHash: person.passwordHash })
    .from(person)
    .where(eq(person.id, viewer.id));
  if (!row?.passwordHash) return { as: 'no-password' };
  if (!(await checkPassword(row.passwordHash, password))) {
    const subject = { kind: 'person', id: viewer.id };
    await record(viewer, { action: 'session.confirm', subject, refused: true });
    return { as: 'wrong', field: 'password' };
  }
  await forgetTries(viewer, tries);
  return 'right';
}
