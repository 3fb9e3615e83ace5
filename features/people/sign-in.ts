import { eq } from 'drizzle-orm';
import { database } from '@/db/connection';
import { person } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { addressToCount } from '@/lib/http/network';
import { checkCode } from './check-code';
import { checkPassword, hashPassword, isDated } from './passwords';
import { emailKey } from './schema';
import type { Device } from './sessions';
import { countTry, countUse, forgetTries } from './throttle';
import { openTicket, sealTicket, stampOf } from './ticket';

/** Tries from one address, whomever they are for. */
const ADDRESS_LIMIT = 60;
const ADDRESS_SECONDS = 600;

export type SignIn =
  | { as: 'known'; personId: string; twoFactor: boolean }
  /** Unknown, without a password, not verified, disabled or with another password: nobody learns which. */
  | { as: 'wrong' }
  | { as: 'wait'; seconds: number };

/**
 * Checks an e-mail address and a password. Every answer takes the same work; tries are counted before they are looked at.
 * Throws `TooBusy` when too many passwords wait to be checked.
 */
export async function checkCredentials(
  viewer: Viewer,
  { email, password }: { email: string; password: string },
  device: Device,
): Promise<SignIn> {
  const key = emailKey(email);
  const tries = `signin:${key}`;
  const waits = await Promise.all([
    countUse(viewer, `signin-from:${addressToCount(device.address)}`, ADDRESS_LIMIT, ADDRESS_SECONDS),
    countTry(viewer, tries),
  ]);
  const seconds = Math.max(...waits);
  if (seconds > 0) return { as: 'wait', seconds };
  const found = await findAccount(viewer, key);
  const right = await checkPassword(found?.passwordHash ?? null, password);
  if (!found || !right || !found.verifiedAt || found.disabledAt) {
    await record(viewer, {
      action: 'session.refuse',
      subject: found && { kind: 'person', id: found.id },
      address: device.address,
      refused: true,
    });
    return { as: 'wrong' };
  }
  await forgetTries(viewer, tries);
  if (found.passwordHash && isDated(found.passwordHash)) await rehash(viewer, found.id, password);
  return { as: 'known', personId: found.id, twoFactor: found.totpConfirmedAt !== null };
}

export type CodeShown =
  | { as: 'known'; personId: string; to: string }
  | { as: 'wrong' }
  | { as: 'wait'; seconds: number }
  /** The ticket's time is over, or what it stood for has changed. */
  | { as: 'late' };

/** Goes on with a sign-in whose password was right: a code of the second factor, and the ticket that was given for it. */
export async function finishSignIn(
  viewer: Viewer,
  { ticket, code }: { ticket: string; code: string },
  device: Device,
): Promise<CodeShown> {
  const held = await openTicket(ticket);
  const account = held && (await findAccountById(viewer, held.personId));
  if (!account || account.disabledAt || !account.totpConfirmedAt || stampOf(account.passwordHash) !== held.stamp)
    return { as: 'late' };
  const from = `signin-from:${addressToCount(device.address)}`;
  const seconds = await countUse(viewer, from, ADDRESS_LIMIT, ADDRESS_SECONDS);
  if (seconds > 0) return { as: 'wait', seconds };
  const checked = await checkCode(viewer, held.personId, code);
  if (checked.as === 'right') return { as: 'known', personId: held.personId, to: held.to };
  if (checked.as === 'wrong') {
    const subject = { kind: 'person', id: held.personId };
    await record(viewer, {
      action: 'session.refuse',
      subject,
      detail: { factor: 'second' },
      address: device.address,
      refused: true,
    });
  }
  return checked;
}

/** What somebody whose first factor was right is given to come back with, and their code. */
export async function ticketFor(viewer: Viewer, personId: string, to: string): Promise<string> {
  const account = await findAccountById(viewer, personId);
  return sealTicket({ personId, to, stamp: stampOf(account?.passwordHash ?? null) });
}

const account = {
  id: person.id,
  passwordHash: person.passwordHash,
  verifiedAt: person.verifiedAt,
  disabledAt: person.disabledAt,
  totpConfirmedAt: person.totpConfirmedAt,
};

async function findAccountById(_viewer: Viewer, id: string) {
  const [row] = await database().db.select(account).from(person).where(eq(person.id, id));
  return row;
}

async function findAccount(_viewer: Viewer, key: string) {
  const [row] = await database().db.select(account).from(person).where(eq(person.emailKey, key));
  return row;
}

async function rehash(_viewer: Viewer, id: string, password: string): Promise<void> {
  await database()
    .db.update(person)
    .set({ passwordHash: await hashPassword(password) })
    .where(eq(person.id, id));
}
