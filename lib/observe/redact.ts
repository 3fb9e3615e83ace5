import type { Named } from './observation';

/** Paths whose next segment opens something. */
const OPENS = /^(\/(?:s|setup|signup|forgotten|reset|confirm|verify|invitation|invitations)\/)[^?]+/;
const SECRET_NAME = /token|code|key|pass|secret|state|sig|auth|invitation|otp/i;
/** As tokens are written: long, without a space or a dot, with a digit. */
const LIKE_A_TOKEN = /^(?=.*\d)[\w-]{30,}$/;
const HIDDEN = '…';
const LONGEST = 300;

/** Headers whose values say nothing that opens something. Of all others only the name is kept. */
const TOLD = new Set(
  `accept accept-encoding accept-language cache-control connection content-encoding content-length content-type dnt
  host if-match if-modified-since if-none-match if-range if-unmodified-since next-router-prefetch
  next-router-segment-prefetch origin pragma purpose range rsc save-data sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform
  sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user sec-purpose te transfer-encoding
  upgrade-insecure-requests user-agent accept-ranges age allow content-disposition content-language content-range
  content-security-policy cross-origin-opener-policy date etag expires keep-alive last-modified link permissions-policy
  referrer-policy retry-after server-timing strict-transport-security vary x-content-type-options x-nextjs-cache
  x-nextjs-postponed x-nextjs-prerender x-nextjs-stale-time x-content-length x-robots-tag`.split(/\s+/),
);
/** Ours, between the server and the app. */
const INTERNAL = /^x-(?:internal|trastienda)-|^x-forwarded-/;

/** A path, with what opens something left out. */
export function redactPath(path: string): string {
  const plain = path.replace(OPENS, `$1${HIDDEN}`);
  return plain
    .split('/')
    .map((segment) => (LIKE_A_TOKEN.test(segment) ? HIDDEN : segment))
    .join('/');
}

/** The parameters of a query string, with the values that may open something left out. */
export function redactQuery(query: string): Named[] {
  return [...new URLSearchParams(query)].map(([name, value]) => [
    name.slice(0, LONGEST),
    SECRET_NAME.test(name) || LIKE_A_TOKEN.test(value) ? null : value.slice(0, LONGEST),
  ]);
}

/** Headers, with the values of all but the harmless ones left out. */
export function redactHeaders(headers: Record<string, number | string | string[] | undefined>): Named[] {
  return Object.entries(headers).flatMap(([name, value]): Named[] => {
    const lower = name.toLowerCase();
    if (value === undefined || INTERNAL.test(lower)) return [];
    return [[lower, toldValue(lower, Array.isArray(value) ? value.join(', ') : String(value))]];
  });
}

function toldValue(name: string, value: string): string | null {
  if (name === 'referer' || name === 'location') return redactAddress(value);
  if (name === 'content-security-policy') return value.replace(/'nonce-[^']*'/g, `'nonce-${HIDDEN}'`).slice(0, 2_000);
  return TOLD.has(name) ? value.slice(0, LONGEST) : null;
}

function redactAddress(address: string): string | null {
  const base = 'http://own.invalid';
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  const origin = url.origin === base ? '' : url.origin;
  return `${origin}${redactPath(url.pathname)}${url.search ? `?${HIDDEN}` : ''}`;
}
