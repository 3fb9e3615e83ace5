import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file, link, object } from '@/db/schema';
import type { FileStore } from '@/features/files/store';
import { fold } from '@/lib/text/fold';
import { readDimensions } from '@/lib/vault/dimensions';
import type { Entry } from '@/lib/vault/entry';
import { checkedMedia, mediaOf, SNIFF_BYTES } from '@/lib/vault/media';
import { baseName, nameKey } from '@/lib/vault/names';
import type { StoredFile } from './plan';

const CHUNK = 1_000;

/** Where a vault's files come from and go to. */
export type Shelf = { vaultId: number; root: string; store: FileStore };

/** Writes the rows of new and changed files; their bytes follow when a note refers to them. Returns the ids of the changed. */
export async function writeFiles(
  tx: Executor,
  shelf: Shelf,
  changed: { entry: Entry; stored: StoredFile | null }[],
): Promise<string[]> {
  for (let at = 0; at < changed.length; at += CHUNK) {
    const rows = changed.slice(at, at + CHUNK).map(({ entry, stored }) => fileRow(shelf.vaultId, entry, stored));
    await tx
      .insert(file)
      .values(rows)
      .onConflictDoUpdate({
        target: [file.vaultId, file.path],
        set: { size: sql.raw('excluded.size'), modified: sql.raw('excluded.modified') },
      });
  }
  const known = changed.flatMap(({ stored }) => (stored?.objectId ? [stored.id] : []));
  const differing: string[] = [];
  for (const id of known) if (await keepBytes(tx, shelf, id)) differing.push(id);
  return differing;
}

function fileRow(vaultId: number, entry: Entry, stored: StoredFile | null) {
  return {
    id: stored?.id ?? randomUUID(),
    vaultId,
    path: entry.path,
    pathKey: fold(entry.path),
    nameKey: nameKey(entry.path),
    name: baseName(entry.path),
    mediaType: mediaOf(entry.path)?.mediaType ?? 'application/octet-stream',
    size: entry.size,
    modified: entry.modified,
  };
}

/** Keeps the bytes of every file that a note refers to and that are not kept yet. Calls back after each. */
export async function keepReferenced(
  tx: Executor,
  shelf: Shelf,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const referenced = tx
    .select({ id: link.toFile })
    .from(link)
    .where(and(eq(link.vaultId, shelf.vaultId), isNotNull(link.toFile)));
  const rows = await tx
    .select({ id: file.id })
    .from(file)
    .where(and(eq(file.vaultId, shelf.vaultId), sql`${file.objectId} is null`, inArray(file.id, referenced)));
  for (const [i, row] of rows.entries()) {
    await keepBytes(tx, shelf, row.id);
    onProgress(i + 1, rows.length);
  }
}

/** Stores a file's present bytes, once per content within the vault, durably before its row names them. True when they differ. */
async function keepBytes(tx: Executor, shelf: Shelf, id: string): Promise<boolean> {
  const [row] = await tx.select({ path: file.path, objectId: file.objectId }).from(file).where(eq(file.id, id));
  if (!row) return false;
  const path = join(shelf.root, row.path);
  const [sha256, head, size] = [await hashOf(path), await headOf(path), (await stat(path)).size];
  const { mediaType, shown } = checkedMedia(row.path, head);
  const dimensions = shown === 'image' ? await readDimensions(path) : null;
  const objectId = await keepObject(tx, shelf, path, sha256);
  if (objectId === row.objectId) return false;
  const [width, height] = [dimensions?.width ?? null, dimensions?.height ?? null];
  await tx
    .update(file)
    .set({ objectId, mediaType, size, width, height, publishedAt: sql`now()` })
    .where(eq(file.id, id));
  return true;
}

async function keepObject(tx: Executor, shelf: Shelf, path: string, sha256: string): Promise<string> {
  const [known] = await tx
    .select({ id: object.id })
    .from(object)
    .where(and(eq(object.vaultId, shelf.vaultId), eq(object.sha256, sha256)));
  if (known && (await shelf.store.size(known.id)) !== null) return known.id;
  const id = known?.id ?? randomUUID();
  const size = await shelf.store.put(id, createReadStream(path));
  await tx.insert(object).values({ id, vaultId: shelf.vaultId, sha256, size }).onConflictDoNothing();
  return id;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
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
