import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import type { Page } from './page-store';

type Encoding = 'br' | 'gzip' | 'identity';

const ENDINGS: Record<Encoding, string> = { br: '-br', gzip: '-gz', identity: '' };
/** What browsers ask for is a handful of texts: each is read once. */
const negotiated = new LRUCache<string, Encoding[]>({ max: 500 });

/** Answers a request with a finished page: compressed as asked, 304 when the visitor has it, no body for HEAD. */
export function sendPage(request: IncomingMessage, response: ServerResponse, page: Page): void {
  const { encoding, body } = choose(request.headers['accept-encoding'], page);
  const held = matching(request.headers['if-none-match'], page);
  if (held) {
    response.writeHead(304, headOf(page, ['etag', held], true));
    response.end();
    return;
  }
  response.writeHead(200, headOf(page, ownHeaders(page, encoding, body), false));
  response.end(body); // which Node leaves out of an answer to HEAD
}

const heads = new WeakMap<Page, Partial<Record<Encoding, string>>>();
let now = { second: 0, text: '' };

/** The answer that {@link sendPage} gives to GET, as it goes over the wire; `keepAliveMs` 0 announces the end of the connection. */
export function pageOnWire(
  asked: IncomingHttpHeaders,
  page: Page,
  keepAliveMs: number,
): { head: string; body: Buffer | null } {
  const { encoding, body } = choose(asked['accept-encoding'], page);
  const held = matching(asked['if-none-match'], page);
  const lasting = keepAliveMs > 0 ? `keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveMs / 1000)}` : 'close';
  const end = `Date: ${httpDate()}\r\nConnection: ${lasting}\r\n\r\n`;
  if (held)
    return { head: `HTTP/1.1 304 Not Modified\r\n${lines(headOf(page, ['etag', held], true))}${end}`, body: null };
  const known = heads.get(page) ?? {};
  heads.set(page, known);
  known[encoding] ??= `HTTP/1.1 200 OK\r\n${lines(headOf(page, ownHeaders(page, encoding, body), false))}`;
  return { head: known[encoding] + end, body };
}

function httpDate(): string {
  const second = Math.floor(Date.now() / 1000);
  if (second !== now.second) now = { second, text: new Date(second * 1000).toUTCString() };
  return now.text;
}

function lines(list: string[]): string {
  let text = '';
  for (let i = 0; i < list.length; i += 2) text += `${list[i]}: ${list[i + 1]}\r\n`;
  return text;
}

function ownHeaders(page: Page, encoding: Encoding, body: Buffer): string[] {
  const own = ['etag', `"${page.hash}${ENDINGS[encoding]}"`, 'content-length', String(body.length)];
  return encoding === 'identity' ? own : [...own, 'content-encoding', encoding];
}

/** Answers with the same page under another status, which nobody may keep. */
export function sendPageAs(status: number, request: IncomingMessage, response: ServerResponse, page: Page): void {
  const { encoding, body } = choose(request.headers['accept-encoding'], page);
  for (const [name, value] of Object.entries(page.headers)) response.setHeader(name, value);
  response.setHeader('cache-control', 'private, no-store');
  response.setHeader('content-length', body.length);
  if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
  response.writeHead(status);
  response.end(body);
}

/** A list of names and values, which Node writes without looking at each. */
function headOf(page: Page, own: string[], notModified: boolean): string[] {
  const list = [...own];
  for (const [name, value] of Object.entries(page.headers)) {
    if (notModified && name === 'content-type') continue;
    for (const each of Array.isArray(value) ? value : [value]) list.push(name, each);
  }
  return list;
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
  return (
    Object.values(ENDINGS)
      .map((ending) => `"${page.hash}${ending}"`)
      .find((tag) => held.includes(tag)) ?? null
  );
}
