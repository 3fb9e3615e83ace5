import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { addressToCount } from '../http/network';
import type { Trace } from './trace';

/** A header or parameter; null when its value was not written down. */
export type Named = [name: string, value: string | null];

/** One request and all that was seen of its answer. */
export type Observation = {
  trace: Trace;
  /** ISO 8601, by this process's clock. */
  at: string;
  /** Who asked, for comparing only: see {@link visitorKey}. */
  visitor: string;
  /** Asked by the site itself, for whoever opened an X-ray. */
  probe: boolean;
  request: { method: string; path: string; query: Named[]; headers: Named[]; session: boolean };
  /** Null while it is being made. */
  response: Answered | null;
  /** What a kept page is found by; never shown, for the path may hold a secret. */
  page: { path: string; variant: string };
  /** The file of the program behind each route. */
  files: Readonly<Record<string, string>>;
  /** Where the answer came from. */
  source: 'page store' | 'Next' | 'server';
};

export type Answered = {
  status: number;
  headers: Named[];
  /** Over the wire, with the headers. */
  bytes: number;
  /** Milliseconds from the request to the headers, and to the end. */
  head: number;
  end: number;
  /** Left before the end. */
  cut: boolean;
};

/** What tells one visitor who is not signed in from most others, and nobody can be found by. */
export const visitorKey = (address: string | null, agent: string | null): string =>
  createHash('sha256')
    .update(`${addressToCount(address)}\n${agent ?? ''}`)
    .digest('base64url');

const HOURS = 1;

/** A reference to one observation that only `holder` can use, for an hour. */
export function makeReference(id: string, holder: string, now = Date.now()): string {
  const until = Math.floor(now / 1000 + HOURS * 3_600).toString(36);
  return `${id}.${until}.${sign(id, until, holder)}`;
}

/** The id a reference leads to; null when it is another's, too old or none. */
export function openReference(reference: string, holder: string, now = Date.now()): string | null {
  const [, id = '', until = '', given = ''] = /^([0-9a-f]{32})\.([0-9a-z]{1,9})\.([\w-]{22})$/.exec(reference) ?? [];
  if (!id || Number.parseInt(until, 36) * 1000 < now) return null;
  const expected = Buffer.from(sign(id, until, holder));
  const bytes = Buffer.from(given);
  return bytes.length === expected.length && timingSafeEqual(bytes, expected) ? id : null;
}

/** With this process's own secret: a reference is of no use elsewhere, nor after a restart, when the ring is empty. */
function sign(id: string, until: string, holder: string): string {
  const secret = process.env.INTERNAL_SECRET;
  if (!secret) throw new Error('INTERNAL_SECRET is not set: the server sets it at its start.');
  return createHmac('sha256', secret).update(`xray\n${id}\n${until}\n${holder}`).digest('base64url').slice(0, 22);
}
