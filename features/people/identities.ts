import { and, eq } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { identity, person } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { readSiteSettings } from '@/features/settings/queries';
import { takeInvitationFor } from './invitations';
import { findByAddress, joinGroups, makeAccount } from './new-account';

/** Whom another site says somebody is. */
export type Voucher = {
  provider: string;
  /** The account's id there, which never changes. */
  subject: string;
  name: string;
  /** Only when that site has verified it. */
  email: string | null;
};

export type Arrival =
  | { as: 'known'; personId: string; twoFactor: boolean }
  /** No account here is theirs yet, and the other site vouches for no address by which to find or make one. */
  | { as: 'unverified' }
  /** There is no account, and whoever they are may not make one. */
  | { as: 'closed' }
  | { as: 'disabled' };

/**
 * Finds the account of somebody another site vouches for: by their account there; else by their verified address, which ties
 * the two together; else it makes one, when they are invited or everybody may sign up.
 */
export async function arriveFrom(viewer: Viewer, voucher: Voucher): Promise<Arrival> {
  return database().db.transaction(async (tx) => {
    const known = await findByIdentity(viewer, voucher, tx);
    if (known) return known.disabledAt ? { as: 'disabled' } : arrived(known.id, known.totpConfirmedAt);
    if (!voucher.email) return { as: 'unverified' };
    const account = await findByAddress(viewer, voucher.email, tx);
    if (account?.disabledAt) return { as: 'disabled' };
    const personId = account?.verifiedAt ? account.id : await newcomer(viewer, voucher, voucher.email, tx);
    if (!personId) return { as: 'closed' };
    await tx.insert(identity).values({ provider: voucher.provider, subject: voucher.subject, personId });
    const detail = { provider: voucher.provider };
    await record(viewer, { action: 'identity.link', subject: { kind: 'person', id: personId }, detail }, tx);
    const made = await findByIdentity(viewer, voucher, tx);
    return arrived(personId, made?.totpConfirmedAt ?? null);
  });
}

const arrived = (personId: string, totpConfirmedAt: Date | null): Arrival => ({
  as: 'known',
  personId,
  twoFactor: totpConfirmedAt !== null,
});

/** Makes the account of who may have one: with what their invitation says, or as a member where everybody may sign up. */
async function newcomer(viewer: Viewer, { name }: Voucher, email: string, tx: Executor): Promise<string | null> {
  const invitation = await takeInvitationFor(viewer, email, tx);
  if (!invitation && (await readSiteSettings(viewer, tx)).signup !== 'open') return null;
  const { role, groups } = invitation ?? { role: 'member' as const, groups: [] };
  const personId = await makeAccount(viewer, { email, name, role, passwordHash: null }, tx);
  if (!personId) return null;
  await joinGroups(viewer, personId, groups, tx);
  const action = invitation ? 'invitation.accept' : 'person.confirm';
  await record(viewer, { action, subject: { kind: 'person', id: personId }, detail: { role } }, tx);
  return personId;
}

async function findByIdentity(_viewer: Viewer, { provider, subject }: Voucher, tx: Executor) {
  const [row] = await tx
    .select({ id: person.id, disabledAt: person.disabledAt, totpConfirmedAt: person.totpConfirmedAt })
    .from(identity)
    .innerJoin(person, eq(person.id, identity.personId))
    .where(and(eq(identity.provider, provider), eq(identity.subject, subject)));
  return row ?? null;
}
