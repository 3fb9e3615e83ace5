import { asc, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { database } from '@/db/connection';
import { download, fileVersion, link, object, person, vault } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import { readableFiles, readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { noteHref } from '../notes/href';
import { countRemoved, type RemovedLine, selectRemoved } from './removed';

export type FileVersionLine = {
  id: number;
  /** Bytes. */
  size: number;
  mediaType: string;
  replacedAt: Date;
  replacedBy: string | null;
};
/** Everything the studio shows of one file. */
export type FilePage = {
  id: string;
  name: string;
  path: string;
  vault: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  width: number | null;
  height: number | null;
  publishedAt: Date;
  uploaded: boolean;
  uploadedBy: string | null;
  /** Whether its bytes were found damaged or lost. */
  damaged: boolean;
  downloads: number;
  versions: FileVersionLine[];
  /** The notes that name it. */
  readers: { title: string; href: string }[];
};

const READERS_MAX = 50;

/** A file with its earlier versions and the notes that name it; null when it is not there, or not for this viewer to manage. */
export async function readFilePage(viewer: Viewer, id: string): Promise<FilePage | null> {
  if (!z.uuid().safeParse(id).success || !(await isAllowed(viewer, 'file.manage'))) return null;
  const { db } = database();
  const files = readableFiles(viewer);
  const taken = db.select({ n: sql`count(*)` }).from(download).where(eq(download.fileId, files.id));
  const [[found], versions, readers] = await Promise.all([
    db
      .select({
        id: files.id,
        name: files.name,
        path: files.path,
        vault: vault.slug,
        mediaType: files.mediaType,
        size: files.size,
        width: files.width,
        height: files.height,
        publishedAt: files.publishedAt,
        uploaded: files.uploaded,
        uploadedBy: person.name,
        damaged: sql<boolean>`${object.damagedAt} is not null`,
        downloads: sql<number>`(${taken})::int`,
      })
      .from(files)
      .innerJoin(vault, eq(vault.id, files.vaultId))
      .innerJoin(object, eq(object.id, files.objectId))
      .leftJoin(person, eq(person.id, files.uploadedBy))
      .where(eq(files.id, id)),
    readVersions(viewer, id),
    readReaders(viewer, id),
  ]);
  return found ? { ...found, versions, readers } : null;
}

/** The files that can be brought back, the latest first; null when that is not for this viewer. */
export async function listRemoved(viewer: Viewer): Promise<RemovedLine[] | null> {
  return (await isAllowed(viewer, 'file.manage')) ? selectRemoved(database().db) : null;
}

/** A file that was removed and can be brought back, or null. */
export async function findRemoved(viewer: Viewer, id: string): Promise<RemovedLine | null> {
  if (!z.uuid().safeParse(id).success || !(await isAllowed(viewer, 'file.manage'))) return null;
  const [found] = await selectRemoved(database().db, id);
  return found ?? null;
}

/** How many files this viewer could bring back. */
export async function countToBringBack(viewer: Viewer): Promise<number> {
  return (await isAllowed(viewer, 'file.manage')) ? countRemoved(database().db) : 0;
}

async function readVersions(_viewer: Viewer, id: string): Promise<FileVersionLine[]> {
  return database()
    .db.select({
      id: fileVersion.id,
      size: fileVersion.size,
      mediaType: fileVersion.mediaType,
      replacedAt: fileVersion.replacedAt,
      replacedBy: person.name,
    })
    .from(fileVersion)
    .leftJoin(person, eq(person.id, fileVersion.replacedBy))
    .where(eq(fileVersion.fileId, id))
    .orderBy(desc(fileVersion.id));
}

async function readReaders(viewer: Viewer, id: string): Promise<{ title: string; href: string }[]> {
  const notes = readableNotes(viewer);
  const rows = await database()
    .db.selectDistinct({
      title: notes.title,
      address: notes.address,
      path: notes.path,
      slug: vault.slug,
      homePath: vault.homePath,
    })
    .from(link)
    .innerJoin(notes, eq(notes.id, link.noteId))
    .innerJoin(vault, eq(vault.id, notes.vaultId))
    .where(eq(link.toFile, id))
    .orderBy(asc(notes.title))
    .limit(READERS_MAX);
  return rows.map(({ title, slug, homePath, ...note }) => ({ title, href: noteHref(slug, note, homePath) }));
}
