import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { BlockList } from 'node:net';
import { duringExchange, type Exchange } from '@/lib/http/exchange';
import type { Observation } from '@/lib/observe/observation';
import { observatory, pageKey } from '@/lib/observe/observatory';
import { currentTrace, duringTrace } from '@/lib/observe/trace';
import type { Addresses } from './addresses';
import { type Compared, readCompared } from './compared';
import { isOwnSite, nameOrigin } from './cross-site';
import { forwardDownload, isDownload, isUpload } from './downloads';
import { type InFlight, unlessAbandoned } from './in-flight';
import {
  cleanHeaders,
  hasReadableState,
  hasSession,
  isRouterRequest,
  trustedProxies,
  visitorAddress,
} from './incoming';
import type { Asked, FindKept } from './lane';
import { chooseLanguage, type Language } from './language';
import { beginObservation } from './observer';
import { guard, isAsset, pass, type Slot } from './outgoing';
import type { Page, PageStore } from './page-store';
import { firstSegment, readTarget, type Target } from './paths';
import { redirect, refuse, report } from './plain-replies';
import { logLine } from './request-log';
import { SiteResponse } from './response';
import { sendPage, sendPageAs } from './store-reply';
import { hasLost, isAway, sendUnavailable, unlessAway } from './unavailable';

type Request = IncomingMessage;
export type NextHandler = (request: Request, response: SiteResponse) => Promise<void>;
/** How the site is; `anew` asks the database although it has just been asked. */
export type Health = (anew?: boolean) => Promise<{ status: string; database: string }>;

export type Site = {
  next: NextHandler;
  store: PageStore;
  addresses: Addresses;
  /** First segments that are not a vault's. */
  own: ReadonlySet<string>;
  /** Whether there is anything at one of those addresses. */
  leads: (pathname: string) => boolean;
  health: Health;
  /** The public address. */
  siteUrl: string;
  proxies?: readonly string[];
  /** Asks this very server for a path, as an anonymous visitor with that language would. */
  visit: (path: string, language: Language) => Promise<void>;
  /** Answers in the making that others may get as well. */
  inFlight: InFlight;
  log?: (line: Record<string, unknown>) => void;
  /** False: nothing is seen of any request. */
  observes?: boolean;
};

/** Vault pages answer these; a form without JavaScript posts to the page it is on. */
const PAGE_METHODS = ['GET', 'HEAD', 'POST'];
/** What Next does not keep, and may take its visitor long. */
const LEAVES_NO_PAGE = /^\/(?:files|api|s)\//;
/** What Next reads of a form at most: beyond, it only says that it failed. */
const FORM_MAX_BYTES = 1_000_000;
const REFUSED_METHODS = new Set(['TRACE', 'CONNECT', 'TRACK']);
const HEADERS_TIMEOUT_MS = 20_000;

/** An HTTP server whose responses can be kept, measured and compressed; `handle` answers. */
export function createHttpServer(
  handle: (request: Request, response: SiteResponse) => void,
): Server<typeof IncomingMessage, typeof SiteResponse> {
  const server = createServer(
    { ServerResponse: SiteResponse, headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: 0 },
    handle,
  );
  server.keepAliveTimeout = 65_000; // longer than the proxies in front, which would otherwise reuse a closed connection
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  return server;
}

/** Answers a request; `probe` names what is to be seen of it even when a kept page is sent. */
export type Handle = (request: Request, response: SiteResponse, probe?: string) => void;

/** Answers one request: from the page store, with what is known of the address, or through Next. */
export function createHandler(site: Site): Handle {
  const trusted = trustedProxies(site.proxies);
  return (request, response, probe) => {
    const began = performance.now();
    const method = request.method ?? 'GET';
    const asked = request.url;
    if (site.log) response.once('close', () => site.log?.(logLine(request, response, method, asked, began, trusted)));
    const target = readTarget(request.url);
    const kept = 'status' in target ? null : findKept(site, request, target);
    const seen = !kept || probe ? watch(site, request, response, target, trusted, probe) : null;
    if (kept) {
      if (seen) seen.source = 'page store';
      return sendPage(request, response, kept);
    }
    guard(response, site.siteUrl.startsWith('https:'));
    if ('status' in target) return refuse(response, target.status);
    if (REFUSED_METHODS.has(method)) return refuse(response, 405, PAGE_METHODS.join(', '));
    cleanHeaders(request, trusted);
    const language = chooseLanguage(request.headers);
    const answering = () => answer(site, request, response, target, language);
    const answered = seen ? duringTrace(seen.trace, answering) : answering();
    unlessAway(site.health, response, language, answered).catch((error) => fail(response, error));
  };
}

/** Observes a request, and remembers it with the page it leaves behind for others. */
function watch(
  site: Site,
  request: Request,
  response: SiteResponse,
  target: ReturnType<typeof readTarget>,
  trusted: BlockList,
  probe?: string,
): Observation | null {
  if (site.observes === false || 'status' in target) return null;
  const { path } = target;
  const variant = variantOf(site, path, request);
  // Not whoever else asks for the same address: what was done for them is nobody's but theirs
  const onEnd = (seen: Observation) => {
    if (response.leftPage) observatory().addRendering(pageKey(path, variant), seen);
  };
  const address = visitorAddress(request, trusted);
  return beginObservation(request, response, target, { address, variant, probe, onEnd });
}

/** Finds the page that answers a request as plain as most; not when each request is to be logged. */
export function createFinder(site: Site): FindKept {
  return (asked) => {
    const target = site.log ? { status: 400 } : readTarget(asked.url);
    return 'status' in target ? null : findKept(site, asked, target);
  };
}

/** The short way: what is kept and the same for everyone leaves at once. */
function findKept(site: Site, request: Asked, { path, query }: Target, toSessions = false): Page | null {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!reads || isRouterRequest(request, query)) return null;
  const forAll = toSessions || isAsset(path) || readCompared(path)?.forEveryone;
  if (hasSession(request) && !forAll) return null;
  const page = site.store.get(path, variantOf(site, path, request));
  return page && (page.anyQuery || query === '') ? page : null;
}

/** Pages of the site itself exist in each language; those of a vault speak the vault's. */
const variantOf = (site: Site, path: string, request: Asked) =>
  site.own.has(firstSegment(path)) && !path.startsWith('/_next/') && !readCompared(path)
    ? chooseLanguage(request.headers)
    : '';

async function answer(
  site: Site,
  request: Request,
  response: SiteResponse,
  target: Target,
  language: Language,
): Promise<void> {
  const { path, query } = target;
  const segment = firstSegment(path);
  if (path === '/healthz' || path === '/readyz') return report(site.health, response, path);
  if (path.startsWith('/api/internal')) return refuse(response, 404);
  if (!hasReadableState(request)) return refuse(response, 400);
  if (/\/\/|%5C/i.test(path)) return redirect(response, path.replace(/(?:\/|%5C)+/gi, '/'), query);
  const ofVault = !site.own.has(segment);
  request.headers['x-trastienda-language'] = language;
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!ofVault && !site.leads(path))
    return void ((await sendNotFound(site, request, response, language)) || refuse(response, 404));
  const compared = readCompared(path);
  // What of the comparison is made in advance is sent to whoever asks, with or without a session: it is what there is to see
  const waits = compared ? compared.mode === 'dynamic' : ofVault || hasSession(request);
  if (waits && !isAsset(path) && (await isAway(site.health))) {
    const kept = findKept(site, request, target, true);
    return kept ? sendPage(request, response, kept) : sendUnavailable(response, language);
  }
  if (isDownload(path)) {
    if (!reads) return refuse(response, 405, 'GET, HEAD');
    if (await isAway(site.health)) return sendUnavailable(response, language);
    return forwardDownload(site.next, request, response, {
      missing: () => sendNotFound(site, request, response, language),
      locked: () => sendUnavailable(response, language, 'keys'),
    });
  }
  if ((ofVault || !LEAVES_NO_PAGE.test(path)) && !PAGE_METHODS.includes(request.method ?? ''))
    return refuse(response, 405, PAGE_METHODS.join(', '));
  if (!reads && !isOwnSite(request, site.siteUrl)) return refuse(response, 403);
  if (Number(request.headers['content-length'] ?? 0) > FORM_MAX_BYTES && !isUpload(path)) return refuse(response, 413);
  nameOrigin(request);
  if (compared) return answerCompared(site, request, response, target, compared, language);
  if (!reads || (hasSession(request) && !isAsset(path))) return forward(site, request, response, null);
  const router = isRouterRequest(request, query);
  const slot = { store: site.store, path, variant: variantOf(site, path, request), query, epoch: site.store.epoch };
  if (ofVault) {
    const known = await site.addresses.ask(path);
    if (known.as === 'redirect') return redirect(response, known.to, query);
    if (known.as === 'unknown' && (await sendNotFound(site, request, response, language))) return;
  }
  return forward(site, request, response, router || LEAVES_NO_PAGE.test(path) ? null : slot);
}

/** A note in one mode: known addresses only, since each leaves something kept; a member's own is made anew each time. */
async function answerCompared(
  site: Site,
  request: Request,
  response: SiteResponse,
  { path, query }: Target,
  { mode, page, forEveryone }: Compared,
  language: Language,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'GET, HEAD');
  if (mode !== 'dynamic' || !hasSession(request)) {
    const known = await site.addresses.ask(page);
    if (known.as === 'redirect') return redirect(response, `/compare/${mode}${known.to}`, query);
    if (known.as === 'unknown' && (await sendNotFound(site, request, response, language))) return;
  }
  if (!forEveryone || isRouterRequest(request, query)) return forward(site, request, response, null);
  delete request.headers.cookie; // not even by mistake
  return forward(site, request, response, { store: site.store, path, variant: '', query, epoch: site.store.epoch });
}

async function forward(site: Site, request: Request, response: SiteResponse, slot: Slot | null): Promise<void> {
  const language = chooseLanguage(request.headers); // before Next has the request
  if (response.headersSent) return; // somebody waited too long
  const exchange: Exchange = { headers: {}, incoming: request };
  const trace = currentTrace();
  pass(request, response, slot, !isPublished(site, request), exchange, (send) => {
    const tell = (away: boolean) => {
      if (away || hasLost(trace)) sendUnavailable(response, language);
      else if (exchange.lacks) sendUnavailable(response, language, exchange.lacks);
      else send();
    };
    void isAway(site.health, true).then(tell, send);
  });
  // A page is kept whole even when the first to ask wants its headers only; Node leaves the body out
  if (slot && request.method === 'HEAD') request.method = 'GET';
  const leavesPage = !LEAVES_NO_PAGE.test(request.url ?? ''); // asked first: Next rewrites the address
  const rendering = duringExchange(exchange, () => site.next(request, response));
  await (leavesPage ? site.inFlight.during(unlessAbandoned(rendering, response)) : rendering);
}

/** Pages made once for everyone: a nonce in them would be one for everyone too, and change their bytes at each making. */
function isPublished(site: Site, request: Request): boolean {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  if (readCompared(path)?.forEveryone || path === '/compare') return !hasSession(request);
  return !hasSession(request) && (path === '/' || path.startsWith('/-/') || !site.own.has(firstSegment(path)));
}

/** The page of an unknown address: the same for all of them, so that none is rendered or remembered. */
async function sendNotFound(
  site: Site,
  request: Request,
  response: SiteResponse,
  language: Language,
): Promise<boolean> {
  const path = `/-/${language}/not-found`;
  if (!site.store.get(path, language)) await site.visit(path, language).catch(() => {});
  const page = site.store.get(path, language);
  if (!page) return false;
  sendPageAs(404, request, response, page);
  return true;
}

function fail(response: SiteResponse, error: unknown): void {
  console.error(error);
  if (response.headersSent || response.destroyed) return void response.destroy();
  response.decide(() => ({ as: 'pass' }));
  refuse(response, 500);
}
