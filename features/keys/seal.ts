import { seal as sealWith, unseal as unsealWith } from '@/lib/crypto/seal';
import { keyRing } from './ring-file';

/**
 * Encrypts a secret that is kept in a column, with the site's key ring. `context` names its place and must be the same to
 * open it (`totpContext`…). Rejects when there is no key ring.
 */
export async function seal(context: string, secret: Uint8Array): Promise<Uint8Array> {
  return sealWith(await keyRing(), context, secret);
}

/** Decrypts a column's secret. Rejects with `UnknownKeyError` or `CipherError` of `lib/crypto`, or when there is no key ring. */
export async function unseal(context: string, sealed: Uint8Array): Promise<Buffer> {
  return unsealWith(await keyRing(), context, sealed);
}

/** The place of a person's two-factor seed, `person.totp_secret`. */
export const totpContext = (personId: string): string => `person/totp/${personId}`;
