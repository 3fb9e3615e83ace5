import { randomBytes } from 'node:crypto';
import type { KeyRing } from '@/lib/crypto/key-ring';
import { unwrapKey, WrapError, wrapKey } from '@/lib/crypto/key-wrap';
import { noteLackOfKeys } from '@/lib/http/exchange';

/** A data key as a row keeps it: wrapped with the key of that id. */
export type WrappedKey = { kekId: string; wrappedDek: Uint8Array };

/** Something is encrypted with a key that the ring does not have, or has another of the same id. */
export class KeyTrouble extends Error {
  constructor(readonly keyId: string) {
    super(`The key ring does not open what was encrypted with the key ${keyId}.`);
  }
}

/** The error to throw for such a key; an answer that fails for it is a 503. */
export function keyTrouble(keyId: string): KeyTrouble {
  noteLackOfKeys();
  return new KeyTrouble(keyId);
}

const DEK_BYTES = 32;

/** A new random data key, and how to keep it. */
export function makeDek(ring: KeyRing): { dek: Buffer } & WrappedKey {
  const dek = randomBytes(DEK_BYTES);
  return { dek, ...wrapDek(ring, dek) };
}

export function wrapDek(ring: KeyRing, dek: Uint8Array): WrappedKey {
  return { kekId: ring.primary, wrappedDek: wrapKey(keyOf(ring, ring.primary), dek) };
}

/** Throws {@link KeyTrouble}. */
export function unwrapDek(ring: KeyRing, { kekId, wrappedDek }: WrappedKey): Buffer {
  try {
    return unwrapKey(keyOf(ring, kekId), wrappedDek);
  } catch (error) {
    if (error instanceof WrapError) throw keyTrouble(kekId);
    throw error;
  }
}

function keyOf(ring: KeyRing, id: string): Buffer {
  const key = ring.keys.get(id);
  if (!key) throw keyTrouble(id);
  return key;
}
