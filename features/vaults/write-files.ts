import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file } from '@/db/schema';
import { fold } from '@/lib/text/fold';
import type { Entry } from '@/lib/vault/entry';
import { mediaOf } from '@/lib/vault/media';
import { baseName, nameKey } from '@/lib/vault/names';
import { chunks } from './among';
import { keepVersion } from './file-versions';
import type { StoredFile } from './plan';

/**
 * Writes the rows of new and changed files; their bytes are kept later, when a note refers to them. What the folder has anew takes
 * the place of what was uploaded there, which stays as an earlier version. Returns the paths that are new, or were removed
 * before, and those where an upload gave way.
 */
export async function writeFiles(
  tx: Executor,
  vaultId: number,
  changed: { entry: Entry; stored: StoredFile | null }[],
): Promise<{ come: string[]; replaced: string[] }> {
  const replaced = changed.flatMap(({ stored }) => (stored?.uploaded ? [stored] : []));
  for (const { id } of replaced) await keepVersion(tx, id, null);
  for (const part of chunks(changed)) {
    await tx
      .insert(file)
      .values(part.map(({ entry, stored }) => fileRow(vaultId, entry, stored)))
      .onConflictDoUpdate({
        target: [file.vaultId, file.path],
        set: {
          size: sql.raw('excluded.size'),
          modified: sql.raw('excluded.modified'),
          folderSize: sql.raw('excluded.folder_size'),
          uploaded: false,
          uploadedBy: null,
          removedAt: null,
          removedBy: null,
        },
      });
  }
  return {
    come: changed.flatMap(({ entry, stored }) => (stored && !stored.removed ? [] : [entry.path])),
    replaced: replaced.map(({ path }) => path),
  };
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
    folderSize: entry.size,
    modified: entry.modified,
  };
}
