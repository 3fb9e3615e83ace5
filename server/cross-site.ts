import type { IncomingMessage } from 'node:http';

/**
 * Whether a request that may change something comes from a page of this very site. Browsers say so in `Sec-Fetch-Site`;
 * older ones name the page's origin. Whoever says neither is refused: no form of ours is sent that way.
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html#fetch-metadata-headers
 */
export function isOwnSite(request: IncomingMessage, siteUrl: string): boolean {
  const { origin, host, 'sec-fetch-site': relation } = request.headers;
  if (relation !== undefined) return relation === 'same-origin';
  if (origin === undefined || !URL.canParse(origin)) return false;
  return origin === siteUrl || new URL(origin).host === host;
}

/**
 * Says which site a form of this very site came from where its page keeps its address to itself: with `no-referrer`, browsers
 * send `Origin: null`, which Next takes for a stranger. https://fetch.spec.whatwg.org/#append-a-request-origin-header
 */
export function nameOrigin({ headers }: IncomingMessage): void {
  if (headers.origin === 'null') headers.origin = `http://${headers['x-forwarded-host'] ?? headers.host}`;
}
