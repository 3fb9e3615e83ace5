import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Viewer } from '@/features/access/viewer';
import { countUse } from '@/features/people/throttle';
import {
  CONTENT_MARK,
  type Measured,
  type Measurement,
  MODES,
  PROOF_HEADERS,
  readStamps,
} from '@/lib/compare/measured';
import { type Answer, asOutsider, type Client } from './client';

/** Measurements that one address may ask for, in each span of seconds. */
const LIMIT = 6;
const SPAN_SECONDS = 60;
const PATIENCE_MS = 10_000;

export type Measuring =
  | { as: 'measured'; measurement: Measurement }
  /** Too often from there. */
  | { as: 'wait'; seconds: number }
  /** Another measurement is running, and would be in this one's numbers. */
  | { as: 'busy' };

let busy = false;

/** What is measured of each mode before the first answer. */
export const nothingMeasured = (): Measured[] =>
  MODES.map((mode) => ({ mode, status: 0, runs: [], proof: [], stamps: [], arrivals: [] }));

/**
 * Asks this very server for a note in each mode, `runs` times, one request at a time, as the browser that carries `cookie`
 * would, and measures the answers. The network between the server and that browser is not in the numbers.
 */
export async function measureFromServer(
  viewer: Viewer,
  { page, runs, from, cookie }: { page: string; runs: number; from: string; cookie: string },
): Promise<Measuring> {
  return inTurn(viewer, from, () =>
    asOutsider(1, async (client) => {
      const modes = nothingMeasured();
      const etags = new Map<string, string>();
      const until = performance.now() + PATIENCE_MS;
      for (let turn = 0; turn < runs && performance.now() < until; turn++) {
        for (const measured of modes) await ask(client, page, measured, cookie, etags);
      }
      return { as: 'measured', measurement: { from: 'server', at: new Date().toISOString(), modes } };
    }),
  );
}

/** Does something that loads this server: not too often for whoever asks, and one at a time for all. */
export async function inTurn<T>(
  viewer: Viewer,
  from: string,
  work: () => Promise<T>,
): Promise<T | Exclude<Measuring, { as: 'measured' }>> {
  const turn = await takeTurn(viewer, from);
  if (turn.as !== 'turn') return turn;
  try {
    return await work();
  } finally {
    turn.end();
  }
}

export type Turn = { as: 'turn'; end: () => void } | Exclude<Measuring, { as: 'measured' }>;

/** The right to load this server until `end` is called, or why not now. */
export async function takeTurn(viewer: Viewer, from: string): Promise<Turn> {
  const seconds = await countUse(viewer, `compare:${from}`, LIMIT, SPAN_SECONDS);
  if (seconds > 0) return { as: 'wait', seconds };
  if (busy) return { as: 'busy' };
  busy = true;
  const end = () => {
    busy = false;
  };
  return { as: 'turn', end };
}

/** Asks once for a note in one mode, and adds what was measured; `etags` holds what is at hand. Rejects when no answer comes. */
export async function ask(
  client: Client,
  page: string,
  measured: Measured,
  cookie: string,
  etags: Map<string, string>,
): Promise<void> {
  const known = etags.get(measured.mode);
  const answer = await client.ask(`/compare/${measured.mode}${page}`, {
    'accept-encoding': 'br, gzip',
    ...(cookie ? { cookie } : {}),
    ...(known ? { 'if-none-match': known } : {}),
  });
  const { status, headers, body, firstByte, complete, chunks } = answer;
  const html = decode(body, headers['content-encoding']);
  const cold = measured.runs.length === 0;
  const kept = status === 304;
  // Compressed pieces are opened together: only whole ones can be
  const content = kept ? firstByte : contentAt(answer, html);
  measured.runs.push({ cold, firstByte, content, complete, bytes: body.length + headBytes(answer) });
  measured.proof = proofOf(answer);
  if (kept) return;
  measured.status = status;
  measured.stamps = readStamps(html);
  const { etag } = headers;
  if (etag) etags.set(measured.mode, etag);
  if (!cold) return;
  let bytes = 0;
  measured.arrivals = chunks.map((chunk) => {
    bytes += chunk.bytes.length;
    return { at: chunk.at, bytes };
  });
}

/** When the first piece came with which the text begins. */
function contentAt({ headers, chunks, complete }: Answer, html: string): number | null {
  if (!html.includes(CONTENT_MARK)) return null;
  const encoding = headers['content-encoding'];
  if (encoding === 'br') return complete; // a kept page, in one piece
  for (let i = 1; i <= chunks.length; i++) {
    const so = Buffer.concat(chunks.slice(0, i).map(({ bytes }) => bytes));
    const text = encoding === 'gzip' ? openPart(so) : so.toString('utf8');
    if (text.includes(CONTENT_MARK)) return chunks[i - 1]?.at ?? null;
  }
  return complete;
}

function proofOf({ headers }: Answer): [string, string][] {
  return PROOF_HEADERS.flatMap((name): [string, string][] => {
    const value = headers[name];
    return value === undefined ? [] : [[name, String(value)]];
  });
}

/** The status line and the headers, as they came. */
function headBytes({ rawHeaders, statusMessage }: Answer): number {
  const lines = rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0);
  return `HTTP/1.1 200 ${statusMessage}\r\n\r\n`.length + lines;
}

function decode(body: Buffer, encoding: string | undefined): string {
  if (body.length === 0) return '';
  if (encoding === 'br') return brotliDecompressSync(body).toString('utf8');
  return (encoding === 'gzip' ? gunzipSync(body) : body).toString('utf8');
}

/** As much of a gzip as has come. */
function openPart(bytes: Buffer): string {
  return gunzipSync(bytes, { finishFlush: 2 }).toString('utf8'); // Z_SYNC_FLUSH: the end may be missing
}
