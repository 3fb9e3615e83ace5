import { eq, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { person, token } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { hashPassword } from './passwords';
import { emailKey } from './schema';
import { makeLink, readLink, setupPath, takeLink } from './tokens';

const OWNER_LOCK = 0x7453_0001;

/**
 * Sees to it that the site can have an owner. Returns the path of a one-time link that makes the owner's account, or null
 * when there is an owner, or one was just made of `account`. An older unused link stops working.
 */
export async function firstOwner(
  viewer: Viewer,
  account: { email: string; password: string } | null,
): Promise<string | null> {
  const { db } = database();
  if (await hasOwner(viewer)) return null;
  const passwordHash = account && (await hashPassword(account.password));
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${OWNER_LOCK})`);
    const [owner] = await tx.select({ id: person.id }).from(person).where(eq(person.role, 'owner')).limit(1);
    if (owner) return null;
    await tx.delete(token).where(eq(token.purpose, 'owner'));
    if (!account) return setupPath(await makeLink(viewer, { purpose: 'owner', role: 'owner' }, tx));
    const { email } = account;
    const made = { email, emailKey: emailKey(email), name: email.split('@')[0] ?? email, passwordHash };
    const [row] = await tx
      .insert(person)
      .values({ ...made, role: 'owner', verifiedAt: sql`now()` })
      .onConflictDoUpdate({ target: person.emailKey, set: { role: 'owner', passwordHash, verifiedAt: sql`now()` } })
      .returning({ id: person.id });
    await record(viewer, { action: 'owner.make', subject: row && { kind: 'person', id: row.id } }, tx);
    return null;
  });
}

/**
 * Uses the link of the first owner: makes their account, or makes the one with this address theirs. Null when the link is no
 * longer good, as when there is an owner. Throws `TooBusy`.
 */
export async function becomeOwner(
  viewer: Viewer,
  secret: string,
  { email, name, password }: { email: string; name: string; password: string },
): Promise<string | null> {
  if ((await readLink(viewer, secret))?.purpose !== 'owner') return null; // before the work of hashing
  const passwordHash = await hashPassword(password);
  return database().db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${OWNER_LOCK})`);
    const [owner] = await tx.select({ id: person.id }).from(person).where(eq(person.role, 'owner')).limit(1);
    if (owner || !(await takeLink(viewer, secret, 'owner', tx))) return null;
    const set = { email, name, role: 'owner' as const, passwordHash, verifiedAt: sql`now()`, disabledAt: null };
    const [row] = await tx
      .insert(person)
      .values({ ...set, emailKey: emailKey(email) })
      .onConflictDoUpdate({ target: person.emailKey, set })
      .returning({ id: person.id });
    if (!row) return null;
    await record(viewer, { action: 'owner.make', subject: { kind: 'person', id: row.id } }, tx);
    return row.id;
  });
}

/** Whether the site has an owner. */
export async function hasOwner(_viewer: Viewer): Promise<boolean> {
  const owners = database().db.select({ id: person.id }).from(person).where(eq(person.role, 'owner')).limit(1);
  return (await owners).length > 0;
}
