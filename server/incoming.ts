import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { BlockList, isIPv6 } from 'node:net';

const SESSION = /(?:^|;\s*)(?:__Host-sid|sid)=[^;\s]/;
/** What only Next or this server may say to Next. A visitor who says it is not heard. */
const INTERNAL = [
  'content-security-policy',
  'content-security-policy-report-only',
  'next-resume',
  'x-internal-secret',
  'x-invoke-output',
  'x-invoke-path',
  'x-invoke-query',
  'x-invoke-status',
  'x-matched-path',
  'x-next-revalidate-tag-token',
  'x-next-revalidated-tags',
  'x-nextjs-data',
  'x-nonce',
  'x-now-route-matches',
  'x-page-store',
  'x-prerender-revalidate',
  'x-prerender-revalidate-if-generated',
];
const INTERNAL_PREFIX = /^x-(?:middleware|trastienda|nextjs)-/;
const FORWARDED = /^(?:x-forwarded-|x-real-ip$|forwarded$)/;

/** Whether the request carries a session cookie. It proves nothing, but its answer may be for one person only. */
export const hasSession = (request: Pick<IncomingMessage, 'headers'>): boolean =>
  SESSION.test(request.headers.cookie ?? '');

/** Whether the client router asks, for data rather than for a page. */
export const isRouterRequest = (request: Pick<IncomingMessage, 'headers'>, query: string): boolean =>
  'rsc' in request.headers ||
  'next-router-prefetch' in request.headers ||
  'next-router-state-tree' in request.headers ||
  'next-router-segment-prefetch' in request.headers ||
  'next-action' in request.headers ||
  /[?&]_rsc(?:=|&|$)/.test(query);

const {
  parseAndValidateFlightRouterState: readState,
}: { parseAndValidateFlightRouterState: (header?: unknown) => unknown } = createRequire(import.meta.url)(
  'next/dist/server/app-render/parse-and-validate-flight-router-state',
);

/** Whether what a client router says of the page it is on can be read: what cannot, Next would take for a fault of the site. */
export function hasReadableState({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  try {
    readState(headers['next-router-state-tree']);
    return true;
  } catch {
    return false;
  }
}

/** Addresses of the proxies that are believed about whom they speak for; this computer always is. */
export function trustedProxies(list: readonly string[] = []): BlockList {
  const trusted = new BlockList();
  for (const entry of ['127.0.0.0/8', '::1', ...list]) {
    const [address = '', bits] = entry.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits) trusted.addSubnet(address, Number(bits), family);
    else trusted.addAddress(address, family);
  }
  return trusted;
}

/** Removes what a visitor has no say in, and tells the app who asks in `x-trastienda-address`. */
export function cleanHeaders(request: IncomingMessage, trusted: BlockList): void {
  const { headers } = request;
  for (const name of INTERNAL) delete headers[name];
  const believed = isTrusted(request.socket.remoteAddress, trusted);
  for (const name of Object.keys(headers)) {
    if (INTERNAL_PREFIX.test(name) || (!believed && FORWARDED.test(name))) delete headers[name];
  }
  headers['x-trastienda-address'] = visitorAddress(request, trusted);
}

/** The nearest address that no trusted proxy speaks from. */
export function visitorAddress(request: IncomingMessage, trusted: BlockList): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
  const hops = [...forwarded.map((hop) => hop.trim()).filter(Boolean), request.socket.remoteAddress ?? ''];
  const outside = hops.findLast((hop) => !isTrusted(hop, trusted));
  return plain(outside ?? hops[0] ?? '');
}

function isTrusted(address: string | undefined, trusted: BlockList): boolean {
  if (!address) return false;
  const bare = plain(address);
  try {
    return trusted.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
  } catch {
    return false; // not an address at all
  }
}

const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, '');
