import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { database } from '@/db/connection';
import { object } from '@/db/schema';
import { readableFiles } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import type { Stored } from './bytes';
import { instanceColumn } from './instance';

export type Download = {
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  publishedAt: Date;
  /** Where its bytes are, and what opens them. */
  stored: Stored;
  /** The site's id, which is part of what opens them. */
  instance: string;
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
      publishedAt: files.publishedAt,
      stored: {
        id: object.id,
        version: object.version,
        kekId: object.kekId,
        wrappedDek: object.wrappedDek,
        alg: object.alg,
      },
      instance: instanceColumn,
    })
    .from(files)
    .innerJoin(object, eq(object.id, files.objectId))
    .where(eq(files.id, id));
  return row ?? null;
}
