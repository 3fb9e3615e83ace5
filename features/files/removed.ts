import { and, count, desc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file, fileVersion, person, vault } from '@/db/schema';

/** How long a file that was removed can be brought back. */
export const REMOVED_DAYS = 30;
const LINES_MAX = 200;

/** A removed file; `until` when it can be brought back. */
export type RemovedLine = {
  id: string;
  name: string;
  path: string;
  vault: string;
  /** Bytes. */
  size: number;
  removedAt: Date;
  until: Date;
  removedBy: string | null;
  /** Whether it still lies in the vault's folder. */
  inFolder: boolean;
};

/** In which vault a file is, removed or not. */
export async function vaultOfFile(tx: Executor, id: string): Promise<{ vaultId: number; path: string } | null> {
  const [found] = await tx.select({ vaultId: file.vaultId, path: file.path }).from(file).where(eq(file.id, id));
  return found ?? null;
}

/** The files that can be brought back, or only that one. What may be done with them is for the caller to know. */
export async function selectRemoved(executor: Executor, only: string | null = null): Promise<RemovedLine[]> {
  return executor
    .select({
      id: file.id,
      name: file.name,
      path: file.path,
      vault: vault.slug,
      size: file.size,
      removedAt: sql<Date>`${file.removedAt}`.mapWith(file.removedAt),
      until: sql<Date>`${file.removedAt} + make_interval(days => ${REMOVED_DAYS})`.mapWith(file.removedAt),
      removedBy: person.name,
      inFolder: sql<boolean>`${file.folderSize} is not null`,
    })
    .from(file)
    .innerJoin(vault, eq(vault.id, file.vaultId))
    .leftJoin(person, eq(person.id, file.removedBy))
    .where(and(isNotNull(file.removedAt), isNotNull(file.objectId), only === null ? undefined : eq(file.id, only)))
    .orderBy(desc(file.removedAt))
    .limit(LINES_MAX);
}

/** How many files can be brought back. */
export async function countRemoved(executor: Executor): Promise<number> {
  const [row] = await executor
    .select({ n: count() })
    .from(file)
    .where(and(isNotNull(file.removedAt), isNotNull(file.objectId)));
  return row?.n ?? 0;
}

/**
 * Lets go of files that were removed long ago. One that still lies in the vault's folder keeps its row, without bytes, so that no
 * import brings it back before it changes there. Returns how many.
 */
export async function letGoOfRemoved(executor: Executor): Promise<number> {
  const due = lt(file.removedAt, sql`now() - make_interval(days => ${REMOVED_DAYS})`);
  return executor.transaction(async (tx) => {
    const gone = await tx
      .delete(file)
      .where(and(due, isNull(file.folderSize)))
      .returning({ id: file.id });
    const left = await tx
      .update(file)
      .set({ objectId: null, uploaded: false, uploadedBy: null })
      .where(and(due, isNotNull(file.objectId)))
      .returning({ id: file.id });
    if (left.length > 0)
      await tx.delete(fileVersion).where(
        inArray(
          fileVersion.fileId,
          left.map(({ id }) => id),
        ),
      );
    return gone.length + left.length;
  });
}
