import { createHash, type Hash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file, link, object } from '@/db/schema';
import { keyOf, storedSize, writeBytes } from '@/features/files/bytes';
import { instanceId } from '@/features/files/instance';
import { askForVariants } from '@/features/files/make-variants';
import type { FileStore } from '@/features/files/store';
import { writingRing } from '@/features/keys/state';
import { KeyRingError } from '@/lib/crypto/key-ring';
import { readDimensions } from '@/lib/vault/dimensions';
import { checkedMedia, SNIFF_BYTES } from '@/lib/vault/media';
import { locateEntry } from '@/lib/vault/read';
import { among } from './among';

/** Where a vault's files come from and go to. */
export type Shelf = { vaultId: number; root: string; store: FileStore };
export type Trouble = { path: string; problem: string };
export type Kept = {
  /** Files whose kept bytes are others than before. */
  differing: string[];
  /** How many of the changed files have the same bytes all the same. */
  same: number;
  /** Files that could not be read; they are tried again at the next import. */
  troubles: Trouble[];
};

type Row = { id: string; path: string; objectId: string | null };

/**
 * Keeps the bytes of every file that a note refers to and that changed or is not kept yet, and lets go of those of files
 * of the folder that no note refers to any more (V55). Calls back after each. A file that cannot be read never stops the others.
 */
export async function keepFiles(
  tx: Executor,
  shelf: Shelf,
  changed: string[],
  onProgress: (done: number, total: number) => void,
): Promise<Kept> {
  const mine = eq(file.vaultId, shelf.vaultId);
  const referenced = sql`exists (select 1 from ${link} where ${link.toFile} = ${file.id})`;
  await tx
    .update(file)
    .set({ objectId: null })
    .where(
      and(mine, isNotNull(file.objectId), eq(file.uploaded, false), isNull(file.removedAt), sql`not ${referenced}`),
    );
  const rows = await tx
    .select({ id: file.id, path: file.path, objectId: file.objectId })
    .from(file)
    .where(and(mine, referenced, or(isNull(file.objectId), among(file.id, changed, 'uuid')), eq(file.uploaded, false)))
    .orderBy(file.path);
  const kept: Kept = { differing: [], same: 0, troubles: [] };
  for (const [i, row] of rows.entries()) {
    await keepOne(tx, shelf, row, kept);
    onProgress(i + 1, rows.length);
  }
  return kept;
}

async function keepOne(tx: Executor, shelf: Shelf, row: Row, kept: Kept): Promise<void> {
  const source = await readSource(shelf.root, row.path);
  const stored = 'problem' in source ? source : await keepObject(tx, shelf, source);
  if ('problem' in source || 'problem' in stored) {
    const { problem } = 'problem' in stored ? stored : { problem: '' };
    kept.troubles.push({ path: row.path, problem: `its bytes are not kept: ${problem}` });
    await tx.update(file).set({ modified: 0 }).where(eq(file.id, row.id));
  } else if (stored.objectId === row.objectId) kept.same++;
  else {
    const { objectId } = stored;
    const { mediaType, size, width, height } = source;
    const set = { objectId, mediaType, size, width, height, publishedAt: sql`now()` };
    await tx.update(file).set(set).where(eq(file.id, row.id));
    await askForVariants(tx, { objectId, mediaType, width });
    kept.differing.push(row.id);
  }
}

type Source = {
  location: string;
  sha256: string;
  mediaType: string;
  size: number;
  width: number | null;
  height: number | null;
};

async function readSource(root: string, path: string): Promise<Source | { problem: string }> {
  try {
    const location = await locateEntry(root, path);
    const { mediaType, shown } = checkedMedia(path, await headOf(location));
    const dimensions = shown === 'image' ? await readDimensions(location) : null;
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of hashing(createReadStream(location), hash)) size += chunk.byteLength;
    const [width, height] = [dimensions?.width ?? null, dimensions?.height ?? null];
    return { location, sha256: hash.digest('hex'), mediaType, size, width, height };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Stores bytes once per content within the vault, encrypted, and durably before a row names them. */
async function keepObject(
  tx: Executor,
  shelf: Shelf,
  source: Source,
): Promise<{ objectId: string } | { problem: string }> {
  const { location, sha256 } = source;
  const [known] = await tx
    .select({ id: object.id, version: object.version, size: object.size, damagedAt: object.damagedAt })
    .from(object)
    .where(and(eq(object.vaultId, shelf.vaultId), eq(object.sha256, sha256)))
    .for('key share'); // until the file's row names it, nobody may let go of it
  if (known && known.damagedAt === null && (await shelf.store.size(keyOf(known))) === storedSize(known.size)) {
    return { objectId: known.id };
  }
  try {
    const [ring, instance] = [await writingRing(tx), await instanceId(tx)];
    const place = { role: 'original', id: known?.id ?? randomUUID(), version: (known?.version ?? 0) + 1 } as const;
    const hash = createHash('sha256');
    const written = await writeBytes({ ...shelf, ring, instance }, place, hashing(createReadStream(location), hash));
    if (hash.digest('hex') !== sha256) {
      await shelf.store.delete(keyOf(place));
      return { problem: 'it changed while it was read' };
    }
    await tx
      .insert(object)
      .values({ id: place.id, vaultId: shelf.vaultId, sha256, ...written })
      .onConflictDoUpdate({ target: object.id, set: { ...written, damagedAt: null } });
    return { objectId: place.id };
  } catch (error) {
    if (error instanceof KeyRingError) return { problem: error.message };
    throw error;
  }
}

async function* hashing(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
