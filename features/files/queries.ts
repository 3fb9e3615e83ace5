import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { database } from '@/db/connection';
import { fileVersion, object, variant } from '@/db/schema';
import { readableFiles } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { isAllowed } from '../access/allowed';
import type { Role, Stored } from './bytes';
import { instanceColumn } from './instance';
import { storedObject, storedVariant } from './stored';
import { type Form, typeOf } from './variants';

export type Download = {
  id: string;
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  modified: Date;
  /** Where its bytes are, and what opens them. */
  stored: Stored & { role: Role };
  /** The site's id, which is part of what opens them. */
  instance: string;
};

/**
 * A file the viewer may download, or null; an id that is none is answered like one that is unknown. With `form`, the
 * picture in that size and format once it is made, and until then as it is.
 */
export async function findDownload(viewer: Viewer, id: string, form: Form | null = null): Promise<Download | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const files = readableFiles(viewer);
  const [row] = await database()
    .db.select({
      name: files.name,
      mediaType: files.mediaType,
      publishedAt: files.publishedAt,
      object: { ...storedObject, size: object.size },
      variant: { ...storedVariant, size: variant.size, createdAt: variant.createdAt },
      instance: instanceColumn,
    })
    .from(files)
    .innerJoin(object, eq(object.id, files.objectId))
    .leftJoin(
      variant,
      form
        ? and(eq(variant.objectId, object.id), eq(variant.width, form.width), eq(variant.format, form.format))
        : sql`false`,
    )
    .where(eq(files.id, id));
  if (!row) return null;
  const { name, mediaType, instance, publishedAt } = row;
  if (!form || !row.variant) {
    const { size, ...stored } = row.object;
    return { id, name, mediaType, size, modified: publishedAt, stored: { ...stored, role: 'original' }, instance };
  }
  const { size, createdAt, ...stored } = row.variant;
  const modified = new Date(Math.max(createdAt.getTime(), publishedAt.getTime()));
  const named = `${name.replace(/\.[^.]*$/, '')}.${form.format}`;
  return { id, name: named, mediaType: typeOf(form), size, modified, stored: { ...stored, role: 'variant' }, instance };
}

/** What a file was before, for whoever may make it that again; else null. */
export async function findVersion(viewer: Viewer, id: string, version: string): Promise<Download | null> {
  const asked = z.object({
    id: z.uuid(),
    version: z.coerce
      .number()
      .int()
      .positive()
      .max(2 ** 40),
  });
  const parsed = asked.safeParse({ id, version });
  if (!parsed.success || !(await isAllowed(viewer, 'file.manage'))) return null;
  const files = readableFiles(viewer);
  const [row] = await database()
    .db.select({
      name: files.name,
      mediaType: fileVersion.mediaType,
      modified: fileVersion.publishedAt,
      size: object.size,
      stored: storedObject,
      instance: instanceColumn,
    })
    .from(fileVersion)
    .innerJoin(files, eq(files.id, fileVersion.fileId))
    .innerJoin(object, eq(object.id, fileVersion.objectId))
    .where(and(eq(fileVersion.id, parsed.data.version), eq(fileVersion.fileId, id)));
  return row ? { ...row, id, stored: { ...row.stored, role: 'original' } } : null;
}
