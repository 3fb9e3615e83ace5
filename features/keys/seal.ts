import type { Executor } from '@/db/connection';
import { CipherError } from '@/lib/crypto/cobblestone';
import { sealedWith, seal as sealWith, UnknownKeyError, unseal as unsealWith } from '@/lib/crypto/seal';
import { keyTrouble } from './dek';
import { keyRing } from './ring-file';
import { writingRing } from './state';

/**
 * Encrypts a secret that is kept in a column, with the site's key ring. `context` names its place and must be the same to
 * open it (`totpContext`…). Rejects with `KeyRingError` when the ring is not the right one: what it encrypts would be lost.
 */
export async function seal(executor: Executor, context: string, secret: Uint8Array): Promise<Uint8Array> {
  return sealWith(await writingRing(executor), context, secret);
}

/** Decrypts a column's secret. Rejects with `KeyTrouble`, which names the key that did not open it, or `KeyRingError` when there is none. */
export async function unseal(context: string, sealed: Uint8Array): Promise<Buffer> {
  const ring = await keyRing();
  try {
    return unsealWith(ring, context, sealed);
  } catch (error) {
    if (error instanceof UnknownKeyError || error instanceof CipherError) throw keyTrouble(sealedWith(sealed));
    throw error;
  }
}

/** The place of a person's two-factor seed, `person.totp_secret`. */
export const totpContext = (personId: string): string => `person/totp/${personId}`;
