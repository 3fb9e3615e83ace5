import { createHash } from 'node:crypto';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Database } from '@/db/connection';
import { file, object } from '@/db/schema';
import { writingRing } from '../keys/state';
import { keyOf, writeBytes } from './bytes';
import { instanceId } from './instance';
import { askForVariants } from './make-variants';
import type { FileStore, Opened } from './store';

export type Moved = {
  encrypted: number;
  /** Ids of rows whose bytes were missing or not what was noted; they are left as they are, marked as damaged. */
  damaged: string[];
};

const BLOCK_BYTES = 1_048_576;

/**
 * Encrypts what was stored in clear by versions before this one. One object at a time: the encrypted bytes, the row, and only
 * then the clear bytes are removed, so that it may be cut off anywhere and goes on with the next start.
 */
export async function encryptPlain(
  db: Database,
  store: FileStore,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Moved> {
  const plain = eq(object.version, 0);
  const [count] = await db.select({ total: sql<number>`count(*)::int` }).from(object).where(plain);
  const moved: Moved = { encrypted: 0, damaged: [] };
  if (!count?.total) return moved;
  const shelf = { store, ring: await writingRing(db), instance: await instanceId(db) };
  for (let after: string | null = null; ; ) {
    const [row]: (typeof object.$inferSelect)[] = await db
      .select()
      .from(object)
      .where(and(plain, after === null ? undefined : gt(object.id, after)))
      .orderBy(asc(object.id))
      .limit(1);
    if (!row) return moved;
    after = row.id;
    const bytes = await store.open(row.id);
    const hash = createHash('sha256');
    const place = { role: 'original', id: row.id, version: 1 } as const;
    const written = bytes && (await writeBytes(shelf, place, readThrough(bytes, hash)).finally(bytes.close));
    if (!written || hash.digest('hex') !== row.sha256) {
      await store.delete(keyOf(place));
      await db.update(object).set({ damagedAt: sql`now()` }).where(eq(object.id, row.id));
      moved.damaged.push(row.id);
    } else {
      await db
        .update(object)
        .set(written)
        .where(and(eq(object.id, row.id), plain));
      await store.delete(row.id);
      await askForVariantsOf(db, row.id);
      moved.encrypted++;
    }
    onProgress(moved.encrypted + moved.damaged.length, count.total);
  }
}

/** Versions that stored in clear made none. */
async function askForVariantsOf(db: Database, objectId: string): Promise<void> {
  const [picture] = await db
    .select({ mediaType: file.mediaType, width: file.width })
    .from(file)
    .where(eq(file.objectId, objectId))
    .limit(1);
  if (picture) await askForVariants(db, { objectId, ...picture });
}

async function* readThrough({ size, read }: Opened, hash: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array> {
  const window = Buffer.allocUnsafe(BLOCK_BYTES);
  for (let at = 0; at < size; at += BLOCK_BYTES) {
    const block = await read(at, window.subarray(0, size - at));
    hash.update(block);
    yield block;
  }
}
