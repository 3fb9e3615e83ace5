import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { database } from '@/db/connection';
import { object } from '@/db/schema';
import { readableFiles } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';

export type Download = {
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  objectId: string;
  publishedAt: Date;
};

/** A file the viewer may download, or null; an id that is none is answered like one that is unknown. */
export async function findDownload(viewer: Viewer, id: string): Promise<Download | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const files = readableFiles(viewer);
  const [row] = await database()
    .db.select({
      name: files.name,
      mediaType: files.mediaType,
      size: object.size,
      objectId: object.id,
      publishedAt: files.publishedAt,
    })
    .from(files)
    .innerJoin(object, eq(object.id, files.objectId))
    .where(eq(files.id, id));
  return row ?? null;
}
