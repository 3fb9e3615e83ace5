import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import type { Page } from './page-store';

type Encoding = 'br' | 'gzip' | 'identity';

const ENDINGS: Record<Encoding, string> = { br: '-br', gzip: '-gz', identity: '' };
/** What browsers ask for is a handful of texts: each is read once. */
const negotiated = new LRUCache<string, Encoding[]>({ max: 500 });

/** Answers a request with a finished page: compressed as asked, 304 when the visitor has it, no body for HEAD. */
export function sendPage(request: IncomingMessage, response: ServerResponse, page: Page, status = 200): void {
  const { encoding, body } = choose(request.headers['accept-encoding'], page);
  const tag = status === 200 ? matching(request.headers['if-none-match'], page) : null;
  response.statusCode = tag ? 304 : status;
  for (const [name, value] of Object.entries(page.headers)) {
    if (!tag || !/^content-(?:type|length)$/.test(name)) response.setHeader(name, value);
  }
  if (status === 200) response.setHeader('etag', tag ?? `"${page.hash}${ENDINGS[encoding]}"`);
  if (tag) {
    response.end();
    return;
  }
  if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
  response.setHeader('content-length', body.length);
  response.end(body); // which Node leaves out of an answer to HEAD
}

/** Encodings a visitor accepts, best first; whoever refuses them all gets the plain text nevertheless. */
export function acceptedEncodings(header: string | undefined): Encoding[] {
  const asked = header ?? '';
  const known = negotiated.get(asked);
  if (known) return known;
  // Between equals the first one named wins: that should be the smaller
  const brotliFirst = asked.split(',').sort((a, b) => Number(b.includes('br')) - Number(a.includes('br')));
  const list = new Negotiator({ headers: { 'accept-encoding': brotliFirst.join(',') } })
    .encodings(['br', 'gzip', 'identity'])
    .filter((name): name is Encoding => name in ENDINGS);
  negotiated.set(asked, list);
  return list;
}

function choose(header: string | undefined, page: Page): { encoding: Encoding; body: Buffer } {
  for (const encoding of acceptedEncodings(header)) {
    const body = encoding === 'identity' ? page.body : page[encoding];
    if (body) return { encoding, body };
  }
  return { encoding: 'identity', body: page.body };
}

/** The tag the visitor holds, in whichever encoding: the page is the same. */
function matching(header: string | undefined, page: Page): string | null {
  if (!header) return null;
  const held = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (held.includes('*')) return `"${page.hash}"`;
  return Object.values(ENDINGS).map((ending) => `"${page.hash}${ending}"`).find((tag) => held.includes(tag)) ?? null;
}
