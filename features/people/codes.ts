import { createHash, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
const DIGITS = 6;
/** A code is also good one step early or late: clocks differ, and typing takes time. */
const WINDOW = 1;
const SEED_BYTES = 20;

/** Without letters and digits that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
/** 118 bits: enough for a plain hash (ASVS 6.5.2). */
const RECOVERY_LENGTH = 24;
const GROUP = 6;
export const RECOVERY_CODES = 10;

/** A new seed for an authenticator. */
export const newSeed = (): Uint8Array => new Secret({ size: SEED_BYTES }).bytes;

/** A seed as an authenticator takes it: to type, and as an address for a QR code. */
export function describeSeed(seed: Uint8Array, account: string, site: string): { secret: string; uri: string } {
  const totp = authenticator(seed, account, site);
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** The time step a code belongs to at `atMs` (ms since 1970), or null when it belongs to none nearby. */
export function stepOf(seed: Uint8Array, code: string, atMs: number): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = authenticator(seed).validate({ token, timestamp: atMs, window: WINDOW });
  return delta === null ? null : Math.floor(atMs / 1000 / PERIOD_SECONDS) + delta;
}

/** What an authenticator with this seed shows at `atMs`. */
export const codeAt = (seed: Uint8Array, atMs: number): string => authenticator(seed).generate({ timestamp: atMs });

/** A new recovery code, in groups to copy by hand. */
export function newRecoveryCode(): string {
  const letters = Array.from({ length: RECOVERY_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)] ?? '');
  return letters.join('').replace(new RegExp(`.{${GROUP}}(?=.)`, 'g'), '$&-');
}

/** What is kept of a recovery code; null when it cannot be one. However it is grouped or capitalised, it is the same. */
export function hashRecoveryCode(code: string): Uint8Array | null {
  const letters = code.toLowerCase().replace(/[\s-]/g, '');
  return letters.length === RECOVERY_LENGTH ? createHash('sha256').update(letters).digest() : null;
}

function authenticator(seed: Uint8Array, label = '', issuer = ''): TOTP {
  const secret = new Secret({ buffer: Uint8Array.from(seed).buffer });
  return new TOTP({ secret, label, issuer, digits: DIGITS, period: PERIOD_SECONDS });
}
