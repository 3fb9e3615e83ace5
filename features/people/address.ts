import { and, eq, isNull, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { person, token } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { enqueue } from '@/features/jobs/enqueue';
import { findByAddress } from './new-account';
import { notify } from './notices';
import { emailKey } from './schema';
import { endSessions } from './sessions';
import { countUse } from './throttle';
import { dropLinks, makeLink, renewLink, setupPath, takeLink } from './tokens';

export const MAIL_ADDRESS = 'mail.address';

const DAY_SECONDS = 86_400;
const CHANGES_A_DAY = 10;

export type AddressChange = { as: 'asked' } | { as: 'wait'; seconds: number } | { as: 'missing' };

/**
 * Asks to change the viewer's e-mail address, which happens once a link sent to the new one is used; until then the old one
 * counts. They must have shown their password lately.
 */
export async function askForAddress(viewer: Viewer, email: string, language: string): Promise<AddressChange> {
  if (viewer.kind !== 'person' || !viewer.confirmed) return { as: 'missing' };
  const seconds = await countUse(viewer, `address:${viewer.id}`, CHANGES_A_DAY, DAY_SECONDS);
  if (seconds > 0) return { as: 'wait', seconds };
  const id = crypto.randomUUID();
  await database().db.transaction(async (tx) => {
    await dropLinks(viewer, viewer.id, { purpose: 'email', executor: tx });
    await makeLink(viewer, { id, purpose: 'email', personId: viewer.id, email }, tx);
    await enqueue(tx, { kind: MAIL_ADDRESS, payload: { id, language } });
    await record(viewer, { action: 'address.ask', subject: { kind: 'person', id: viewer.id } }, tx);
  });
  return { as: 'asked' };
}

/** The address the viewer asked for and has not confirmed, or null. */
export async function pendingAddress(viewer: Viewer): Promise<string | null> {
  if (viewer.kind !== 'person') return null;
  const mine = and(eq(token.personId, viewer.id), eq(token.purpose, 'email'), sql`${token.expiresAt} > now()`);
  const [row] = await database().db.select({ email: token.email }).from(token).where(mine);
  return row?.email ?? null;
}

/** For the owner to hand over: the path of a link that confirms the address a person asked for, or null. */
export async function freshAddressLink(viewer: Viewer, personId: string): Promise<string | null> {
  if (!(await isAllowed(viewer, 'people.manage'))) return null;
  return database().db.transaction(async (tx) => {
    const [row] = await tx
      .select({ id: token.id })
      .from(token)
      .where(and(eq(token.personId, personId), eq(token.purpose, 'email')));
    const secret = row && (await renewLink(viewer, { id: row.id, purpose: 'email' }, tx));
    if (!secret) return null;
    await record(viewer, { action: 'address.link', subject: { kind: 'person', id: personId } }, tx);
    return setupPath(secret);
  });
}

export type AddressConfirmed = { as: 'changed'; email: string } | { as: 'exists' } | { as: 'gone' };

/** Uses a link that confirms a new address. Sessions end, but for the one it is used in; the old address is told. */
export async function confirmAddress(viewer: Viewer, secret: string): Promise<AddressConfirmed> {
  return database().db.transaction(async (tx) => {
    const grant = await takeLink(viewer, secret, 'email', tx);
    if (!grant?.personId || !grant.email) return { as: 'gone' };
    const { personId, email } = grant;
    const other = await findByAddress(viewer, email, tx);
    if (other && other.id !== personId) return { as: 'exists' };
    await notify(viewer, { personId, of: 'address' }, tx);
    const [row] = await tx
      .update(person)
      .set({ email, emailKey: emailKey(email), verifiedAt: sql`now()` })
      .where(and(eq(person.id, personId), isNull(person.disabledAt)))
      .returning({ id: person.id });
    if (!row) return { as: 'gone' };
    await dropLinks(viewer, personId, { executor: tx });
    const but = viewer.kind === 'person' && viewer.id === personId ? viewer.sessionId : undefined;
    await endSessions(viewer, personId, { but, executor: tx });
    await record(viewer, { action: 'address.change', subject: { kind: 'person', id: personId } }, tx);
    return { as: 'changed', email };
  });
}
