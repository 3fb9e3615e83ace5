import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { variant } from '@/db/schema';
import { anonymous } from '../access/viewer';
import { keyRing } from '../keys/ring-file';
import { type Desk, makeDesk, OPEN } from '../vaults/testing/desk';
import { openBytes } from './bytes';
import { makeVariants } from './make-variants';
import { findDownload } from './queries';

let desk: Desk;
beforeAll(async () => {
  desk = await makeDesk();
});
afterAll(() => desk.clear());

/** Noise, so that a smaller one has fewer bytes; turned by what a camera notes, so that it is shown 700 wide. */
async function photograph(): Promise<Buffer> {
  const size = { width: 500, height: 700, channels: 3 as const };
  return sharp({ create: { ...size, background: '#888', noise: { type: 'gaussian', mean: 120, sigma: 60 } } })
    .jpeg({ quality: 95 })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

async function publish(name: string, bytes: Buffer) {
  await desk.publish(await desk.folder(name, { ...OPEN, 'Ada.md': '![[photo.jpg]]\n', 'photo.jpg': bytes }));
  const [row] = await desk.sql<{ id: string; object_id: string }[]>`
    select f.id, f.object_id from file f join vault v on v.id = f.vault_id where v.slug = ${name}`;
  const jobs = await desk.sql<{ payload: { objectId: string } }[]>`
    select payload from job where payload ->> 'objectId' = ${row?.object_id ?? ''}`;
  return { id: row?.id ?? '', objectId: row?.object_id ?? '', jobs };
}

async function read(id: string, width: number, format: 'avif' | 'webp') {
  const found = await findDownload(anonymous, id, { width, format });
  if (!found) throw new Error('not found');
  const shelf = { store: desk.store, ring: await keyRing(), instance: found.instance };
  const opened = await openBytes(shelf, found.stored.role, found.stored);
  return { found, bytes: await buffer(opened.all()).finally(opened.close) };
}

describe('a picture', () => {
  it('is made smaller in the background, as it is shown, and kept encrypted', async () => {
    const original = await photograph();
    const { id, objectId, jobs } = await publish('album', original);
    expect(jobs).toEqual([{ payload: { objectId } }]);
    expect((await read(id, 480, 'webp')).bytes.equals(original)).toBe(true);
    await makeVariants({ id: 1, payload: { objectId } }, desk.db, desk.store);
    for (const [width, format] of [
      [480, 'avif'],
      [480, 'webp'],
      [700, 'avif'],
      [700, 'webp'],
    ] as const) {
      const { found, bytes } = await read(id, width, format);
      expect(found).toMatchObject({ name: `photo.${format}`, mediaType: `image/${format}`, size: bytes.length });
      const { width: wide, height, format: kind, exif } = await sharp(bytes).metadata();
      expect([wide, height, kind, exif]).toEqual([
        width,
        Math.round((width * 500) / 700),
        format === 'avif' ? 'heif' : format,
        undefined,
      ]);
      expect(bytes.length).toBeLessThan(original.length);
      const stored = await desk.store.open(`${found.stored.id}.1`);
      expect(Buffer.from((await stored?.read(0, Buffer.alloc(100_000))) ?? []).includes(bytes.subarray(0, 64))).toBe(
        false,
      );
      await stored?.close();
    }
    expect((await read(id, 960, 'webp')).bytes.equals(original)).toBe(true);
  });

  it('is made smaller once, however often it is asked for', async () => {
    const { objectId } = await publish('other', await photograph());
    const job = { id: 1, payload: { objectId } };
    await makeVariants(job, desk.db, desk.store);
    const before = await desk.db.select().from(variant);
    await makeVariants(job, desk.db, desk.store);
    expect(await desk.db.select().from(variant)).toEqual(before);
  });

  it('that is small, or gone meanwhile, is left alone', async () => {
    const small = await sharp({ create: { width: 480, height: 10, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    expect((await publish('small', small)).jobs).toEqual([]);
    const gone = '0190f5a4-0000-7000-8000-000000000000';
    await makeVariants({ id: 1, payload: { objectId: gone } }, desk.db, desk.store);
  });

  it('that is larger when drawn anew stays as it is', async () => {
    const flat = await sharp({ create: { width: 490, height: 2, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    const padded = await publish('flat', flat);
    await makeVariants({ id: 1, payload: { objectId: padded.objectId } }, desk.db, desk.store);
    for (const format of ['avif', 'webp'] as const) {
      const { found, bytes } = await read(padded.id, 490, format);
      expect(found.stored.role === 'original' ? bytes.equals(flat) : bytes.length < flat.length).toBe(true);
    }
  });

  it('that is none after all is tried again later', async () => {
    const broken = (await photograph()).subarray(0, 4_000);
    const { objectId } = await publish('broken', broken);
    await expect(makeVariants({ id: 1, payload: { objectId } }, desk.db, desk.store)).rejects.toThrow();
  });
});
