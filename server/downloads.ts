import type { IncomingMessage } from 'node:http';
import { type Body, duringExchange, type Exchange } from '@/lib/http/exchange';
import type { SiteResponse } from './response';

type Next = (request: IncomingMessage, response: SiteResponse) => Promise<void>;

/** A visitor who does not take a block within this time is given up: half a kilobyte a second is enough. */
const STALLED_MS = 600_000;

/** Whether an address is one of stored bytes, whose answers are never kept, compressed or waited for. */
export const isDownload = (path: string): boolean => /^\/(?:files\/|s\/[^/]+\/file\/)/.test(path);

/** Whether what is sent to an address is a file, which may be of any size and is taken in as it comes. */
export const isUpload = (path: string): boolean => /^\/api\/uploads(?:\/|$)/.test(path);

/** What a browser that navigates is shown in place of a download. */
export type Instead = {
  /** The page of an unknown address; resolves to false when it cannot be sent. */
  missing: () => Promise<boolean>;
  /** That the keys are away. */
  locked: () => void;
};

/** Has Next decide on a download, and sends its bytes, or to a browser that navigates the page that says why there are none. */
export async function forwardDownload(
  next: Next,
  request: IncomingMessage,
  response: SiteResponse,
  instead: Instead,
): Promise<void> {
  const exchange: Exchange = { headers: {} };
  let sending: Promise<void> | null = null;
  response.decide(() => {
    for (const [name, value] of Object.entries(exchange.headers)) response.setHeader(name, value);
    const length = response.getHeader('x-content-length');
    response.removeHeader('x-content-length');
    response.removeHeader('vary'); // Next names what its router asks by, which files are not asked by
    response.setHeader('referrer-policy', 'no-referrer');
    if (length !== undefined) {
      response.setHeader('content-length', String(length));
      response.removeHeader('transfer-encoding');
    }
    if (response.statusCode === 404 && isNavigation(request)) {
      const finish = (text: Buffer) => {
        sending = instead.missing().then((sent) => void (sent || response.end(text)));
      };
      return { as: 'collect', finish };
    }
    if (exchange.lacks && response.statusCode >= 500)
      return { as: 'collect', finish: () => sendLocked(request, response, instead) };
    const { body } = exchange;
    if (!body) return { as: 'pass' };
    return {
      as: 'collect',
      finish: () => {
        sending = send(body, response);
      },
    };
  });
  try {
    await duringExchange(exchange, () => next(request, response));
    await sending;
  } finally {
    if (!sending) await exchange.body?.close(0);
  }
}

/** Answers 503 for lack of keys, whatever the app made of it: to a program without words. */
function sendLocked(request: IncomingMessage, response: SiteResponse, { locked }: Instead): void {
  if (isNavigation(request)) {
    locked();
    return;
  }
  for (const name of ['content-type', 'transfer-encoding']) response.removeHeader(name);
  response.writeHead(503, { 'cache-control': 'no-store', 'retry-after': '60', 'content-length': '0' });
  response.end();
}

/**
 * Sends bytes as fast as the visitor takes them, the next ones being read meanwhile. When they fail, the connection is cut:
 * the visitor misses what the length promised, and never takes a part for the whole.
 */
async function send({ blocks, close }: Body, response: SiteResponse): Promise<void> {
  const parts = blocks[Symbol.asyncIterator]();
  let sent = 0;
  try {
    for (let next = parts.next(); ; ) {
      const { done, value } = await next;
      if (response.destroyed) return;
      if (done) return void response.end();
      next = parts.next();
      next.catch(() => {}); // met at the next turn, unless the visitor leaves before
      await write(response, value);
      if (response.destroyed) return;
      sent += value.byteLength;
    }
  } catch (error) {
    console.error(`A download was cut: ${error instanceof Error ? error.message : error}`);
    response.destroy();
  } finally {
    await parts.return?.();
    await close(sent);
  }
}

/** Resolves when the visitor has taken these bytes, or is gone. */
function write(response: SiteResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => response.destroy(), STALLED_MS);
    const done = () => {
      clearTimeout(timer);
      response.off('close', done);
      resolve();
    };
    response.on('close', done);
    response.write(bytes, done);
  });
}

/** A browser on its way to a page, as against a program, or a page that shows a picture. */
function isNavigation({ method, headers }: IncomingMessage): boolean {
  if (method !== 'GET') return false;
  const mode = headers['sec-fetch-mode'];
  return mode === undefined ? /\btext\/html\b/.test(headers.accept ?? '') : mode === 'navigate';
}
