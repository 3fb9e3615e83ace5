import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file, note, rendition } from '@/db/schema';
import { COMPILER_VERSION } from '@/lib/markdown/compiled';
import type { Entry } from '@/lib/vault/entry';

export type StoredNote = { id: number; path: string; hash: string; ownId: string | null };
export type StoredFile = {
  id: string;
  path: string;
  objectId: string | null;
  /** Bytes it had in the folder at the last look; null when it was not there. */
  folderSize: number | null;
  /** Whether what it is now was uploaded. */
  uploaded: boolean;
  removed: boolean;
};

/** What differs between a folder and the vault as stored. `looked` notes may turn out to be the same, byte for byte. */
export type Plan = {
  /** Notes to read: new ones, and those whose size, time or compiler differs. */
  looked: { entry: Entry; stored: StoredNote | null; knownHash: string | null }[];
  unchangedNotes: number;
  /** Notes in the database whose path is gone: removed, or renamed. */
  goneNotes: StoredNote[];
  changedFiles: { entry: Entry; stored: StoredFile | null }[];
  unchangedFiles: number;
  goneFiles: StoredFile[];
};

/**
 * Compares what was found in a folder with what is stored of it. With `only`, the stored notes and files at those paths
 * alone are compared, so that the cost is that of the change. `again` has every note compiled anew.
 */
export async function makePlan(
  tx: Executor,
  vaultId: number,
  entries: Entry[],
  again: boolean,
  only?: string[],
): Promise<Plan> {
  const [notes, files] = [await storedNotes(tx, vaultId, only), await storedFiles(tx, vaultId, only)];
  const plan: Plan = {
    looked: [],
    unchangedNotes: 0,
    goneNotes: [],
    changedFiles: [],
    unchangedFiles: 0,
    goneFiles: [],
  };
  for (const entry of entries) {
    if (entry.kind === 'note') planNote(plan, entry, take(notes, entry.path), again);
    else planFile(plan, entry, take(files, entry.path));
  }
  plan.goneNotes = [...notes.values()];
  plan.goneFiles = [...files.values()].filter(({ folderSize }) => folderSize !== null);
  return plan;
}

function take<T>(stored: Map<string, T>, path: string): T | null {
  const found = stored.get(path) ?? null;
  stored.delete(path);
  return found;
}

type Timed = { size: number | null; modified: number };

function planNote(
  plan: Plan,
  entry: Entry,
  stored: (StoredNote & Timed & { compiler: number | null }) | null,
  again: boolean,
) {
  const current = stored?.compiler === COMPILER_VERSION && !again;
  if (stored && current && sameTime(entry, stored)) plan.unchangedNotes++;
  else plan.looked.push({ entry, stored, knownHash: stored && current ? stored.hash : null });
}

function planFile(plan: Plan, entry: Entry, stored: (StoredFile & { modified: number }) | null) {
  if (stored && sameTime(entry, { ...stored, size: stored.folderSize })) plan.unchangedFiles++;
  else plan.changedFiles.push({ entry, stored });
}

function sameTime(entry: Entry, stored: Timed): boolean {
  return entry.size === stored.size && entry.modified === stored.modified;
}

async function storedNotes(tx: Executor, vaultId: number, only?: string[]) {
  const rows = await tx
    .select({
      id: note.id,
      path: note.path,
      hash: note.hash,
      ownId: note.ownId,
      size: note.size,
      modified: note.modified,
      compiler: rendition.compiler,
    })
    .from(note)
    .leftJoin(rendition, eq(rendition.noteId, note.id))
    .where(and(eq(note.vaultId, vaultId), only && inArray(note.path, only)));
  return new Map(rows.map((row) => [row.path, row]));
}

async function storedFiles(tx: Executor, vaultId: number, only?: string[]) {
  const rows = await tx
    .select({
      id: file.id,
      path: file.path,
      objectId: file.objectId,
      folderSize: file.folderSize,
      modified: file.modified,
      uploaded: file.uploaded,
      removed: sql<boolean>`${file.removedAt} is not null`,
    })
    .from(file)
    .where(and(eq(file.vaultId, vaultId), only && inArray(file.path, only)));
  return new Map(rows.map((row) => [row.path, row]));
}
