import { CHUNK_BYTES, CipherError } from '@/lib/crypto/cobblestone';
import { KeyRingError } from '@/lib/crypto/key-ring';
import type { Body } from '@/lib/http/exchange';
import { type Asked, type Plan, planAnswer } from '@/lib/http/plan';
import { tell } from '@/lib/observe/trace';
import type { Viewer } from '../access/viewer';
import { beginDownload, endDownload, noteRefusal, type Reason, type Taken } from '../downloads/ledger';
import { KeyTrouble } from '../keys/dek';
import { keyRing } from '../keys/ring-file';
import { LostBytes, openBytes } from './bytes';
import { reportDamage } from './damage';
import { describeFile } from './headers';
import { objects } from './objects';
import type { Download } from './queries';
import { takeSlot } from './slots';

/** A request for a file: `visitor` is whose downloads are counted together, `link` the share link it comes by. */
export type Request = Asked & {
  inline: boolean;
  visitor: string;
  link?: { shareId: string; redemptionId: string };
};
export type Answer = { status: number; headers: Record<string, string>; body: Body | null };

/** Smaller answers are over at once, and count as none. */
const COUNTED_BYTES = 262_144;
const RETRY_SECONDS = 5;
const KEY_RETRY_SECONDS = 60;

/**
 * Answers a request for a file that the viewer may have. Before any status is told, the stored bytes are found to be all there
 * and theirs, and the first that are asked for to be authentic: else it is 500 (damaged) or 503 (no key), without a body. Every
 * later block is authenticated before it leaves; the body fails at the first that is not.
 */
export async function answerDownload(viewer: Viewer, file: Download, request: Request): Promise<Answer> {
  const plan = planAnswer(request, { size: file.size, etag: `"${file.stored.id}"`, modified: file.modified });
  const headers = { ...describeFile(viewer, file, request.inline), ...plan.headers };
  if (plan.status === 304)
    for (const name of ['content-type', 'content-disposition']) Reflect.deleteProperty(headers, name);
  if (plan.status > 299) return { status: plan.status, headers, body: null };
  const bytes = plan.send ? plan.send.end - plan.send.start + 1 : 0;
  const release = bytes > COUNTED_BYTES ? takeSlot(request.visitor) : () => {};
  if (!release) return refuse(viewer, file, request, 429, 'busy', RETRY_SECONDS);
  try {
    const body = await openBody(viewer, file, plan, release);
    if (body && plan.send) noteInLedger(viewer, file, request, body, plan.send.start);
    return { status: plan.status, headers, body };
  } catch (error) {
    release();
    if (error instanceof KeyTrouble || error instanceof KeyRingError) {
      console.error(`A file cannot be opened: ${error.message}`);
      return refuse(viewer, file, request, 503, 'key', KEY_RETRY_SECONDS);
    }
    if (!isDamage(error)) throw error;
    await report(viewer, file, error);
    return refuse(viewer, file, request, 500, 'damaged');
  }
}

/** Null when there is nothing to send; the stored bytes have been looked at all the same. */
async function openBody(viewer: Viewer, file: Download, { send }: Plan, release: () => void): Promise<Body | null> {
  const shelf = { store: objects(), ring: await keyRing(), instance: file.instance };
  const opened = await openBytes(shelf, file.stored.role, file.stored);
  try {
    if (opened.size !== file.size) throw new CipherError('length');
    tellOpened(file, send);
    if (!send) {
      await opened.close();
      release();
      return null;
    }
    const rest = opened.blocks(send.start, send.end);
    const first = await rest.next();
    async function* blocks() {
      try {
        if (!first.done) yield first.value;
        yield* rest;
      } catch (error) {
        if (isDamage(error)) await report(viewer, file, error);
        throw error;
      }
    }
    const close = async () => {
      release();
      await opened.close();
    };
    return { blocks: blocks(), close };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** For X-ray: which bytes, in which encrypted chunks, with which key; the id of the key opens nothing. */
function tellOpened({ size, mediaType, stored }: Download, send: Plan['send']): void {
  const chunk = (at: number) => Math.floor(at / CHUNK_BYTES) + 1;
  tell('file', 'open', {
    type: mediaType,
    size,
    range: send ? `${send.start}-${send.end}` : null,
    decrypted: send ? send.end - send.start + 1 : 0,
    chunks: send ? `${chunk(send.start)}-${chunk(send.end)} / ${chunk(Math.max(0, size - 1))}` : null,
    key: stored.kekId,
  });
}

/** Kinds of requests that a page makes for what it shows: none of them is a download. */
const SHOWN = /^(?:image|audio|video|track|embed|object|iframe)$/;

/** What the ledger is told of a request; null for what is no download. */
function takenBy({ id, name, size, stored }: Download, { method, headers, link }: Request): Taken | null {
  if (method !== 'GET' || stored.role === 'variant' || SHOWN.test(headers.get('sec-fetch-dest') ?? '')) return null;
  const { shareId = null, redemptionId = null } = link ?? {};
  return { fileId: id, name, size, objectId: stored.id, shareId, redemptionId };
}

/** The ledger is told of what happens; should it fail, downloads go on. */
const complain = (error: unknown): null => {
  console.error(`A download is not in the ledger: ${error instanceof Error ? error.message : error}`);
  return null;
};

/**
 * Notes the download when it begins and when it ends. For whoever is known by the ledger it is there before the first byte leaves;
 * nobody in particular need not wait for that.
 */
function noteInLedger(viewer: Viewer, file: Download, request: Request, body: Body, start: number): void {
  const taken = takenBy(file, request);
  if (!taken) return;
  const begun = beginDownload(viewer, taken).catch(complain);
  const { blocks, close } = body;
  if (viewer.kind === 'person' || taken.shareId !== null)
    body.blocks = (async function* () {
      await begun;
      yield* blocks;
    })();
  body.close = async (sent) => {
    await close(sent);
    const entry = await begun;
    if (entry !== null) await endDownload(viewer, entry, start, sent).catch(complain);
  };
}

const isDamage = (error: unknown): error is Error => error instanceof CipherError || error instanceof LostBytes;

async function report(viewer: Viewer, { id, name, stored }: Download, { message }: Error): Promise<void> {
  await reportDamage(viewer, { role: stored.role, storedId: stored.id, fileId: id, name, problem: message }).catch(
    (error) => console.error(`A damaged file could not be noted: ${error instanceof Error ? error.message : error}`),
  );
}

/** An answer without a body, to somebody who may have the file and cannot have it now: the ledger says why. */
async function refuse(
  viewer: Viewer,
  file: Download,
  request: Request,
  status: number,
  reason: Reason,
  retrySeconds?: number,
): Promise<Answer> {
  const taken = takenBy(file, request);
  if (taken) await noteRefusal(viewer, taken, reason, request.visitor).catch(complain);
  const retry: Record<string, string> = retrySeconds === undefined ? {} : { 'retry-after': String(retrySeconds) };
  return { status, headers: { 'cache-control': 'no-store', 'x-content-length': '0', ...retry }, body: null };
}
