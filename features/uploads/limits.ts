import { statfs } from 'node:fs/promises';
import { eq, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { object, upload } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';
import { readSiteSettings } from '@/features/settings/queries';
import type { Refusal } from './schema';

/** What a disk has to have left besides: for the database, for logs, for whoever else writes on it. */
const SPARE_BYTES = 512 * 1024 * 1024;
const MEGABYTE = 1_000_000;
/** Files that one form brings: a page tells what became of each. */
export const FORM_FILES = 1_000;

/** How much room files have and take; sizes in bytes. */
export type Room = {
  /** One file at most. */
  most: number;
  /** All files together at most; null for as much as the disk holds. */
  quota: number | null;
  /** Kept now, and promised to what is on its way. */
  used: number;
  /** What the disk still takes, besides what is on its way. */
  free: number;
};

/** Reads how much room there is. The quota counts what is stored once, however many files have it. */
export async function readRoom(viewer: Viewer, executor: Executor): Promise<Room> {
  const { uploadMegabytes, quotaMegabytes } = await readSiteSettings(viewer, executor);
  const kept = executor.select({ n: sql`coalesce(sum(${object.size}), 0)` }).from(object);
  const [coming] = await executor
    .select({
      used: sql<string>`(${kept}) + coalesce(sum(${upload.most}), 0)`,
      promised: sql<string>`coalesce(sum(greatest(0, ${upload.most} - ${upload.received})), 0)`,
    })
    .from(upload)
    .where(eq(upload.state, 'open'));
  return {
    most: uploadMegabytes * MEGABYTE,
    quota: quotaMegabytes === 0 ? null : quotaMegabytes * MEGABYTE,
    used: Number(coming?.used ?? 0),
    free: Math.max(0, (await freeBytes()) - Number(coming?.promised ?? 0)),
  };
}

/** Why a file of that many bytes does not fit, or null. */
export function misfit({ most, quota, used, free }: Room, size: number): Refusal | null {
  if (size > most) return 'large';
  if (quota !== null && used + size > quota) return 'quota';
  return size > free ? 'disk' : null;
}

/** Bytes that are left for files, when that may matter to who brings one; null while there is room for any. */
export function leftIn({ most, quota, used, free }: Room): number | null {
  if (quota !== null) return Math.max(0, Math.min(quota - used, free));
  return free < most ? free : null;
}

/** What may still be written where the files are kept. */
async function freeBytes(): Promise<number> {
  const { bavail, bsize } = await statfs(process.env.DATA_DIR ?? '.data').catch(() => ({ bavail: 0, bsize: 0 }));
  return Math.max(0, bavail * bsize - SPARE_BYTES);
}
