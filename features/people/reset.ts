import { and, eq, isNull, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { person } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { enqueue } from '@/features/jobs/enqueue';
import { addressToCount } from '@/lib/http/network';
import { notify } from './notices';
import { hashPassword } from './passwords';
import { emailKey } from './schema';
import { type Device, endSessions } from './sessions';
import { countUse, forgetTries } from './throttle';
import { dropLinks, makeLink, readLink, setupPath, takeLink } from './tokens';

export const START_RESET = 'person.reset';

const HOUR_SECONDS = 3_600;
const FROM_ADDRESS = 20;
const FOR_ADDRESS = 5;

/** Asks for a link to a new password; the answer and its work are the same whether the address has an account or not. */
export async function askForReset(
  viewer: Viewer,
  { email, language }: { email: string; language: string },
  device: Device,
): Promise<{ as: 'asked' } | { as: 'wait'; seconds: number }> {
  const [seconds, often] = await Promise.all([
    countUse(viewer, `reset-from:${addressToCount(device.address)}`, FROM_ADDRESS, HOUR_SECONDS),
    countUse(viewer, `reset:${emailKey(email)}`, FOR_ADDRESS, HOUR_SECONDS),
  ]);
  if (seconds > 0) return { as: 'wait', seconds };
  if (often === 0) await enqueue(database().db, { kind: START_RESET, payload: { email, language } });
  return { as: 'asked' };
}

/** The secret of a new link to a new password; older ones serve no longer. */
export async function linkToReset(viewer: Viewer, personId: string, executor: Executor): Promise<string> {
  return executor.transaction(async (tx) => {
    await dropLinks(viewer, personId, { purpose: 'reset', executor: tx });
    return makeLink(viewer, { purpose: 'reset', personId }, tx);
  });
}

/** For the owner to hand over: the path of a link to a new password, or null when there is no such account in force. */
export async function makeResetLink(viewer: Viewer, personId: string): Promise<string | null> {
  if (!(await isAllowed(viewer, 'people.manage'))) return null;
  return database().db.transaction(async (tx) => {
    const inForce = and(eq(person.id, personId), isNull(person.disabledAt), sql`${person.verifiedAt} is not null`);
    const [row] = await tx.select({ id: person.id }).from(person).where(inForce);
    if (!row) return null;
    await record(viewer, { action: 'reset.make', subject: { kind: 'person', id: personId } }, tx);
    return setupPath(await linkToReset(viewer, personId, tx));
  });
}

/**
 * Uses a link to a new password. Every session of the person ends, and every other link of theirs with it; a second factor
 * stays. False when the link is no longer good. Throws `TooBusy`.
 */
export async function resetPassword(viewer: Viewer, secret: string, password: string): Promise<boolean> {
  if ((await readLink(viewer, secret))?.purpose !== 'reset') return false; // before the work of hashing
  const passwordHash = await hashPassword(password);
  const key = await database().db.transaction(async (tx) => {
    const grant = await takeLink(viewer, secret, 'reset', tx);
    if (!grant?.personId) return null;
    const [row] = await tx
      .update(person)
      .set({ passwordHash })
      .where(and(eq(person.id, grant.personId), isNull(person.disabledAt)))
      .returning({ key: person.emailKey });
    if (!row) return null;
    await dropLinks(viewer, grant.personId, { executor: tx });
    await endSessions(viewer, grant.personId, { executor: tx });
    await record(viewer, { action: 'password.reset', subject: { kind: 'person', id: grant.personId } }, tx);
    await notify(viewer, { personId: grant.personId, of: 'password' }, tx);
    return row.key;
  });
  if (key === null) return false;
  await forgetTries(viewer, `signin:${key}`);
  return true;
}
