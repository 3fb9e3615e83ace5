import { createHash, randomBytes } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';

/** However much it is used, a session ends after this: the cookie too. */
export const SESSION_MAX_SECONDS = 30 * 86_400;

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits, as text for a cookie or an address. */
export const makeToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** What is kept of a token: enough to recognise it, not to use it. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The name and attributes of the session cookie. `__Host-` binds it to this very host, which takes HTTPS. */
export function sessionCookie() {
  const https = process.env.SITE_URL?.startsWith('https:') ?? false;
  return {
    name: https ? '__Host-sid' : 'sid',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: https, maxAge: SESSION_MAX_SECONDS },
  } as const;
}

/** Seals a session's token into the value of its cookie, as next-auth seals its own. */
export function sealToken(token: string): Promise<string> {
  return encode({ token: { sid: token }, secret: authSecret(), maxAge: SESSION_MAX_SECONDS });
}

/** The token in a cookie's value, or null when this site did not seal it or its time is over. */
export async function openToken(value: string | undefined): Promise<string | null> {
  if (!value || value.length > 4_096) return null;
  const sealed = await decode({ token: value, secret: authSecret() }).catch(() => null);
  const token = sealed?.sid;
  return typeof token === 'string' && TOKEN.test(token) ? token : null;
}

/** What this site seals its cookies and tickets with. */
export function authSecret(): string {
  const value = process.env.NEXTAUTH_SECRET;
  if (!value) throw new Error('NEXTAUTH_SECRET is not set: the server sets it at its start.');
  return value;
}
