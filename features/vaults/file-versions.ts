import { desc, eq, inArray, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { fileVersion } from '@/db/schema';

/** Earlier states kept of one file; older ones are let go. */
export const VERSIONS_MAX = 10;

/** Keeps what a file is now as an earlier version of it, before something takes its place. */
export async function keepVersion(tx: Executor, fileId: string, replacedBy: string | null): Promise<void> {
  await tx.execute(sql`
    insert into file_version (file_id, object_id, media_type, size, width, height, uploaded, uploaded_by, published_at, replaced_by)
    select id, object_id, media_type, size, width, height, uploaded, uploaded_by, published_at, ${replacedBy}::uuid
    from file where id = ${fileId} and object_id is not null`);
  const old = tx
    .select({ id: fileVersion.id })
    .from(fileVersion)
    .where(eq(fileVersion.fileId, fileId))
    .orderBy(desc(fileVersion.id))
    .offset(VERSIONS_MAX);
  await tx.delete(fileVersion).where(inArray(fileVersion.id, old));
}
