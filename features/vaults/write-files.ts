import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file } from '@/db/schema';
import { fold } from '@/lib/text/fold';
import type { Entry } from '@/lib/vault/entry';
import { mediaOf } from '@/lib/vault/media';
import { baseName, nameKey } from '@/lib/vault/names';
import { chunks } from './among';
import type { StoredFile } from './plan';

/** Writes the rows of new and changed files; their bytes are kept later, when a note refers to them. Returns the new paths. */
export async function writeFiles(
  tx: Executor,
  vaultId: number,
  changed: { entry: Entry; stored: StoredFile | null }[],
): Promise<{ come: string[] }> {
  for (const part of chunks(changed)) {
    await tx
      .insert(file)
      .values(part.map(({ entry, stored }) => fileRow(vaultId, entry, stored)))
      .onConflictDoUpdate({
        target: [file.vaultId, file.path],
        set: { size: sql.raw('excluded.size'), modified: sql.raw('excluded.modified') },
      });
  }
  return { come: changed.flatMap(({ entry, stored }) => (stored ? [] : [entry.path])) };
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
