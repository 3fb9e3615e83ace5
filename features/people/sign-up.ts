import { and, eq, isNull, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { person } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { enqueue } from '@/features/jobs/enqueue';
import { readSiteSettings } from '@/features/settings/queries';
import { addressToCount } from '@/lib/http/network';
import { findByAddress } from './new-account';
import { hashPassword } from './passwords';
import { emailKey } from './schema';
import type { Device } from './sessions';
import { countUse } from './throttle';
import { dropLinks, makeLink, readLink, setupPath, takeLink } from './tokens';

export const START_ACCOUNT = 'person.start';

const HOUR_SECONDS = 3_600;
const FROM_ADDRESS = 20;
const FOR_ADDRESS = 5;

export type Asked = { as: 'asked' } | { as: 'closed' } | { as: 'wait'; seconds: number };

/**
 * Asks for an account. What happens to an address that has one and to one that has none differs only in the background,
 * after the same answer and the same work.
 */
export async function askForAccount(
  viewer: Viewer,
  { name, email, language }: { name: string; email: string; language: string },
  device: Device,
): Promise<Asked> {
  if ((await readSiteSettings(viewer)).signup !== 'open') return { as: 'closed' };
  const [seconds, often] = await Promise.all([
    countUse(viewer, `signup-from:${addressToCount(device.address)}`, FROM_ADDRESS, HOUR_SECONDS),
    countUse(viewer, `signup:${emailKey(email)}`, FOR_ADDRESS, HOUR_SECONDS),
  ]);
  if (seconds > 0) return { as: 'wait', seconds };
  if (often === 0) await enqueue(database().db, { kind: START_ACCOUNT, payload: { name, email, language } });
  return { as: 'asked' };
}

/**
 * Keeps an account for whoever asked for it, to be confirmed, unless there is one for the address. Returns which there is
 * now and whether it waits to be confirmed.
 */
export async function startAccount(
  viewer: Viewer,
  { name, email, language }: { name: string; email: string; language: 'es' | 'en' },
  executor: Executor,
) {
  await executor.transaction(async (tx) => {
    const [made] = await tx
      .insert(person)
      .values({ email, emailKey: emailKey(email), name, role: 'member', language })
      .onConflictDoNothing({ target: person.emailKey })
      .returning({ id: person.id });
    if (made) await record(viewer, { action: 'person.sign-up', subject: { kind: 'person', id: made.id } }, tx);
  });
  return findByAddress(viewer, email, executor);
}

/** The secret of a new link that confirms an account which waits for it; older ones serve no longer. */
export async function linkToConfirm(viewer: Viewer, personId: string, executor: Executor): Promise<string> {
  return executor.transaction(async (tx) => {
    await dropLinks(viewer, personId, { purpose: 'verify', executor: tx });
    return makeLink(viewer, { purpose: 'verify', personId }, tx);
  });
}

/** For the owner to hand over: the path of a link that confirms an account which waits for it, or null. */
export async function freshConfirmation(viewer: Viewer, personId: string): Promise<string | null> {
  if (!(await isAllowed(viewer, 'people.manage'))) return null;
  return database().db.transaction(async (tx) => {
    const waiting = and(eq(person.id, personId), isNull(person.verifiedAt), isNull(person.disabledAt));
    const [row] = await tx.select({ id: person.id }).from(person).where(waiting);
    if (!row) return null;
    await record(viewer, { action: 'confirmation.make', subject: { kind: 'person', id: personId } }, tx);
    return setupPath(await linkToConfirm(viewer, personId, tx));
  });
}

/**
 * Uses a link that confirms an address: the account is in force from now on, with this name and password. Only who reads
 * the mail of an address chooses the password of its account. Null when the link is no longer good. Throws `TooBusy`.
 */
export async function confirmAccount(
  viewer: Viewer,
  secret: string,
  { name, password }: { name: string; password: string },
): Promise<string | null> {
  if ((await readLink(viewer, secret))?.purpose !== 'verify') return null; // before the work of hashing
  const passwordHash = await hashPassword(password);
  return database().db.transaction(async (tx) => {
    const grant = await takeLink(viewer, secret, 'verify', tx);
    if (!grant?.personId) return null;
    const [row] = await tx
      .update(person)
      .set({ name, passwordHash, verifiedAt: sql`now()` })
      .where(and(eq(person.id, grant.personId), isNull(person.verifiedAt), isNull(person.disabledAt)))
      .returning({ id: person.id });
    if (!row) return null;
    await record(viewer, { action: 'person.confirm', subject: { kind: 'person', id: row.id } }, tx);
    return row.id;
  });
}
