import { and, eq, inArray, isNotNull, isNull, lt, notExists, sql } from 'drizzle-orm';
import type { Database, Executor } from '@/db/connection';
import { file, fileVersion, object, variant } from '@/db/schema';
import { anonymous } from '../access/viewer';
import { forgetDownloads } from '../downloads/ledger';
import { enqueue } from '../jobs/enqueue';
import { forgetRedemptions } from '../shares/write';
import { forgetUploads } from '../uploads/forget';
import { keyOf } from './bytes';
import { objects } from './objects';
import { letGoOfRemoved } from './removed';
import type { FileStore } from './store';

/** What was removed. */
export type Swept = {
  /** Rows of bytes that no file has had for long. */
  rows: number;
  /** Stored bytes without a row. */
  orphans: number;
  /** Halves of writes that were cut off. */
  temporaries: number;
};

export const SWEEP = 'files.sweep';
/**
 * How long bytes outlive their last file, and bytes without a row are left alone. It has to be longer than an import or an
 * upload takes, whose bytes come before their rows, and than the time between two backups, which read rows before bytes.
 */
export const GRACE_SECONDS = 86_400;
const DAY_SECONDS = 86_400;
const BATCH = 500;

/** Removes what nothing refers to any more: rows first, so that none is ever left without bytes. */
export async function sweep(db: Database, store: FileStore, graceSeconds = GRACE_SECONDS): Promise<Swept> {
  const rows = await letGo(db, graceSeconds);
  const before = new Date(Date.now() - graceSeconds * 1_000);
  let orphans = 0;
  for await (const key of orphansOf(db, store, before)) {
    await store.delete(key);
    orphans++;
  }
  return { rows, orphans, temporaries: await store.prune(before) };
}

/** The sweeping as a job, which leaves itself for the next day. */
export async function sweepDaily(_job: unknown, db: Database): Promise<void> {
  await letGoOfRemoved(db);
  await forgetUploads(anonymous);
  await sweep(db, objects());
  await forgetDownloads(anonymous);
  await forgetRedemptions(anonymous);
  await askForSweep(db, DAY_SECONDS);
}

/** Leaves a sweeping to the background; one a day, however often it is asked for. */
export async function askForSweep(executor: Executor, afterSeconds: number): Promise<void> {
  const day = Math.floor((Date.now() / 1_000 + afterSeconds) / DAY_SECONDS);
  await enqueue(executor, { kind: SWEEP, payload: {}, key: `${SWEEP}:${day}`, afterSeconds });
}

/** Stored bytes that no row names, written before that moment. */
export async function* orphansOf(db: Database, store: FileStore, before: Date): AsyncGenerator<string> {
  let batch: string[] = [];
  for await (const { key, writtenAt } of store.list()) {
    if (writtenAt >= before) continue;
    batch.push(key);
    if (batch.length < BATCH) continue;
    yield* await unknown(db, batch);
    batch = [];
  }
  yield* await unknown(db, batch);
}

async function unknown(db: Database, keys: string[]): Promise<string[]> {
  const ids = [...new Set(keys.map((key) => key.slice(0, 36)))].filter((id) => /^[0-9a-f-]{36}$/.test(id));
  if (ids.length === 0) return keys;
  const known = await Promise.all(
    [object, variant].map((table) =>
      db.select({ id: table.id, version: table.version }).from(table).where(inArray(table.id, ids)),
    ),
  );
  const named = new Set(known.flat().map(keyOf));
  return keys.filter((key) => !named.has(key));
}

/** Notes which bytes no file has or had, and lets go of those that none has had for long. */
async function letGo(db: Database, graceSeconds: number): Promise<number> {
  const of = (table: typeof file | typeof fileVersion) =>
    notExists(db.select({ one: sql`1` }).from(table).where(eq(table.objectId, object.id)));
  const unused = and(of(file), of(fileVersion));
  await db
    .update(object)
    .set({ releasedAt: null })
    .where(and(isNotNull(object.releasedAt), sql`not ${unused}`));
  await db
    .update(object)
    .set({ releasedAt: sql`now()` })
    .where(and(isNull(object.releasedAt), unused));
  const since = sql`now() - ${graceSeconds} * interval '1 second'`;
  return db.transaction(async (tx) => {
    // An import that is about to use the bytes again holds their row
    const due = await tx
      .select({ id: object.id })
      .from(object)
      .where(and(lt(object.releasedAt, since), unused))
      .for('update', { skipLocked: true });
    if (due.length === 0) return 0;
    const ids = due.map(({ id }) => id);
    const gone = await tx
      .delete(object)
      .where(and(inArray(object.id, ids), unused))
      .returning({ id: object.id });
    return gone.length;
  });
}
