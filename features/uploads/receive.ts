import type { Readable } from 'node:stream';
import { eq, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { upload } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';
import { tell } from '@/lib/observe/trace';
import { baseName } from '@/lib/vault/names';
import { keyOf, type Shelf } from '../files/bytes';
import { instanceId } from '../files/instance';
import { objects } from '../files/objects';
import { writingRing } from '../keys/state';
import { finishUpload } from './finish';
import { exclusively, isBusy, type Live } from './live';
import { findOwn, type OwnUpload } from './own';
import { refuseUpload } from './refusal';
import type { Refusal } from './schema';
import { readWhole, rewrite, startWriter, type Writer } from './writer';

/** Where an upload stands; offsets and sizes in bytes. */
export type Standing =
  | { as: 'open'; offset: number; size: number | null }
  | { as: 'done'; fileId: string | null; size: number }
  | { as: 'refused'; why: Refusal }
  /** Not this person's, or none. */
  | { as: 'missing' };
/** `mismatch`: bytes came for another place than the next one. */
export type Received = Standing | { as: 'mismatch'; offset: number };

/** Nothing came for so long: whoever sends is taken for gone. */
const STALLED_MS = 120_000;
/** How often it is noted how far it is, for whoever looks. */
const NOTE_MS = 2_000;
/** Of a file of which as much has come, it is known whether it is the kind that its name says. */
const LOOKED_BYTES = 4_096;

/** Where an upload of this person stands; a request that is still sending is ended. One of which all bytes have come is finished. */
export async function standingOf(viewer: Viewer, id: string): Promise<Standing> {
  return withWriter<Standing>(viewer, id, async (live, own, writer) => {
    if (writer.received() === own.size) return finish(viewer, live, own, writer);
    return { as: 'open', offset: writer.received(), size: own.size };
  });
}

/**
 * Takes the bytes that a request brings for an upload, from `offset` on, into the encrypting writer, none of them held for longer than
 * the disk needs. When all have come, or with `toTheEnd` when the request has ended, the file takes its place. A request that is cut
 * leaves what has come: the next goes on from there.
 */
export async function receive(
  viewer: Viewer,
  id: string,
  given: { offset: number; source: Readable; toTheEnd?: boolean },
): Promise<Received> {
  return withWriter<Received>(viewer, id, async (live, own, writer) => {
    const from = writer.received();
    if (from !== given.offset) return { as: 'mismatch', offset: from };
    const taken = await takeAll(viewer, live, own, writer, given.source).catch((error) => failed(live, writer, error));
    tell('file', 'store', { from, to: writer.received(), key: writer.envelope.kekId });
    if (taken === 'cut' && own.size === null) return refuse(viewer, live, own, writer, 'cut'); // a form does not go on
    if (taken !== 'ended' && taken !== 'cut') return refuse(viewer, live, own, writer, taken);
    const whole = own.size === null ? given.toTheEnd && taken === 'ended' : writer.received() === own.size;
    if (whole) return finish(viewer, live, own, writer);
    return { as: 'open', offset: writer.received(), size: own.size };
  });
}

/** All bytes have come: they become durable, and the file takes its place. */
async function finish(viewer: Viewer, live: Live, own: OwnUpload, writer: Writer): Promise<Standing> {
  if (writer.contradicts(true)) return refuse(viewer, live, own, writer, 'kind');
  const whole = await writer.keep().catch((error) => (isDiskFull(error) ? null : failed(live, writer, error)));
  if (!whole) return refuse(viewer, live, own, writer, 'disk');
  const finished = await finishUpload(viewer, own, objects(), { ...whole, version: writer.envelope.version });
  live.writer = null;
  return finished;
}

async function refuse(viewer: Viewer, live: Live, own: OwnUpload, writer: Writer, why: Refusal): Promise<Standing> {
  live.writer = null;
  await writer.discard();
  await refuseUpload(viewer, own.id, why);
  return { as: 'refused', why };
}

/** Ends an upload and lets go of what came. False when there is none of this person's. */
export async function cancelUpload(viewer: Viewer, id: string): Promise<boolean> {
  const canceled = await withOwn(viewer, id, async (live, own) => {
    await database().db.delete(upload).where(eq(upload.id, own.id));
    const store = objects();
    const part = live.writer ?? (await store.resume(keyOf(storedOf(own))));
    live.writer = null;
    await part?.discard();
    await store.delete(keyOf(storedOf(own))); // all had come, and only its place was missing
    return { as: 'canceled' as const };
  });
  return canceled.as === 'canceled';
}

/** Does something with an open upload of this very person, whom alone it can interrupt; else tells how it ended. */
async function withOwn<T>(
  viewer: Viewer,
  id: string,
  work: (live: Live, own: OwnUpload) => Promise<T>,
): Promise<T | Standing> {
  if (isBusy(id) && !(await findOwn(viewer, id))) return { as: 'missing' };
  return exclusively(id, async (live) => {
    const own = await findOwn(viewer, id); // as whoever was at it before has left it
    if (!own) return { as: 'missing' };
    return own.state === 'open' ? work(live, own) : endOf(own);
  });
}

/** The same, with the writer that goes on where it was; of bytes that another process left whole, nothing is left to write. */
async function withWriter<T>(
  viewer: Viewer,
  id: string,
  work: (live: Live, own: OwnUpload, writer: Writer) => Promise<T>,
): Promise<T | Standing> {
  return withOwn<T | Standing>(viewer, id, async (live, own) => {
    if (live.writer) return work(live, own, live.writer);
    const shelf = await shelfOf();
    const whole = own.version > 0 && (await readWhole(shelf, baseName(own.path), storedOf(own)));
    if (whole) return finishUpload(viewer, own, shelf.store, { ...whole, version: own.version });
    live.writer = await reopen(viewer, own, shelf);
    return work(live, own, live.writer);
  });
}

/** Takes what comes until it ends, is cut, or is found to be what is not taken. */
async function takeAll(
  viewer: Viewer,
  live: Live,
  own: OwnUpload,
  writer: Writer,
  source: Readable,
): Promise<'ended' | 'cut' | Refusal> {
  const stalled = setTimeout(() => source.destroy(), STALLED_MS);
  live.interrupt = () => source.destroy();
  const most = own.size ?? own.most;
  let looked = writer.received() > LOOKED_BYTES;
  let noted = performance.now();
  try {
    for await (const part of source.iterator({ destroyOnReturn: false })) {
      stalled.refresh();
      if (writer.received() + part.byteLength > most) return 'large';
      await writer.take(part);
      if (!looked && writer.contradicts(false)) return 'kind';
      looked ||= writer.received() > LOOKED_BYTES;
      if (performance.now() - noted < NOTE_MS) continue;
      noted = performance.now();
      await noteProgress(viewer, own.id, writer);
    }
    return await settled(writer, 'ended');
  } catch (error) {
    if (isDiskFull(error)) return 'disk';
    if (source.errored !== error && !source.destroyed) throw error;
    return await settled(writer, 'cut');
  } finally {
    clearTimeout(stalled);
    live.interrupt = () => {};
    await noteProgress(viewer, own.id, writer);
  }
}

/** Writes what has come, and says how it ended. */
async function settled(writer: Writer, taken: 'ended' | 'cut'): Promise<'ended' | 'cut' | 'disk'> {
  try {
    await writer.settle();
    return taken;
  } catch (error) {
    if (isDiskFull(error)) return 'disk';
    throw error;
  }
}

/** Only for whoever looks: should it fail, the upload goes on. */
async function noteProgress(_viewer: Viewer, id: string, writer: Writer): Promise<void> {
  const progress = { received: writer.received(), touchedAt: sql`now()` };
  await database()
    .db.update(upload)
    .set(progress)
    .where(eq(upload.id, id))
    .catch(() => {});
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

/** What could not be written is not lost: the next request reads back what is on the disk. */
async function failed(live: Live, writer: Writer, error: unknown): Promise<never> {
  live.writer = null;
  await writer.close().catch(() => {});
  throw error;
}

async function shelfOf(): Promise<Shelf> {
  const { db } = database();
  return { store: objects(), ring: await writingRing(db), instance: await instanceId(db) };
}

/** What was written of an upload is read back; or it is begun. */
async function reopen(_viewer: Viewer, own: OwnUpload, shelf: Shelf): Promise<Writer> {
  const name = baseName(own.path);
  const again = own.version > 0 ? await rewrite(shelf, name, storedOf(own)) : null;
  const writer = again?.writer ?? (await startWriter(shelf, name, { id: own.objectId, version: own.version + 1 }));
  await database()
    .db.update(upload)
    .set({ ...writer.envelope, received: writer.received() })
    .where(eq(upload.id, own.id));
  await again?.old.discard();
  return writer;
}

const storedOf = ({ objectId, version, kekId, wrappedDek, alg }: OwnUpload) => ({
  id: objectId,
  version,
  kekId,
  wrappedDek,
  alg,
});

function endOf({ state, reason, fileId, received }: OwnUpload): Standing {
  return state === 'done' ? { as: 'done', fileId, size: received } : { as: 'refused', why: reason ?? 'cut' };
}
