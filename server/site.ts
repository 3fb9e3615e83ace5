import { randomBytes, timingSafeEqual } from 'node:crypto';
import { request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { observatory, type Probe } from '@/lib/observe/observatory';
import { Addresses, type Lookup } from './addresses';
import { withCompared } from './compared';
import { createFinder, createHandler, createHttpServer, type Handle, type Health, type NextHandler } from './http';
import { ended, InFlight } from './in-flight';
import type { FindKept } from './lane';
import type { Language } from './language';
import type { CacheEvent } from './listener';
import { PageStore } from './page-store';
import { canonicalChange, firstSegment } from './paths';
import type { SiteResponse } from './response';
import { Warmer } from './warmer';

export type SiteOptions = {
  next: NextHandler;
  lookup: Lookup;
  own: ReadonlySet<string>;
  leads: (pathname: string) => boolean;
  health: Health;
  siteUrl: string;
  proxies?: readonly string[];
  log?: (line: Record<string, unknown>) => void;
  /** False: nothing is seen of any request. */
  observes?: boolean;
};

/** Everything between a socket and Next: what answers visitors, and what makes it forget. */
export type Site = {
  handle: (request: IncomingMessage, response: SiteResponse) => void;
  /** The kept page for whoever asks plainly. */
  findKept: FindKept;
  store: PageStore;
  addresses: Addresses;
  /** Makes readers see changes: nothing older is served once this resolves. */
  apply: (events: CacheEvent[]) => Promise<void>;
  /** Expires cache tags in Next. */
  expire: (tags: readonly string[]) => Promise<void>;
  visit: (path: string, language: Language) => Promise<void>;
  close: () => Promise<void>;
};

const TAGS_PER_CALL = 500;
/** Next dates in milliseconds, and takes what is as old as its expiry for newer: this makes it older. */
const CLOCK_MS = 2;

/** Puts the site together around Next's handler. */
export async function createSite(options: SiteOptions): Promise<Site> {
  const store = new PageStore();
  const addresses = new Addresses(options.lookup);
  const inFlight = new InFlight();
  const secret = randomBytes(32).toString('base64url');
  process.env.INTERNAL_SECRET = secret;

  const visit = (path: string, language: Language) => call({ path, headers: { 'accept-language': language } });
  const parts = { ...options, store, addresses, inFlight, visit };
  const handle = createHandler(parts);
  const loopback = await openLoopback(secret, options.next, handle);
  const { port } = loopback;
  process.env.INTERNAL_PORT = String(port); // the app asks its own pages through it
  const call = ({ path, body, headers = {} }: Call) =>
    ask(port, path, body, { ...headers, 'x-internal-secret': secret });
  observatory().probe = probing(call);
  const expire = async (tags: readonly string[]) => {
    for (let at = 0; at < tags.length; at += TAGS_PER_CALL) {
      const body = JSON.stringify({ tags: tags.slice(at, at + TAGS_PER_CALL) });
      await call({ path: '/api/internal/invalidate', body });
    }
  };
  const warmer = new Warmer(
    (path) => {
      const languages: Language[] = options.own.has(firstSegment(path)) ? ['en', 'es'] : ['en'];
      return Promise.all(languages.map((language) => visit(path, language)));
    },
    () => inFlight.quiet(),
  );
  const apply = async (events: CacheEvent[]) => {
    const tags = [...new Set(events.flatMap((event) => event.tags))];
    const paths = [...new Set(events.flatMap((event) => event.paths).map(canonicalChange))];
    const forget = async () => {
      await new Promise((resolve) => setTimeout(resolve, CLOCK_MS));
      await expire(tags);
      store.drop(withCompared(paths));
      addresses.drop(paths);
    };
    // Next dates a page by when its rendering ended: one that began before Next forgot is stored as if it were new
    const renderings = await inFlight.meanwhile(forget);
    if (renderings.length > 0) {
      if (!(await ended(renderings))) void forgetAfter(renderings, forget);
      await forget();
    }
    warmer.add(paths.filter((path) => !path.endsWith('/*')));
  };
  const close = async () => {
    warmer.stop();
    await new Promise((resolve) => {
      loopback.server.close(resolve);
      loopback.server.closeAllConnections();
    });
  };
  return { handle, findKept: createFinder(parts), store, addresses, apply, expire, visit, close };
}

/** For renderings nobody waits for any longer, so that what they leave behind does not stay. */
async function forgetAfter(renderings: Promise<unknown>[], forget: () => Promise<void>): Promise<void> {
  await Promise.allSettled(renderings);
  await forget().catch((error) => console.error(`An old page may be left: ${error}`));
}

/** A way to see a request being answered: the id under which it is seen, once it is over; null when it is not. */
function probing(call: (asked: Call) => Promise<void>): Probe {
  return async (path, headers) => {
    const id = randomBytes(16).toString('hex');
    await call({ path, headers: { ...headers, 'x-trastienda-probe': id } });
    for (let wait = 0; wait < PROBE_WAITS && !observatory().find(id); wait++) await pause(PROBE_WAIT_MS);
    return observatory().find(id) && id;
  };
}

const PROBE_WAITS = 40;
const PROBE_WAIT_MS = 5;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function probeOf({ headers }: IncomingMessage): string | undefined {
  const given = headers['x-trastienda-probe'];
  return typeof given === 'string' && /^[0-9a-f]{32}$/.test(given) ? given : undefined;
}

type Call = { path: string; body?: string; headers?: Record<string, string> };

/** The server's own entrance, for whoever knows this process's secret: the only way to what is internal. */
async function openLoopback(
  secret: string,
  next: NextHandler,
  handle: Handle,
): Promise<{ server: Server; port: number }> {
  const expected = Buffer.from(secret);
  const server = createHttpServer((request, response) => {
    const given = Buffer.from(String(request.headers['x-internal-secret'] ?? ''));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.statusCode = 404;
      response.end();
    } else if (request.url?.startsWith('/api/internal/')) {
      next(request, response).catch((error) => response.destroy(error));
    } else handle(request, response, probeOf(request));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The loopback server has no port.');
  return { server, port: address.port };
}

function ask(port: number, path: string, body: string | undefined, headers: Record<string, string>): Promise<void> {
  const json =
    body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  const options = {
    host: '127.0.0.1',
    port,
    path,
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...headers, ...json },
  };
  return new Promise((resolve, reject) => {
    const request = httpRequest({ ...options, timeout: 30_000 }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => {
        if (body === undefined || response.statusCode === 200 || response.statusCode === 204) resolve();
        else reject(new Error(`${path} answers ${response.statusCode}`));
      });
    });
    request.once('timeout', () => request.destroy(new Error(`${path} does not answer`)));
    request.once('error', reject);
    request.end(body);
  });
}
