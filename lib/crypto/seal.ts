import { C256 } from './cobblestone';
import { type KeyRing, purposeKey } from './key-ring';
import { decryptBytes, encryptBytes } from './message';

/** A sealed value whose key is not in the ring. */
export class UnknownKeyError extends Error {
  constructor(readonly keyId: string) {
    super(`The key ${keyId} is not in the key ring.`);
  }
}

const FORM = 1;
const PURPOSE = 'seal/v1';

/**
 * Encrypts a small secret with the ring's primary key. It opens only in the same `context`, which names the place it is
 * kept at (`person/totp/<id>`): moved to another row, it is worth nothing.
 */
export function seal(ring: KeyRing, context: string, secret: Uint8Array): Buffer {
  const id = Buffer.from(ring.primary, 'latin1');
  return Buffer.concat([Uint8Array.of(FORM, id.length), id, encryptBytes(lock(ring, ring.primary, context), secret)]);
}

/** Decrypts a sealed secret. Throws {@link UnknownKeyError}, or `CipherError` when it is damaged or of another context. */
export function unseal(ring: KeyRing, context: string, sealed: Uint8Array): Buffer {
  return decryptBytes(lock(ring, sealedWith(sealed), context), sealed.subarray(2 + (sealed[1] ?? 0)));
}

/** The id of the key that a secret was sealed with. Throws RangeError for what was never sealed. */
export function sealedWith(sealed: Uint8Array): string {
  if (sealed[0] !== FORM) throw new RangeError('This is no sealed secret.');
  return Buffer.from(sealed.subarray(2, 2 + (sealed[1] ?? 0))).toString('latin1');
}

function lock(ring: KeyRing, id: string, context: string) {
  const key = ring.keys.get(id);
  if (!key) throw new UnknownKeyError(id);
  return { instance: C256, key: purposeKey(key, PURPOSE), context: Buffer.from(`trastienda/seal/v1\0${context}`) };
}
