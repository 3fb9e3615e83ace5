import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Database, Executor } from '@/db/connection';
import { file, object, variant } from '@/db/schema';
import { enqueue } from '../jobs/enqueue';
import type { Job } from '../jobs/worker';
import { keyRing } from '../keys/ring-file';
import { writingRing } from '../keys/state';
import { openBytes, writeBytes } from './bytes';
import { instanceId } from './instance';
import { objects } from './objects';
import type { FileStore } from './store';
import { FORMATS, type Form, widthsOf } from './variants';

/** The kind of job that makes a picture's variants. */
export const MAKE_VARIANTS = 'files.variants';

/** Loaded by the background alone. One thread: visitors come first. */
async function loadSharp() {
  const { default: sharp } = await import('sharp');
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}

const payload = z.object({ objectId: z.uuid() });
/** Larger pictures are left as they are. */
const BYTES_MAX = 64_000_000;
const PIXELS_MAX = 100_000_000;
const SECONDS_MAX = 120;

/** Leaves it to the background to make the variants of a picture, if it is one that gets any. */
export async function askForVariants(
  executor: Executor,
  picture: { objectId: string; mediaType: string; width: number | null },
): Promise<void> {
  if (widthsOf(picture.mediaType, picture.width).length === 0) return;
  const { objectId } = picture;
  await enqueue(executor, { kind: MAKE_VARIANTS, payload: { objectId }, key: `${MAKE_VARIANTS}:${objectId}` });
}

/**
 * Makes the variants that a picture lacks, turned as it is shown and without what a camera notes about place and time. One that
 * would be larger than the picture itself is not kept, nor any of a picture that moves.
 */
export async function makeVariants(job: Job, db: Database, store: FileStore = objects()): Promise<void> {
  const { objectId } = payload.parse(job.payload);
  const [row] = await db
    .select({ object, mediaType: file.mediaType, width: file.width })
    .from(object)
    .innerJoin(file, eq(file.objectId, object.id))
    .where(eq(object.id, objectId))
    .limit(1);
  if (!row || row.object.size > BYTES_MAX) return;
  const missing = await missingForms(db, objectId, widthsOf(row.mediaType, row.width));
  if (missing.length === 0) return;
  const instance = await instanceId(db);
  const opened = await openBytes({ store, ring: await keyRing(), instance }, 'original', row.object);
  const picture = await buffer(opened.all()).finally(opened.close);
  const sharp = await loadSharp();
  const { pages = 1 } = await sharp(picture).metadata();
  if (pages > 1) return;
  for (const form of missing) {
    const bytes = await draw(picture, form);
    if (bytes.length < picture.length) await keep(db, store, instance, objectId, form, bytes);
  }
}

async function missingForms(db: Database, objectId: string, widths: number[]): Promise<Form[]> {
  const made = await db
    .select({ width: variant.width, format: variant.format })
    .from(variant)
    .where(and(eq(variant.objectId, objectId)));
  return widths
    .flatMap((width) => FORMATS.map((format) => ({ width, format })))
    .filter(({ width, format }) => !made.some((each) => each.width === width && each.format === format));
}

async function draw(picture: Buffer, { width, format }: Form): Promise<Buffer> {
  const sharp = await loadSharp();
  const drawn = sharp(picture, { limitInputPixels: PIXELS_MAX, failOn: 'error' })
    .autoOrient()
    .resize({ width, withoutEnlargement: true })
    .timeout({ seconds: SECONDS_MAX });
  return format === 'avif' ? drawn.avif({ quality: 55, effort: 3 }).toBuffer() : drawn.webp({ quality: 78 }).toBuffer();
}

async function keep(
  db: Database,
  store: FileStore,
  instance: string,
  objectId: string,
  form: Form,
  bytes: Buffer,
): Promise<void> {
  async function* parts() {
    yield bytes;
  }
  const place = { role: 'variant', id: randomUUID(), version: 1 } as const;
  const written = await writeBytes({ store, ring: await writingRing(db), instance }, place, parts());
  await db
    .insert(variant)
    .values({ id: place.id, objectId, ...form, ...written })
    .onConflictDoNothing();
}
