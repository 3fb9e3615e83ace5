import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { token } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import type { Role, Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { enqueue } from '@/features/jobs/enqueue';
import { sendsMail } from '@/features/mail/transport';
import { findByAddress, joinGroups, makeAccount } from './new-account';
import { hashPassword } from './passwords';
import { emailKey } from './schema';
import { makeLink, readLink, renewLink, setupPath, takeLink } from './tokens';

export const MAIL_INVITATION = 'mail.invitation';

export type Invitation = {
  /** UUID. */
  id: string;
  email: string;
  role: Role;
  groups: string[];
  /** ISO 8601. */
  createdAt: string;
  expiresAt: string;
  /** Whether its time is over: a fresh link gives it a new one. */
  expired: boolean;
};

export type Invited =
  /** `path` of the link to hand over, or null when it goes by mail. */
  | { as: 'invited'; id: string; path: string | null }
  /** Somebody with this address has an account. */
  | { as: 'exists' }
  | { as: 'missing' };

/** Invites whoever reads the mail of an address, in place of an earlier invitation; by mail when the site sends mail. */
export async function invite(
  viewer: Viewer,
  { email, role, groups }: { email: string; role: Role; groups: readonly string[] },
  language: string,
): Promise<Invited> {
  if (!(await isAllowed(viewer, 'people.manage'))) return { as: 'missing' };
  const account = await findByAddress(viewer, email);
  if (account?.verifiedAt) return { as: 'exists' };
  const id = crypto.randomUUID();
  return database().db.transaction(async (tx) => {
    await tx.delete(token).where(and(eq(token.purpose, 'invite'), sql`lower(${token.email}) = ${emailKey(email)}`));
    const secret = await makeLink(viewer, { id, purpose: 'invite', email, role, groups: [...groups] }, tx);
    await record(
      viewer,
      { action: 'invitation.make', subject: { kind: 'invitation', id }, detail: { email, role } },
      tx,
    );
    if (!sendsMail()) return { as: 'invited', id, path: setupPath(secret) };
    await enqueue(tx, {
      kind: MAIL_INVITATION,
      payload: { id, language, from: viewer.kind === 'person' ? viewer.name : '' },
    });
    return { as: 'invited', id, path: null };
  });
}

/** The invitations nobody has used yet, oldest first; those whose time is over too. */
export async function listInvitations(viewer: Viewer): Promise<Invitation[]> {
  if (!(await isAllowed(viewer, 'people.manage'))) return [];
  const rows = await database()
    .db.select({
      id: token.id,
      email: token.email,
      role: token.role,
      groups: token.groups,
      createdAt: token.createdAt,
      expiresAt: token.expiresAt,
      expired: sql<boolean>`${token.expiresAt} <= now()`,
    })
    .from(token)
    .where(eq(token.purpose, 'invite'))
    .orderBy(asc(token.createdAt));
  return rows.map((row) => ({
    ...row,
    email: row.email ?? '',
    role: row.role ?? 'member',
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** Takes an invitation back: its link serves no longer. False when there is none, or that is not for this viewer. */
export async function withdrawInvitation(viewer: Viewer, id: string): Promise<boolean> {
  if (!(await isAllowed(viewer, 'people.manage'))) return false;
  return database().db.transaction(async (tx) => {
    const which = and(eq(token.id, id), eq(token.purpose, 'invite'));
    const gone = await tx.delete(token).where(which).returning({ email: token.email });
    if (gone.length === 0) return false;
    const detail = { email: gone[0]?.email ?? null };
    await record(viewer, { action: 'invitation.withdraw', subject: { kind: 'invitation', id }, detail }, tx);
    return true;
  });
}

/** The path of a new link for an invitation; older links of it serve no longer. Null when there is none. */
export async function freshInvitation(viewer: Viewer, id: string): Promise<string | null> {
  if (!(await isAllowed(viewer, 'people.manage'))) return null;
  return database().db.transaction(async (tx) => {
    const secret = await renewLink(viewer, { id, purpose: 'invite' }, tx);
    if (!secret) return null;
    await record(viewer, { action: 'invitation.renew', subject: { kind: 'invitation', id } }, tx);
    return setupPath(secret);
  });
}

export type Accepted = { as: 'made'; personId: string } | { as: 'exists' } | { as: 'gone' };

/** Uses an invitation: makes the account it was for, with its role and groups. Throws `TooBusy`. */
export async function acceptInvitation(
  viewer: Viewer,
  secret: string,
  { name, password }: { name: string; password: string },
): Promise<Accepted> {
  const link = await readLink(viewer, secret);
  if (link?.purpose !== 'invite' || !link.email) return { as: 'gone' };
  if ((await findByAddress(viewer, link.email))?.verifiedAt) return { as: 'exists' };
  const passwordHash = await hashPassword(password);
  return database().db.transaction(async (tx) => {
    const grant = await takeLink(viewer, secret, 'invite', tx);
    if (!grant?.email || !grant.role) return { as: 'gone' };
    const account = { email: grant.email, name, role: grant.role, passwordHash };
    const personId = await makeAccount(viewer, account, tx);
    if (!personId) return { as: 'exists' };
    await joinGroups(viewer, personId, grant.groups, tx);
    const detail = { role: grant.role };
    await record(viewer, { action: 'invitation.accept', subject: { kind: 'person', id: personId }, detail }, tx);
    return { as: 'made', personId };
  });
}

/** The invitation that waits for an address, used up; null when there is none. */
export async function takeInvitationFor(viewer: Viewer, email: string, tx: Parameters<typeof makeAccount>[2]) {
  const mine = and(eq(token.purpose, 'invite'), sql`lower(${token.email}) = ${emailKey(email)}`);
  const [row] = await tx
    .delete(token)
    .where(and(mine, gt(token.expiresAt, sql`now()`)))
    .returning({ role: token.role, groups: token.groups });
  return row && viewer ? { role: row.role ?? 'member', groups: row.groups } : null;
}
