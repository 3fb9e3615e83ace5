import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { person, recoveryCode } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import type { Person, Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { seal, totpContext, unseal } from '@/features/keys/seal';
import { readSiteSettings } from '@/features/settings/queries';
import { takeStep } from './check-code';
import { describeSeed, hashRecoveryCode, newRecoveryCode, newSeed, RECOVERY_CODES } from './codes';
import { endSessions, renewSession } from './sessions';
import { countTry, forgetTries } from './throttle';

export { type CodeCheck, checkCode, recoveryCodesLeft } from './check-code';

/** What an authenticator is given: a base32 text to type, and the same as an `otpauth:` address for a QR code. */
export type Seed = { secret: string; uri: string };

/**
 * Makes a seed for the viewer's authenticator, in place of one that was not confirmed; it is in force once a code of it is
 * shown. Null when a second factor is in force, or when the viewer has not shown their password lately (`confirmed`).
 */
export async function makeSeed(viewer: Viewer): Promise<Seed | null> {
  if (viewer.kind !== 'person' || !viewer.confirmed) return null;
  const seed = newSeed();
  const { db } = database();
  const made = await db
    .update(person)
    .set({ totpSecret: await seal(db, totpContext(viewer.id), seed), totpStep: null })
    .where(and(eq(person.id, viewer.id), isNull(person.totpConfirmedAt)))
    .returning({ id: person.id });
  return made.length === 1 ? forAuthenticator(viewer, seed) : null;
}

/** The viewer's seed that waits to be confirmed, or null; shown only to who has shown their password lately. */
export async function pendingSeed(viewer: Viewer): Promise<Seed | null> {
  if (viewer.kind !== 'person' || !viewer.confirmed) return null;
  const [row] = await database()
    .db.select({ sealed: person.totpSecret })
    .from(person)
    .where(and(eq(person.id, viewer.id), isNull(person.totpConfirmedAt), isNotNull(person.totpSecret)));
  return row?.sealed ? forAuthenticator(viewer, await unseal(totpContext(viewer.id), row.sealed)) : null;
}

export type SeedConfirmation =
  /** Show the recovery codes once, and keep the token (`keepToken`): every other session has ended. */
  | { as: 'on'; recoveryCodes: string[]; token: string }
  | { as: 'wrong' }
  | { as: 'wait'; seconds: number }
  | { as: 'missing' };

/** Puts the viewer's second factor in force with the first code of its authenticator. */
export async function confirmSeed(viewer: Viewer, code: string): Promise<SeedConfirmation> {
  if (viewer.kind !== 'person' || !viewer.confirmed) return { as: 'missing' };
  const tries = `code:${viewer.id}`;
  const seconds = await countTry(viewer, tries);
  if (seconds > 0) return { as: 'wait', seconds };
  const on = await database().db.transaction(async (tx) => {
    if (!(await takeStep(viewer, viewer.id, code, { confirming: true, executor: tx }))) return null;
    const recoveryCodes = await replaceRecoveryCodes(viewer, tx);
    const token = await startAnew(viewer, 'two-factor.on', tx);
    return { as: 'on' as const, recoveryCodes, token };
  });
  if (on) await forgetTries(viewer, tries);
  return on ?? { as: 'wrong' };
}

/**
 * Makes recovery codes in place of those there are, each good once. Null without a second factor, or when the viewer has
 * not shown their password lately.
 */
export async function makeRecoveryCodes(viewer: Viewer): Promise<string[] | null> {
  if (viewer.kind !== 'person' || !viewer.confirmed || !viewer.twoFactor) return null;
  return database().db.transaction(async (tx) => {
    await record(viewer, { action: 'recovery-code.make', subject: { kind: 'person', id: viewer.id } }, tx);
    return replaceRecoveryCodes(viewer, tx);
  });
}

export type Removal =
  /** Keep the token: every other session has ended. */
  | { as: 'off'; token: string }
  /** The site asks every owner for a second factor. */
  | { as: 'required' }
  | { as: 'missing' };

/** Takes the viewer's second factor out of force, and its recovery codes with it. They must have shown it lately. */
export async function removeSecondFactor(viewer: Viewer): Promise<Removal> {
  if (viewer.kind !== 'person' || !viewer.confirmed || !viewer.twoFactor) return { as: 'missing' };
  const { ownerTwoFactor } = await readSiteSettings(viewer);
  if (viewer.role === 'owner' && ownerTwoFactor) return { as: 'required' };
  return database().db.transaction(async (tx) => {
    await clear(viewer, viewer.id, tx);
    return { as: 'off', token: await startAnew(viewer, 'two-factor.off', tx) };
  });
}

/**
 * Takes the second factor of someone who lost it out of force, and ends their sessions: the owner has made sure who asks.
 * False when that is not for this viewer, or there is none.
 */
export async function removeSecondFactorOf(viewer: Viewer, personId: string): Promise<boolean> {
  if (viewer.kind !== 'person' || !(await isAllowed(viewer, 'people.manage')) || viewer.id === personId) return false;
  return database().db.transaction(async (tx) => {
    if (!(await clear(viewer, personId, tx))) return false;
    await endSessions(viewer, personId, { executor: tx });
    await record(viewer, { action: 'two-factor.remove', subject: { kind: 'person', id: personId } }, tx);
    return true;
  });
}

const forAuthenticator = (viewer: Person, seed: Uint8Array): Seed =>
  describeSeed(seed, viewer.email, new URL(process.env.SITE_URL ?? 'http://localhost').host);

async function clear(_viewer: Viewer, personId: string, tx: Executor): Promise<boolean> {
  await tx.delete(recoveryCode).where(eq(recoveryCode.personId, personId));
  const cleared = await tx
    .update(person)
    .set({ totpSecret: null, totpConfirmedAt: null, totpStep: null })
    .where(and(eq(person.id, personId), isNotNull(person.totpConfirmedAt)))
    .returning({ id: person.id });
  return cleared.length === 1;
}

/** What signs in has changed: other sessions end, this one gets a new token. */
async function startAnew(viewer: Person, action: string, tx: Executor): Promise<string> {
  await endSessions(viewer, viewer.id, { but: viewer.sessionId, executor: tx });
  await record(viewer, { action, subject: { kind: 'person', id: viewer.id } }, tx);
  return renewSession(viewer, tx);
}

async function replaceRecoveryCodes(viewer: Person, tx: Executor): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  const values = codes.flatMap((code) => {
    const hash = hashRecoveryCode(code);
    return hash ? [{ personId: viewer.id, hash }] : [];
  });
  await tx.delete(recoveryCode).where(eq(recoveryCode.personId, viewer.id));
  await tx.insert(recoveryCode).values(values);
  return codes;
}
