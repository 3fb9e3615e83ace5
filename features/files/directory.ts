import { and, asc, count, eq, type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { download, vault } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import { readableFiles } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';

export const FILES_PAGE = 50;
/** Who looks further than this searches. */
const PAGES_MAX = 400;
const SEARCH_MAX = 100;

export type FileLine = {
  id: string;
  name: string;
  /** Where it lies in its vault, with its name. */
  path: string;
  vault: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  /** How often it was taken, as far as the ledger remembers. */
  downloads: number;
};
export type FilesPage = { files: FileLine[]; total: number; page: number; pages: number };

/** A page of the files that are kept, by vault and path; null when that is not for this viewer. The search looks in paths. */
export async function listFiles(
  viewer: Viewer,
  { search = '', page: asked = 1 }: { search?: string; page?: number },
): Promise<FilesPage | null> {
  if (!(await isAllowed(viewer, 'file.manage'))) return null;
  const { db } = database();
  const files = readableFiles(viewer);
  const words = search.trim().slice(0, SEARCH_MAX).normalize('NFC').toLowerCase();
  const where: SQL | undefined = words === '' ? undefined : sql`strpos(lower(${files.path}), ${words}) > 0`;
  const [row] = await db.select({ total: count() }).from(files).where(where);
  const total = row?.total ?? 0;
  const pages = Math.min(PAGES_MAX, Math.max(1, Math.ceil(total / FILES_PAGE)));
  const page = Math.min(pages, Math.max(1, Math.trunc(asked)));
  const taken = db
    .select({ n: sql`count(*)` })
    .from(download)
    .where(and(eq(download.fileId, files.id), sql`${download.outcome} <> 'refused'`));
  const found = await db
    .select({
      id: files.id,
      name: files.name,
      path: files.path,
      vault: vault.slug,
      mediaType: files.mediaType,
      size: files.size,
      downloads: sql<number>`(${taken})::int`,
    })
    .from(files)
    .innerJoin(vault, eq(vault.id, files.vaultId))
    .where(where)
    .orderBy(asc(vault.slug), asc(files.path))
    .limit(FILES_PAGE)
    .offset((page - 1) * FILES_PAGE);
  return { files: found, total, page, pages };
}
