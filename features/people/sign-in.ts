import { eq } from 'drizzle-orm';
import { database } from '@/db/connection';
import { person } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { addressToCount } from '@/lib/http/network';
import { checkPassword, hashPassword, isDated } from './passwords';
import { emailKey } from './schema';
import type { Device } from './sessions';
import { countTry, countUse, forgetTries } from './throttle';

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
  const account = `signin:${key}`;
  const waits = await Promise.all([
    countUse(viewer, `signin-from:${addressToCount(device.address)}`, ADDRESS_LIMIT, ADDRESS_SECONDS),
    countTry(viewer, account),
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
  await forgetTries(viewer, account);
  if (found.passwordHash && isDated(found.passwordHash)) await rehash(viewer, found.id, password);
  return { as: 'known', personId: found.id, twoFactor: found.totpConfirmedAt !== null };
}

async function findAccount(_viewer: Viewer, key: string) {
  const [row] = await database()
    .db.select({
      id: person.id,
      passwordHash: person.passwordHash,
      verifiedAt: person.verifiedAt,
      disabledAt: person.disabledAt,
      totpConfirmedAt: person.totpConfirmedAt,
    })
    .from(person)
    .where(eq(person.emailKey, key));
  return row;
}

async function rehash(_viewer: Viewer, id: string, password: string): Promise<void> {
  await database()
    .db.update(person)
    .set({ passwordHash: await hashPassword(password) })
    .where(eq(person.id, id));
}
