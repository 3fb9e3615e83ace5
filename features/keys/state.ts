import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { wrappingKey } from '@/db/schema';
import { checkValue, type KeyRing, KeyRingError, makeRing } from '@/lib/crypto/key-ring';
import { findKeyRing, keyRing, lacking, ringPath, saveKeyRing } from './ring-file';

/** Whether the key ring is the one that this site's files were encrypted with. */
export type KeyState = {
  path: string;
  primary: string | null;
  /** Ids of keys that have wrapped something and are not in the ring: what they wrapped cannot be read. */
  missing: string[];
  /** Ids of keys that are in the ring, and are others than those that have wrapped something. */
  wrong: string[];
  /** Why the ring cannot be read at all. */
  problem: string | null;
};

const LOCK = 7_250_004;

export const isSound = ({ missing, wrong, problem }: KeyState): boolean =>
  problem === null && missing.length + wrong.length === 0;

/** Compares the key ring with what is known of it, changing neither. */
export async function readKeyState(executor: Executor): Promise<KeyState> {
  const path = ringPath();
  const known = await executor.select({ id: wrappingKey.id, check: wrappingKey.checkValue }).from(wrappingKey);
  let ring: KeyRing | null = null;
  let problem: string | null = null;
  try {
    ring = await findKeyRing();
  } catch (error) {
    if (!(error instanceof KeyRingError)) throw error;
    problem = error.message;
  }
  if (!ring && !problem && known.length > 0) problem = `There is no key ring at ${path}.`;
  const missing = known
    .filter(({ id }) => !ring?.keys.has(id))
    .map(({ id }) => id)
    .sort();
  const wrong = known
    .filter(({ id, check }) => ring?.keys.has(id) && !checkValue(ring.keys.get(id) ?? check).equals(check))
    .map(({ id }) => id)
    .sort();
  return { path, primary: ring?.primary ?? null, missing, wrong, problem };
}

/** Whether a key that has wrapped something is not in the ring, or another is there in its place. */
export async function isKeyAway(executor: Executor, id: string): Promise<boolean> {
  const { missing, wrong } = await readKeyState(executor);
  return missing.includes(id) || wrong.includes(id);
}

/**
 * Makes the key ring when nothing was ever encrypted and there is none, and notes which keys there are. A ring that lacks a
 * known key is left alone, and so is what is known: nothing more is encrypted until the right one is back.
 */
export async function openKeys(executor: Executor): Promise<KeyState & { made: boolean }> {
  return executor.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const before = await readKeyState(tx);
    if (!isSound(before)) return { ...before, made: false };
    const made = before.primary === null;
    if (made) await saveKeyRing(makeRing());
    await noteKeys(tx, await keyRing());
    return { ...(await readKeyState(tx)), made };
  });
}

/** The ring to encrypt with. Rejects with `KeyRingError` unless it holds every key that has ever been used. */
export async function writingRing(executor: Executor): Promise<KeyRing> {
  const state = await readKeyState(executor);
  if (!isSound(state)) throw lacking(sentenceOf(state));
  const ring = await keyRing();
  await noteKeys(executor, ring);
  return ring;
}

/** What is wrong with the key ring, for the owner. */
export function sentenceOf({ path, missing, wrong, problem }: KeyState): string {
  if (problem) return problem;
  const lacks = missing.length > 0 ? [`lacks the key ${missing.join(', ')}`] : [];
  const others = wrong.length > 0 ? [`has another key under the id ${wrong.join(', ')}`] : [];
  return `The key ring at ${path} ${[...lacks, ...others].join(' and ')}.`;
}

async function noteKeys(executor: Executor, { keys }: KeyRing): Promise<void> {
  const known = new Set((await executor.select({ id: wrappingKey.id }).from(wrappingKey)).map(({ id }) => id));
  const values = [...keys].flatMap(([id, key]) => (known.has(id) ? [] : [{ id, checkValue: checkValue(key) }]));
  if (values.length > 0) await executor.insert(wrappingKey).values(values).onConflictDoNothing();
}
