import { randomBytes } from 'node:crypto';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import { reportDamage } from '@/features/files/damage';
import { makeVariants } from '@/features/files/make-variants';
import { readFilePage } from '@/features/files/page';
import { removeFile, restoreVersion } from '@/features/files/removal';
import { sweep } from '@/features/files/sweep';
import { makePerson } from '@/features/people/testing/people';
import { VERSIONS_MAX } from '@/features/vaults/file-versions';
import { beginUpload } from './begin';
import { standingOf } from './receive';
import { NOBODY, send, startUploading, telling, type Uploading } from './testing/uploading';

let at: Uploading;
beforeAll(async () => {
  at = await startUploading({ 'More.md': '[[kept.bin]]\n', 'kept.bin': 'of the folder', 'unasked.bin': 'of nobody' });
});
afterAll(() => at.clear());

const versionsOf = async (fileId: string) => (await readFilePage(at.ada, fileId))?.versions ?? [];
const textOf = async (fileId: string) => (await at.bytesOf(fileId)).toString();
const fileAt = async (path: string) => {
  const [row] = await at.desk.sql<{ id: string; object_id: string }[]>`
    select id, object_id from file where path = ${path}`;
  return { id: row?.id ?? '', objectId: row?.object_id ?? '' };
};
const refused = (why: string) => ({ as: 'refused', why });

describe('the place of an upload', () => {
  it('is taken by what is there, be it a file of the folder that no note names', async () => {
    await at.bring('taken.bin', Buffer.from('one'));
    for (const name of ['taken.bin', 'kept.bin', 'unasked.bin'])
      expect(await beginUpload(at.ada, telling(name, 3)), name).toEqual(refused('taken'));
    expect(await beginUpload(at.ada, telling('taken.bin', 3, { folder: 'else' }))).toMatchObject({
      as: 'begun',
      path: 'else/taken.bin',
    });
    for (const [name, why] of [
      ['', 'empty'],
      ['.hidden', 'hidden'],
      ['a.md', 'note'],
      ['x'.repeat(300), 'long'],
    ] as const)
      expect(await beginUpload(at.ada, telling(name, 3)), name).toEqual(refused(why));
    expect(await beginUpload(at.ada, telling('a.bin', 3, { folder: '../..' }))).toEqual(refused('outside'));
    expect(await beginUpload(at.ada, telling('a.bin', 3, { vault: 'none' }))).toEqual({ as: 'missing' });
  });

  it('is asked for without waiting for an import that is at that file', { timeout: 10_000 }, async () => {
    await at.desk.db.transaction(async (tx) => {
      await tx.execute(`update file set size = size where path = 'kept.bin'`);
      const began = performance.now();
      expect(await beginUpload(at.ada, telling('kept.bin', 3))).toEqual(refused('taken'));
      expect(await beginUpload(at.ada, telling('free.bin', 3))).toMatchObject({ as: 'begun' });
      expect(performance.now() - began).toBeLessThan(3_000);
    });
  });

  it('is given to one of two who come at the same time', async () => {
    const ids = await Promise.all(['a', 'b', 'c'].map(() => at.begin('race.bin', 1)));
    const all = await Promise.all(ids.map((id, i) => send(at.ada, id, 0, Buffer.from(`${i}`))));
    expect(all.filter(({ as }) => as === 'done')).toHaveLength(1);
    expect(all.filter(({ as }) => as === 'refused')).toEqual([refused('taken'), refused('taken')]);
    expect(await textOf((await fileAt('race.bin')).id)).toBe(`${all.findIndex(({ as }) => as === 'done')}`);
    expect(await at.faults(true), 'of the others no bytes are left').toEqual([]);
  });

  it('is given to another content, and what was there stays as an earlier version', async () => {
    const first = await at.bring('again.bin', Buffer.from('one'));
    expect(await at.bring('again.bin', Buffer.from('two'), { replace: true })).toBe(first);
    expect(await textOf(first)).toBe('two');
    const named = await at.bring('whatever.bin', Buffer.from('three'), { file: first });
    expect(named).toBe(first);
    expect(await readFilePage(at.ada, first)).toMatchObject({ path: 'again.bin', size: 5 });
    expect(await at.bring('again.bin', Buffer.from('three'), { replace: true }), 'the same changes nothing').toBe(
      first,
    );
    expect((await versionsOf(first)).map(({ size, replacedBy }) => [size, replacedBy])).toEqual([
      [3, 'Ada'],
      [3, 'Ada'],
    ]);
    const folders = await fileAt('kept.bin');
    expect(await at.bring('kept.bin', Buffer.from('uploaded'), { replace: true })).toBe(folders.id);
    expect(await versionsOf(folders.id)).toHaveLength(1);
    const unasked = await fileAt('unasked.bin');
    expect(await at.bring('unasked.bin', Buffer.from('uploaded'), { replace: true })).toBe(unasked.id);
    expect(await versionsOf(unasked.id), 'whose bytes were never kept').toHaveLength(0);
    expect(await at.faults(true)).toEqual([]);
  });

  it('is gone when what it was to replace is', async () => {
    const fileId = await at.bring('goes.bin', Buffer.from('one'));
    const id = await at.begin('goes.bin', 3, { file: fileId });
    await removeFile(at.ada, fileId);
    expect(await send(at.ada, id, 0, Buffer.from('two'))).toEqual(refused('missing'));
    expect(await standingOf(at.ada, id)).toEqual(refused('missing'));
    for (const file of [fileId, NOBODY])
      expect(await beginUpload(at.ada, telling('goes.bin', 3, { file }))).toEqual(refused('missing'));
    expect(await at.faults(true)).toEqual([]);
  });

  it('of a file that was removed is free, and its address and versions are the same', async () => {
    const fileId = await at.bring('back.bin', Buffer.from('one'));
    await removeFile(at.ada, fileId);
    expect(await at.bring('back.bin', Buffer.from('two'))).toBe(fileId);
    expect(await textOf(fileId)).toBe('two');
    expect(await versionsOf(fileId)).toMatchObject([{ size: 3 }]);
  });
});

describe('damaged bytes', () => {
  it('are replaced by an upload of the same content, wherever that is named', async () => {
    const bytes = randomBytes(40_000);
    const [one, other] = [await at.bring('d1.bin', bytes), await at.bring('d2.bin', bytes)];
    await at.bring('d2.bin', Buffer.from('newer'), { replace: true });
    const { objectId } = await fileAt('d1.bin');
    const found = { role: 'original', storedId: objectId, fileId: one, name: 'd1.bin', problem: 'a test' } as const;
    await reportDamage(anonymous, found);
    await at.bring('d3.bin', bytes);
    expect((await at.bytesOf(one)).equals(bytes)).toBe(true);
    const [version] = await versionsOf(other);
    expect(await restoreVersion(at.ada, other, version?.id ?? 0)).toBe(true);
    expect((await at.bytesOf(other)).equals(bytes)).toBe(true);
    const [row] = await at.desk.sql<
      { n: number }[]
    >`select count(*)::int as n from object where damaged_at is not null`;
    expect(row?.n).toBe(0);
    await sweep(at.desk.db, at.store, -1);
    expect(await at.faults(true)).toEqual([]);
  });

  it('that are too few are noticed by their number alone', async () => {
    const bytes = randomBytes(40_000);
    const fileId = await at.bring('short.bin', bytes);
    const { objectId } = await fileAt('short.bin');
    await truncate(join(at.dataDir, 'objects', objectId.slice(0, 2), `${objectId}.1`), 100);
    expect(await at.faults()).toHaveLength(1);
    await at.bring('short too.bin', bytes);
    expect((await at.bytesOf(fileId)).equals(bytes)).toBe(true);
    expect(await at.faults()).toEqual([]);
  });

  it('of a picture are replaced, and what was made from them stays', async () => {
    const picture = await testPicture();
    const fileId = await at.bring('cover.png', picture);
    const { objectId } = await fileAt('cover.png');
    await makeVariants({ id: 1, payload: { objectId } }, at.desk.db, at.store);
    const variants = () => at.desk.sql<{ id: string }[]>`
      select variant.id from variant join file on file.object_id = variant.object_id where file.id = ${fileId} order by 1`;
    const before = await variants();
    expect(before.length).toBeGreaterThan(0);
    await writeFile(join(at.dataDir, 'objects', objectId.slice(0, 2), `${objectId}.1`), 'nothing of it');
    await at.bring('cover.png', picture, { replace: true });
    expect((await at.bytesOf(fileId)).equals(picture)).toBe(true);
    expect(await variants()).toEqual(before);
    expect(await at.faults()).toEqual([]);
  });
});

async function testPicture(): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return sharp({ create: { width: 1_300, height: 700, channels: 3, background: '#fa0' } })
    .png()
    .toBuffer();
}

describe('earlier versions', () => {
  it('are kept up to ten, and the bytes of older ones are let go', async () => {
    const fileId = await at.bring('many.bin', Buffer.from('many 0'));
    for (let i = 1; i <= VERSIONS_MAX + 3; i++) await at.bring('many.bin', Buffer.from(`many ${i}`), { replace: true });
    const versions = await versionsOf(fileId);
    expect(versions).toHaveLength(VERSIONS_MAX);
    expect(await textOf(fileId)).toBe(`many ${VERSIONS_MAX + 3}`);
    const last = versions.at(-1);
    expect(await restoreVersion(at.ada, fileId, last?.id ?? 0)).toBe(true);
    expect(await textOf(fileId), 'the oldest of the ten').toBe('many 3');
    expect(await versionsOf(fileId)).toHaveLength(VERSIONS_MAX);
    await sweep(at.desk.db, at.store, -1);
    await sweep(at.desk.db, at.store, -1);
    const [row] = await at.desk.sql<{ n: number }[]>`select count(*)::int as n from object where size = 6 or size = 7`;
    expect(row?.n).toBe(VERSIONS_MAX + 1);
    expect(await at.faults(true)).toEqual([]);
  });

  it('become what the file is, and what it was becomes one', async () => {
    const fileId = await at.bring('turn.bin', Buffer.from('before'));
    await at.bring('turn.bin', Buffer.from('after'), { replace: true });
    for (const text of ['before', 'after', 'before']) {
      const [version] = await versionsOf(fileId);
      expect(await restoreVersion(at.ada, fileId, version?.id ?? 0)).toBe(true);
      expect(await textOf(fileId)).toBe(text);
    }
    expect(await versionsOf(fileId)).toHaveLength(1);
  });

  it('are of their file, for whoever manages files, and stay while it is removed', async () => {
    const fileId = await at.bring('own.bin', Buffer.from('one'));
    await at.bring('own.bin', Buffer.from('two'), { replace: true });
    const other = await at.bring('strange.bin', Buffer.from('x'));
    const [version] = await versionsOf(fileId);
    const id = version?.id ?? 0;
    expect(await restoreVersion(at.ada, other, id), 'of another file').toBe(false);
    expect(await restoreVersion(await makePerson(at.desk, 'Mo'), fileId, id)).toBe(false);
    expect(await restoreVersion(anonymous, fileId, id)).toBe(false);
    expect(await restoreVersion(at.ada, fileId, 999_999)).toBe(false);
    await removeFile(at.ada, fileId);
    expect(await restoreVersion(at.ada, fileId, id), 'of a removed one').toBe(false);
    await at.bring('own.bin', Buffer.from('three'));
    expect((await versionsOf(fileId)).map(({ size }) => size)).toEqual([3, 3]);
  });
});
