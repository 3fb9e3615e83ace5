import type { IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Exchange } from '@/lib/http/exchange';
import { currentTrace } from '@/lib/observe/trace';
import { makeNonce, policyForNonce, policyForPage, scriptHashes } from './csp';
import { isCompressible, makePage, type PageStore } from './page-store';
import { refuse } from './plain-replies';
import type { Decision, SiteResponse } from './response';
import { acceptedEncodings, sendPage } from './store-reply';

/** Where a response may be kept, and since when it has been in the making. */
export type Slot = { store: PageStore; path: string; variant: string; query: string; epoch: number };

/** Pages that Next renews by itself sooner than this are left to Next. */
const KEEP_FROM_SECONDS = 86_400;
const GZIP_LEVEL = 5;
const REVALIDATE = 'public, max-age=0, must-revalidate';
/** Headers that the finished page gets anew, or that were meant for this server. */
const NOT_KEPT = new Set([
  'server-timing',
  'accept-ranges',
  'last-modified',
  'content-length',
  'etag',
  'date',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'x-page-store',
  'x-content-length',
]);

/** Built files, whose names change with their content. */
export const isAsset = (path: string): boolean => path.startsWith('/_next/static/');

/** Headers that every answer carries. */
export function guard(response: SiteResponse, https: boolean): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'strict-origin-when-cross-origin');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=(), browsing-topics=()');
  if (https) response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains');
}

/**
 * Prepares a request and its response for Next. What Next answers is kept when it is the same for everyone and `slot`
 * says where; the rest leaves as it comes, with its policy, its length and, where worthwhile, compressed. Next puts the
 * nonce it is told of on every script of a page it makes. `failed` is told before an error leaves, and sends it or not.
 */
export function pass(
  request: IncomingMessage,
  response: SiteResponse,
  slot: Slot | null,
  tellNonce: boolean,
  exchange: Exchange,
  failed: (send: () => void) => void,
): void {
  const nonce = makeNonce();
  if (tellNonce) request.headers['content-security-policy'] = policyForNonce(nonce);
  response.decide(() => {
    obey(exchange, response);
    // What a form or a page for what is missing took would tell what was looked at: an account, a closed note
    if (request.method !== 'POST' && response.statusCode < 400) tellTiming(response);
    // A form that Next could not read is not the site's fault
    if (response.statusCode === 500 && request.method === 'POST' && !exchange.begun)
      return { as: 'collect', finish: () => refuseUnread(response) };
    if (response.statusCode === 500)
      return { as: 'collect', finish: (body) => failed(() => sendError(response, body)) };
    return decide(request, response, slot, nonce, exchange);
  });
}

function sendError(response: SiteResponse, body: Buffer): void {
  response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
  response.setHeader('content-length', body.length);
  response.removeHeader('transfer-encoding');
  response.end(body);
}

/** What took how long until the first byte: of the rest, nothing is known yet. Kept pages say nothing: it would be old. */
function tellTiming(response: SiteResponse): void {
  const trace = currentTrace();
  if (!trace) return;
  const queries = trace.spans.filter(({ kind, end }) => kind === 'query' && end !== null);
  // Queries run side by side: the time during which any did
  let [spent, until] = [0, 0];
  for (const { begin, end } of queries.sort((one, other) => one.begin - other.begin)) {
    spent += Math.max(0, (end ?? begin) - Math.max(begin, until));
    until = Math.max(until, end ?? begin);
  }
  const sofar = performance.now() - trace.origin;
  response.setHeader(
    'server-timing',
    `first;dur=${sofar.toFixed(1)}, db;dur=${spent.toFixed(1)};desc="${queries.length} queries"`,
  );
}

/** What the app said of its answer, so far. */
function obey(exchange: Exchange, response: SiteResponse): void {
  if (exchange.status !== undefined) response.statusCode = exchange.status;
  for (const [name, value] of Object.entries(exchange.headers)) response.setHeader(name, value);
}

function decide(
  request: IncomingMessage,
  response: SiteResponse,
  slot: Slot | null,
  nonce: string,
  exchange: Exchange,
): Decision {
  const mark = take(response, 'x-page-store');
  const length = take(response, 'x-content-length');
  if (length !== null && /^\d+$/.test(length)) {
    response.setHeader('content-length', length);
    response.removeHeader('transfer-encoding');
  }
  const html = String(response.getHeader('content-type') ?? '').startsWith('text/html');
  const rendered = html && response.hasHeader('x-nextjs-cache') && !response.hasHeader('x-nextjs-postponed');
  const { statusCode } = response;
  if (rendered && !['GET', 'HEAD', 'POST'].includes(request.method ?? '')) {
    return { as: 'collect', finish: () => refuseMethod(response) };
  }
  const kept = slot !== null && (mark?.startsWith('keep') || isAsset(slot.path));
  if (statusCode === 200 && !response.hasHeader('set-cookie') && (rendered || kept)) {
    return { as: 'collect', finish: (body) => finish(request, response, slot, body, rendered, mark) };
  }
  if (!html) {
    if (
      String(response.getHeader('content-type') ?? '').startsWith('image/svg') &&
      !response.hasHeader('content-security-policy')
    ) {
      response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    }
    return flow(request, response, length !== null);
  }
  if (response.hasHeader('content-security-policy')) return flow(request, response, length !== null);
  if (response.hasHeader('x-nextjs-postponed') || rendered) {
    // The part made in advance knows no nonce: its scripts are named by their hashes
    return {
      as: 'look',
      look: (first) => {
        obey(exchange, response);
        response.setHeader('content-security-policy', policyForNonce(nonce, scriptHashes(first.toString('utf8'))));
        return flow(request, response, length !== null);
      },
    };
  }
  response.setHeader('content-security-policy', policyForNonce(nonce));
  return flow(request, response, length !== null);
}

function refuseUnread(response: SiteResponse): void {
  for (const name of ['content-length', 'content-encoding', 'etag']) response.removeHeader(name);
  refuse(response, 400);
}

/** Next answers any method with a finished page. */
function refuseMethod(response: SiteResponse): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.writeHead(405, { allow: 'GET, HEAD, POST', 'content-type': 'text/plain; charset=utf-8' });
  response.end('Method not allowed\n');
}

/** Sends a whole answer as a page, and keeps it for the next visitor when it may be kept. */
function finish(
  request: IncomingMessage,
  response: SiteResponse,
  slot: Slot | null,
  body: Buffer,
  rendered: boolean,
  mark: string | null,
): void {
  const headers = Object.fromEntries(
    Object.entries(response.getHeaders()).flatMap(([name, value]) =>
      value === undefined || NOT_KEPT.has(name) ? [] : [[name, Array.isArray(value) ? value : String(value)]],
    ),
  );
  const seconds = maxAge(String(headers['cache-control'] ?? ''));
  const immutable = /\bimmutable\b/.test(String(headers['cache-control'] ?? ''));
  if (rendered) headers['content-security-policy'] = policyForPage(body.toString('utf8'));
  const state = headers['x-nextjs-cache'];
  headers.vary = withVary(headers.vary, slot?.variant ? 'Accept-Encoding, Accept-Language, Cookie' : 'Accept-Encoding');
  const keeps = rendered ? seconds >= KEEP_FROM_SECONDS && state !== 'STALE' : true;
  if (rendered && keeps) headers['x-nextjs-cache'] = 'HIT'; // what it is for every later visitor
  const page = makePage(headers, body, rendered || mark === 'keep-any-query');
  // What is kept is compressed better, behind the first visitor's back
  if (!keeps && isCompressible(page.headers['content-type'])) page.gzip = gzipSync(body, { level: GZIP_LEVEL });
  // A shared cache would keep showing a note for a while that is no longer public
  if ((keeps || rendered) && !immutable) headers['cache-control'] = REVALIDATE;
  if (keeps) {
    if (slot && (page.anyQuery || slot.query === '')) {
      response.leftPage = slot.store.put(slot.path, slot.variant, page, slot.epoch, rendered ? seconds : 0);
    }
  }
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  sendPage(request, response, page);
}

/** Sends as it comes, compressed when that helps and nobody was promised a length or an encoding. */
function flow(request: IncomingMessage, response: SiteResponse, sized: boolean): Decision {
  const type = String(response.getHeader('content-type') ?? '');
  const small = Number(response.getHeader('content-length') ?? 2_000) < 1_000;
  const fixed =
    /no-transform/.test(String(response.getHeader('cache-control') ?? '')) || response.hasHeader('content-range');
  if (sized || small || fixed || response.hasHeader('content-encoding') || !isCompressible(type)) return { as: 'pass' };
  if ([204, 206, 304].includes(response.statusCode) || request.method === 'HEAD') return { as: 'pass' };
  response.setHeader('vary', withVary(response.getHeader('vary'), 'Accept-Encoding'));
  if (!acceptedEncodings(request.headers['accept-encoding']).includes('gzip')) return { as: 'pass' };
  const etag = response.getHeader('etag');
  if (etag && !String(etag).startsWith('W/')) response.setHeader('etag', `W/${etag}`);
  response.removeHeader('content-length');
  response.setHeader('content-encoding', 'gzip');
  return { as: 'compress' };
}

function take(response: SiteResponse, name: string): string | null {
  const value = response.getHeader(name);
  response.removeHeader(name);
  return value === undefined ? null : String(value);
}

const maxAge = (cacheControl: string) => Number(/s-maxage=(\d+)/.exec(cacheControl)?.[1] ?? 0);

function withVary(present: number | string | string[] | undefined, names: string): string {
  const all = [present ?? [], names]
    .flat()
    .join(', ')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return [...new Map(all.map((name) => [name.toLowerCase(), name])).values()].join(', ');
}
