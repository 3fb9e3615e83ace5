import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { constants, createGzip, type Gzip } from 'node:zlib';

type Callback = (error?: Error | null) => void;

/** What happens to a response once its status and headers are known. */
export type Decision =
  | { as: 'pass' }
  /** Thrown away: somebody else has answered. */
  | { as: 'drop' }
  /** Sent compressed, as it comes. */
  | { as: 'compress' }
  /** Held back whole; `finish` sends something in its place. */
  | { as: 'collect'; finish: (body: Buffer) => void }
  /** Held back until the first bytes are there; `look` may still change the headers. */
  | { as: 'look'; look: (first: Buffer) => Decision };

/** Headers of the answer that was in the making; those that every answer carries stay. */
const REPLACED = /^(?:content-|etag$|cache-control$|set-cookie$|location$|link$|vary$|transfer-encoding$|x-nextjs-)/;
const GZIP = { level: 5, flush: constants.Z_SYNC_FLUSH };

/**
 * A response that can be looked at before it leaves: Next writes to it as to any other, and what was given to
 * {@link SiteResponse.decide} says what becomes of it when the headers are due.
 */
export class SiteResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  #decider: (() => Decision) | null = null;
  #decision: Decision | null = null;
  #chunks: Buffer[] = [];
  #gzip: Gzip | null = null;

  /** When the headers left, of `performance.now()`; null until they have. */
  headAt: number | null = null;
  /** Whether what it sends is kept for everyone. */
  leftPage = false;

  /** Called once, when the status and the headers are set and before any of them is sent. */
  decide(decider: () => Decision): void {
    this.#decider = decider;
    this.#decision = null;
    this.#chunks = [];
  }

  /** Answers in the place of whoever was to; what they still write, to the head or the body, is thrown away. */
  answerInstead(status: number, headers: Record<string, string>, body: string): void {
    if (this.headersSent || this.destroyed) return;
    this.#chunks = [];
    this.#use({ as: 'pass' });
    for (const name of this.getHeaderNames()) if (REPLACED.test(name)) super.removeHeader(name);
    this.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
    this.end(body);
    this.#use({ as: 'drop' });
  }

  override setHeader(name: string, value: number | string | readonly string[]): this {
    return this.#decision?.as === 'drop' ? this : super.setHeader(name, value);
  }

  override appendHeader(name: string, value: string | readonly string[]): this {
    return this.#decision?.as === 'drop' ? this : super.appendHeader(name, value);
  }

  override removeHeader(name: string): void {
    if (this.#decision?.as !== 'drop') super.removeHeader(name);
  }

  override writeHead(
    status: number,
    reason?: string | OutgoingHttpHeaders | OutgoingHttpHeader[],
    headers?: OutgoingHttpHeaders | OutgoingHttpHeader[],
  ): this {
    if (this.#decision?.as === 'drop') return this;
    if (!this.#decider) {
      this.headAt ??= performance.now();
      return typeof reason === 'string' ? super.writeHead(status, reason, headers) : super.writeHead(status, reason);
    }
    this.statusCode = status;
    if (typeof reason === 'string') this.statusMessage = reason;
    for (const [name, value] of headerPairs(typeof reason === 'string' ? headers : reason)) this.setHeader(name, value);
    const decision = this.#settle();
    return decision.as === 'pass' || decision.as === 'compress' ? super.writeHead(this.statusCode) : this;
  }

  override flushHeaders(): void {
    const decision = this.#settle();
    if (decision.as === 'pass' || decision.as === 'compress') super.flushHeaders();
  }

  override write(chunk: unknown, encoding?: BufferEncoding | Callback, callback?: Callback): boolean {
    const decision = this.#settle();
    const done = typeof encoding === 'function' ? encoding : callback;
    if (decision.as === 'drop') return true;
    const bytes = toBuffer(chunk, typeof encoding === 'string' ? encoding : 'utf8');
    if (decision.as === 'collect') {
      this.#chunks.push(bytes);
      if (done) process.nextTick(done);
      return true;
    }
    if (decision.as === 'look') {
      if (bytes.length === 0) {
        if (done) process.nextTick(done);
        return true; // the part of a page that was made in advance may be empty
      }
      this.#use(decision.look(bytes));
      return this.write(bytes, done);
    }
    if (decision.as === 'compress') return this.#compressor().write(bytes, done);
    return super.write(bytes, done);
  }

  override end(chunk?: unknown, encoding?: BufferEncoding | (() => void), callback?: () => void): this {
    const decision = this.#settle();
    if (decision.as === 'drop') return this;
    const last = typeof chunk === 'function' ? undefined : chunk;
    const done = [chunk, encoding, callback].find((value): value is () => void => typeof value === 'function');
    const bytes =
      last === undefined || last === null ? null : toBuffer(last, typeof encoding === 'string' ? encoding : 'utf8');
    if (decision.as === 'look') {
      this.#use(decision.look(bytes ?? Buffer.alloc(0)));
      return this.end(bytes ?? undefined, done);
    }
    if (decision.as === 'collect') {
      if (bytes) this.#chunks.push(bytes);
      this.#use({ as: 'pass' });
      if (done) this.once('finish', done);
      if (!this.destroyed) decision.finish(Buffer.concat(this.#chunks));
      return this;
    }
    if (decision.as === 'compress') {
      if (done) this.once('finish', done);
      this.#compressor().end(bytes ?? undefined);
      return this;
    }
    return bytes ? super.end(bytes, done) : super.end(done);
  }

  #settle(): Decision {
    const decision = this.#decision ?? this.#decider?.() ?? { as: 'pass' };
    if (!this.#decision) this.#use(decision);
    return decision;
  }

  #use(decision: Decision): void {
    this.#decision = decision;
    this.#decider = null;
    if (decision.as === 'pass' || decision.as === 'compress') this.headAt ??= performance.now();
  }

  #compressor(): Gzip {
    if (this.#gzip) return this.#gzip;
    const gzip = createGzip(GZIP);
    this.#gzip = gzip;
    gzip.on('data', (bytes: Buffer) => {
      if (!super.write(bytes)) {
        gzip.pause();
        this.once('drain', () => gzip.resume());
      }
    });
    gzip.on('drain', () => this.emit('drain'));
    gzip.on('end', () => super.end());
    this.once('close', () => gzip.destroy());
    return gzip;
  }
}

function toBuffer(chunk: unknown, encoding: BufferEncoding): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk, encoding);
  if (Buffer.isBuffer(chunk)) return chunk;
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError('A response is made of text or bytes.');
}

function headerPairs(headers?: OutgoingHttpHeaders | OutgoingHttpHeader[]): [string, OutgoingHttpHeader][] {
  if (!headers) return [];
  const pairs: [string, OutgoingHttpHeader][] = [];
  if (!Array.isArray(headers)) {
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) pairs.push([name, value]);
    return pairs;
  }
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const value = headers[at + 1];
    if (value !== undefined) pairs.push([String(headers[at]), value]);
  }
  return pairs;
}
