import { and, asc, eq, gt, isNotNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/connection';
import { object, person, upload, variant, wrappingKey } from '@/db/schema';
import { CipherError } from '@/lib/crypto/cobblestone';
import { type KeyRing, KeyRingError, withNewKey, withoutKeys } from '@/lib/crypto/key-ring';
import { seal, sealedWith, unseal } from '@/lib/crypto/seal';
import { KeyTrouble, unwrapDek, type WrappedKey, wrapDek } from './dek';
import { keyRing, saveKeyRing } from './ring-file';
import { totpContext } from './seal';
import { isSound, readKeyState, sentenceOf, writingRing } from './state';

export type Rotated = {
  primary: string;
  /** Whether a new key was made, or an earlier rotation that had been cut off was finished. */
  made: boolean;
  /** Rows whose key is now wrapped with the primary key. */
  rewrapped: number;
  /** Ids of rows whose wrapped key is damaged: they stay as they are. */
  failed: string[];
};
export type KeyUse = { id: string; primary: boolean; uses: number };

const BATCH = 500;
/** Uploads on their way: those that have ended have no bytes of their own. */
const OPEN = eq(upload.state, 'open');

/**
 * Makes a new primary key and wraps with it the keys of everything stored; no stored byte is written again. Cut off anywhere, it is
 * finished by the next call: both keys are in the ring, and every row opens with the one it names. Rejects with `KeyRingError`
 * when the ring is not the right one.
 */
export async function rotateKeys(db: Database, onProgress: (rewrapped: number) => void = () => {}): Promise<Rotated> {
  const state = await readKeyState(db);
  if (!isSound(state)) throw new KeyRingError(sentenceOf(state));
  const made = (await outdated(db, (await keyRing()).primary)) === 0;
  if (made) await saveKeyRing(withNewKey(await keyRing()));
  const ring = await writingRing(db);
  const rotated: Rotated = { primary: ring.primary, made, rewrapped: 0, failed: [] };
  for (const batch of [rewrap(object), rewrap(variant), rewrap(upload, OPEN), reseal]) {
    for (let after: string | null = null; ; ) {
      const { last, failed, rewrapped }: Batch = await batch(db, ring, after);
      rotated.rewrapped += rewrapped;
      rotated.failed.push(...failed);
      onProgress(rotated.rewrapped);
      if (last === null) break;
      after = last;
    }
  }
  return rotated;
}

/** How many rows are wrapped with each key of the ring. */
export async function listKeys(db: Database): Promise<KeyUse[]> {
  const ring = await keyRing();
  const counts = await usesOf(db);
  return [...ring.keys.keys()].map((id) => ({ id, primary: id === ring.primary, uses: counts.get(id) ?? 0 }));
}

/** Takes a key out of the ring that nothing is wrapped with. Throws `KeyRingError` when something is, or it is the primary. */
export async function removeKey(db: Database, id: string): Promise<void> {
  const ring = await keyRing();
  if (!ring.keys.has(id)) throw new KeyRingError(`There is no key ${id} in the key ring.`);
  if (id === ring.primary) throw new KeyRingError(`The key ${id} is the primary one: rotate first.`);
  const uses = (await usesOf(db)).get(id) ?? 0;
  if (uses > 0)
    throw new KeyRingError(`${uses} stored files or secrets are encrypted with the key ${id}: rotate first.`);
  await db.delete(wrappingKey).where(eq(wrappingKey.id, id));
  await saveKeyRing(withoutKeys(ring, [id]));
}

async function outdated(db: Database, primary: string): Promise<number> {
  return [...(await usesOf(db))].reduce((sum, [id, uses]) => (id === primary ? sum : sum + uses), 0);
}

async function usesOf(db: Database): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { table, where } of [{ table: object }, { table: variant }, { table: upload, where: OPEN }] as const) {
    const rows = await db
      .select({ id: table.kekId, uses: sql<number>`count(*)::int` })
      .from(table)
      .where(and(isNotNull(table.kekId), where))
      .groupBy(table.kekId);
    for (const { id, uses } of rows) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + uses);
  }
  const secrets = await db.select({ secret: person.totpSecret }).from(person).where(isNotNull(person.totpSecret));
  for (const { secret } of secrets) {
    const id = secret ? sealedWith(secret) : '';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** `last` is the id to go on after, null at the end. */
type Batch = { last: string | null; failed: string[]; rewrapped: number };

/** A batch of rows in one transaction, of those `which` tells. Rows that somebody else rewraps at the same time are theirs. */
function rewrap(table: typeof object | typeof variant | typeof upload, which?: SQL) {
  return (db: Database, ring: KeyRing, after: string | null): Promise<Batch> =>
    db.transaction(async (tx) => {
      const rows = await tx
        .select({ id: table.id, kekId: table.kekId, wrappedDek: table.wrappedDek })
        .from(table)
        .where(and(ne(table.kekId, ring.primary), which, after === null ? undefined : gt(table.id, after)))
        .orderBy(asc(table.id))
        .limit(BATCH)
        .for('update', { skipLocked: true });
      const batch: Batch = { last: rows.at(-1)?.id ?? null, failed: [], rewrapped: 0 };
      for (const { id, kekId, wrappedDek } of rows) {
        const wrapped = kekId && wrappedDek && wrappedAnew(ring, { kekId, wrappedDek });
        if (!wrapped) batch.failed.push(id);
        else {
          await tx.update(table).set(wrapped).where(eq(table.id, id));
          batch.rewrapped++;
        }
      }
      return batch;
    });
}

function wrappedAnew(ring: KeyRing, wrapped: WrappedKey): WrappedKey | null {
  try {
    return wrapDek(ring, unwrapDek(ring, wrapped));
  } catch (error) {
    if (error instanceof KeyTrouble) return null;
    throw error;
  }
}

/** The same for secrets in columns. */
function reseal(db: Database, ring: KeyRing, after: string | null): Promise<Batch> {
  return db.transaction(async (tx) => {
    const rows = await tx
      .select({ id: person.id, secret: person.totpSecret })
      .from(person)
      .where(and(isNotNull(person.totpSecret), after === null ? undefined : gt(person.id, after)))
      .orderBy(asc(person.id))
      .limit(BATCH)
      .for('update', { skipLocked: true });
    const batch: Batch = { last: rows.at(-1)?.id ?? null, failed: [], rewrapped: 0 };
    for (const { id, secret } of rows) {
      if (!secret || sealedWith(secret) === ring.primary) continue;
      const totpSecret = sealedAnew(ring, totpContext(id), secret);
      if (!totpSecret) {
        batch.failed.push(id);
        continue;
      }
      await tx.update(person).set({ totpSecret }).where(eq(person.id, id));
      batch.rewrapped++;
    }
    return batch;
  });
}

function sealedAnew(ring: KeyRing, context: string, secret: Uint8Array): Buffer | null {
  try {
    return seal(ring, context, unseal(ring, context, secret));
  } catch (error) {
    if (error instanceof CipherError) return null;
    throw error;
  }
}
