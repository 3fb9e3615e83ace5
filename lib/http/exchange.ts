import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable } from 'node:stream';

/**
 * Bytes that the server sends by itself, some at a time; each may be written over once the next but one is asked for. Closed once,
 * told how many of them left.
 */
export type Body = { blocks: AsyncIterable<Uint8Array>; close: (sent: number) => Promise<void> };

/** What the app tells the server about the answer it is making, where Next gives no other way to say it. */
export type Exchange = {
  status?: number;
  headers: Record<string, string>;
  body?: Body;
  /** The request's own body, as it comes. */
  incoming?: Readable;
  /** Whether the app has begun to answer: what failed before is a request that Next could not read. */
  begun?: true;
  /** What the app lacks to answer: should it fail, that is why, and it may succeed later. */
  lacks?: 'keys';
};

declare global {
  /** Shared by the server's module graph and Next's, which meet only here, in PostgreSQL and over HTTP. */
  var trastiendaExchanges: AsyncLocalStorage<Exchange> | undefined;
}

function exchanges(): AsyncLocalStorage<Exchange> {
  globalThis.trastiendaExchanges ??= new AsyncLocalStorage();
  return globalThis.trastiendaExchanges;
}

/** Runs `work`, and all it starts, as the making of one answer. */
export function duringExchange<T>(exchange: Exchange, work: () => T): T {
  return exchanges().run(exchange, work);
}

/**
 * Gives the answer in the making this status and these headers: a server action has no other means to say that a form
 * was wrong (422), came too often (429) or must wait (503). Does nothing outside a request.
 */
export function answerWith(status: number, headers: Record<string, string> = {}): void {
  const exchange = exchanges().getStore();
  if (!exchange) return;
  exchange.status = status;
  Object.assign(exchange.headers, headers);
}

/**
 * The body of the request being answered, as it comes from the network, past Next, which would hand it on in one more stream. Throws
 * outside of a request.
 */
export function incomingBody(): Readable {
  const incoming = exchanges().getStore()?.incoming;
  if (!incoming) throw new Error('There is no request whose body could be read.');
  return incoming;
}

/** Notes that the request was read, and that what fails from now on is the app's own. */
export function beginAnswer(): void {
  const exchange = exchanges().getStore();
  if (exchange) exchange.begun = true;
}

/** Notes that the answer in the making may fail because the site has not got the right keys. Does nothing outside a request. */
export function noteLackOfKeys(): void {
  const exchange = exchanges().getStore();
  if (exchange) exchange.lacks = 'keys';
}

/** Gives the answer in the making these headers, whatever its status. Does nothing outside a request. */
export function answerWithHeaders(headers: Record<string, string>): void {
  const exchange = exchanges().getStore();
  if (exchange) Object.assign(exchange.headers, headers);
}

/**
 * Has the server send these bytes as the body of the answer in the making, past Next, whose streams cost more than decrypting.
 * False outside a request.
 */
export function answerWithBody(body: Body): boolean {
  const exchange = exchanges().getStore();
  if (!exchange) return false;
  exchange.body = body;
  return true;
}
