import { createHmac, timingSafeEqual } from 'node:crypto';
import { type KeyRing, purposeKey } from '@/lib/crypto/key-ring';

/** What a link says by itself. Whether it still opens, its row decides. */
export type Claim = { shareId: string; expiresAt: Date };

const PURPOSE = 'share/v1';
const TOKEN = /^([A-Za-z0-9_-]{22})\.([0-9a-z]{1,8})\.([a-z0-9-]{1,32})\.([A-Za-z0-9_-]{43})$/;

/** The last part of a share link's address, `/s/{token}`: the same each time, so that the link can be shown again. */
export function makeShareToken(ring: KeyRing, instance: string, { shareId, expiresAt }: Claim): string {
  const id = Buffer.from(shareId.replaceAll('-', ''), 'hex').toString('base64url');
  const seconds = Math.floor(expiresAt.getTime() / 1_000).toString(36);
  return `${id}.${seconds}.${ring.primary}.${sign(ring, ring.primary, instance, id, seconds)?.toString('base64url')}`;
}

/** What a token says, when this site made it; null for every other text, without asking the database. */
export function readShareToken(ring: KeyRing, instance: string, token: string): Claim | null {
  const [, id = '', seconds = '', keyId = '', signature = ''] = TOKEN.exec(token) ?? [];
  const expected = id && sign(ring, keyId, instance, id, seconds);
  if (!expected) return null;
  const given = Buffer.from(signature, 'base64url');
  // What decodes to the same bytes need not be the same text: one link has one address
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  if (signature !== expected.toString('base64url')) return null;
  const hex = Buffer.from(id, 'base64url').toString('hex');
  const shareId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const expiresAt = new Date(Number.parseInt(seconds, 36) * 1_000);
  return { shareId, expiresAt };
}

/** The id of the key that a token says it was made with; null for what cannot be one. */
export const keyOfToken = (token: string): string | null => TOKEN.exec(token)?.[3] ?? null;

/** Null when the ring has no such key. */
function sign(ring: KeyRing, keyId: string, instance: string, id: string, seconds: string): Buffer | null {
  const key = ring.keys.get(keyId);
  if (!key) return null;
  return createHmac('sha256', purposeKey(key, PURPOSE))
    .update(`v1\n${instance}\n/s/${id}\n${seconds}\n${keyId}`)
    .digest();
}
