import { createWriteStream } from 'node:fs';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Database, Executor } from '@/db/connection';
import { file, note, object, revision, vault } from '@/db/schema';
import { openBytes } from '@/features/files/bytes';
import { instanceId } from '@/features/files/instance';
import type { FileStore } from '@/features/files/store';
import { keyRing } from '@/features/keys/ring-file';
import { SETTINGS_FILE } from '@/lib/vault/settings';
import { ImportError } from './import-error';

export type Export = {
  vault: string;
  folder: string;
  notes: number;
  files: number /** Never kept: no note refers to them. */;
  left: string[];
};

const BATCH = 200;

/**
 * Writes a vault back as a folder: every note and kept file byte for byte, with its time, and the vault's settings.
 * Rejects with {@link ImportError} when there is no such vault or the folder is not empty.
 */
export async function exportVault(
  db: Database,
  given: { vault: string; folder: string; store: FileStore },
): Promise<Export> {
  const folder = resolve(given.folder);
  // One moment for all of it, whatever is published meanwhile
  return db.transaction(
    async (tx) => {
      const [found] = await tx
        .select({ id: vault.id, settings: vault.settingsSource })
        .from(vault)
        .where(eq(vault.slug, given.vault));
      if (!found) throw new ImportError(`There is no vault "${given.vault}".`);
      await makeEmpty(folder);
      if (found.settings) await writeFile(join(folder, SETTINGS_FILE), found.settings);
      const notes = await exportNotes(tx, found.id, folder);
      return { vault: given.vault, folder, notes, ...(await exportFiles(tx, found.id, folder, given.store)) };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function makeEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOTDIR') throw new ImportError(`${folder} is a file, not a folder; nothing was written.`);
    if (code === 'ENOENT') return [];
    throw error;
  });
  if (names.length > 0) throw new ImportError(`${folder} is not empty; nothing was written.`);
  await mkdir(folder, { recursive: true });
}

async function exportNotes(db: Executor, vaultId: number, folder: string): Promise<number> {
  let written = 0;
  for (let after = 0; ; ) {
    const rows = await db
      .select({ id: note.id, path: note.path, modified: note.modified, source: revision.source })
      .from(note)
      .innerJoin(revision, and(eq(revision.noteId, note.id), eq(revision.number, note.revision)))
      .where(and(eq(note.vaultId, vaultId), gt(note.id, after)))
      .orderBy(asc(note.id))
      .limit(BATCH);
    for (const row of rows) {
      const path = await place(folder, row.path);
      await writeFile(path, row.source);
      await utimes(path, new Date(), new Date(row.modified));
    }
    written += rows.length;
    const last = rows.at(-1);
    if (!last) return written;
    after = last.id;
  }
}

async function exportFiles(db: Executor, vaultId: number, folder: string, store: FileStore) {
  const rows = await db
    .select({
      path: file.path,
      modified: file.modified,
      stored: {
        id: object.id,
        version: object.version,
        kekId: object.kekId,
        wrappedDek: object.wrappedDek,
        alg: object.alg,
      },
    })
    .from(file)
    .leftJoin(object, eq(object.id, file.objectId))
    .where(and(eq(file.vaultId, vaultId), isNull(file.removedAt)))
    .orderBy(asc(file.path));
  let files = 0;
  const left: string[] = [];
  for (const row of rows) {
    if (!row.stored) left.push(row.path);
    else {
      const path = await place(folder, row.path);
      const bytes = await openBytes(
        { store, ring: await keyRing(), instance: await instanceId(db) },
        'original',
        row.stored,
      );
      await pipeline(bytes.all(), createWriteStream(path)).finally(bytes.close);
      await utimes(path, new Date(), new Date(row.modified));
      files++;
    }
  }
  return { files, left };
}

/** Where a path goes, its folders made. A path that would leave the folder is refused. */
async function place(folder: string, path: string): Promise<string> {
  const target = resolve(folder, path);
  if (!target.startsWith(folder + sep)) throw new Error(`${path} leads out of the folder.`);
  await mkdir(dirname(target), { recursive: true });
  return target;
}
