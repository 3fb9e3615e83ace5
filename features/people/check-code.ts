import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { person, recoveryCode } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { totpContext, unseal } from '@/features/keys/seal';
import { hashRecoveryCode, stepOf } from './codes';
import { countTry, forgetTries } from './throttle';

export type CodeCheck =
  | { as: 'right'; by: 'authenticator' | 'recovery'; recoveryLeft: number }
  | { as: 'wrong' }
  | { as: 'wait'; seconds: number };

/**
 * Checks a code of a person's second factor, from an authenticator or one of their recovery codes, and uses it up: of all
 * who show it, one is right. Guesses are counted before they are looked at.
 */
export async function checkCode(viewer: Viewer, personId: string, code: string): Promise<CodeCheck> {
  const tries = `code:${personId}`;
  const seconds = await countTry(viewer, tries);
  if (seconds > 0) return { as: 'wait', seconds };
  const by = (await takeStep(viewer, personId, code))
    ? 'authenticator'
    : await takeRecoveryCode(viewer, personId, code);
  if (!by) return { as: 'wrong' };
  await forgetTries(viewer, tries);
  return { as: 'right', by, recoveryLeft: await recoveryCodesLeft(viewer, personId) };
}

/**
 * Uses up an authenticator's code: its time step must be later than the last one used. `confirming` checks a seed that is
 * not in force yet. The step is counted on the database's clock.
 */
export async function takeStep(
  _viewer: Viewer,
  personId: string,
  code: string,
  { confirming = false, executor = database().db }: { confirming?: boolean; executor?: Executor } = {},
): Promise<boolean> {
  const inForce = confirming ? isNull(person.totpConfirmedAt) : isNotNull(person.totpConfirmedAt);
  const which = and(eq(person.id, personId), isNotNull(person.totpSecret), inForce);
  const [row] = await executor
    .select({ sealed: person.totpSecret, atMs: sql<number>`(extract(epoch from now()) * 1000)::float8` })
    .from(person)
    .where(which);
  if (!row?.sealed) return false;
  const step = stepOf(await unseal(totpContext(personId), row.sealed), code, row.atMs);
  if (step === null) return false;
  const used = await executor
    .update(person)
    .set({ totpStep: step, ...(confirming ? { totpConfirmedAt: sql`now()` } : {}) })
    .where(and(which, eq(person.totpSecret, row.sealed), or(isNull(person.totpStep), lt(person.totpStep, step))))
    .returning({ id: person.id });
  return used.length === 1;
}

async function takeRecoveryCode(viewer: Viewer, personId: string, code: string): Promise<'recovery' | null> {
  const hash = hashRecoveryCode(code);
  if (!hash) return null;
  return database().db.transaction(async (tx) => {
    const which = and(eq(recoveryCode.personId, personId), eq(recoveryCode.hash, hash));
    const taken = await tx.delete(recoveryCode).where(which).returning({ personId: recoveryCode.personId });
    if (taken.length === 0) return null;
    await record(viewer, { action: 'recovery-code.use', subject: { kind: 'person', id: personId } }, tx);
    return 'recovery';
  });
}

/** How many recovery codes a person has left. */
export const recoveryCodesLeft = (_viewer: Viewer, personId: string): Promise<number> =>
  database().db.$count(recoveryCode, eq(recoveryCode.personId, personId));
