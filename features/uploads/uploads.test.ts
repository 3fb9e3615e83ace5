import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, type Person } from '@/features/access/viewer';
import { readFilePage } from '@/features/files/page';
import { readNote } from '@/features/notes/queries';
import { makePerson } from '@/features/people/testing/people';
import { PNG } from '@/features/vaults/testing/desk';
import { beginUpload } from './begin';
import { cancelUpload, receive, standingOf } from './receive';
import { hashOf, NOBODY, send, startUploading, telling, type Uploading } from './testing/uploading';

let at: Uploading;
let bo: Person;
let mo: Person;
beforeAll(async () => {
  at = await startUploading();
  bo = await makePerson(at.desk, 'Bo', { role: 'editor' });
  mo = await makePerson(at.desk, 'Mo');
});
afterAll(() => at.clear());

const rowOf = async (fileId: string | null) => {
  const [row] = await at.desk.sql<{ object_id: string; sha256: string; media_type: string; width: number | null }[]>`
    select object_id, sha256, media_type, width from file join object on object.id = object_id where file.id = ${fileId}`;
  return row;
};

describe('an upload', () => {
  it('becomes a file of its vault, encrypted, that notes lead to from then on', async () => {
    const bytes = randomBytes(300_000);
    const id = await at.begin('plan.bin', bytes.length);
    const first = await send(at.ada, id, 0, bytes.subarray(0, 100_000));
    expect(first).toEqual({ as: 'open', offset: 100_000, size: 300_000 });
    const done = await send(at.ada, id, 100_000, bytes.subarray(100_000));
    if (done.as !== 'done') throw new Error(done.as);
    expect((await rowOf(done.fileId))?.sha256).toBe(hashOf(bytes));
    expect((await at.bytesOf(done.fileId ?? '')).equals(bytes)).toBe(true);
    const page = await readFilePage(at.ada, done.fileId ?? '');
    expect(page).toMatchObject({ path: 'plan.bin', uploadedBy: 'Ada', size: 300_000, readers: [{ title: 'Ada' }] });
    expect((await readNote(anonymous, 'album', 'Ada'))?.html).toContain(`/files/${done.fileId}/plan.bin`);
    expect(await send(at.ada, id, 0, bytes), 'and is not taken twice').toEqual(done);
    expect(await standingOf(at.ada, id)).toEqual(done);
  });

  it('is of whoever began it, and of nobody else who may bring files', async () => {
    const id = await at.begin('mine.bin', 3);
    for (const viewer of [bo, mo, anonymous]) {
      expect(await standingOf(viewer, id)).toEqual({ as: 'missing' });
      expect(await receive(viewer, id, { offset: 0, source: Readable.from([Buffer.from('abc')]) })).toEqual({
        as: 'missing',
      });
      expect(await cancelUpload(viewer, id)).toBe(false);
    }
    expect(await standingOf(at.ada, NOBODY)).toEqual({ as: 'missing' });
    expect(await standingOf(at.ada, 'no id')).toEqual({ as: 'missing' });
    for (const viewer of [mo, anonymous])
      expect(await beginUpload(viewer, telling('other.bin', 3))).toEqual({ as: 'missing' });
    expect(await send(at.ada, id, 0, Buffer.from('abc'))).toMatchObject({ as: 'done', size: 3 });
  });

  it('takes bytes only where the next ones go, and says where that is', async () => {
    const id = await at.begin('place.bin', 10);
    expect(await send(at.ada, id, 4, Buffer.from('x'))).toEqual({ as: 'mismatch', offset: 0 });
    expect(await send(at.ada, id, 0, Buffer.from('01234'))).toMatchObject({ as: 'open', offset: 5 });
    for (const offset of [0, 4, 6, 11])
      expect(await send(at.ada, id, offset, Buffer.from('56789'))).toEqual({ as: 'mismatch', offset: 5 });
    const done = await send(at.ada, id, 5, Buffer.from('56789'));
    expect((await at.bytesOf('fileId' in done ? (done.fileId ?? '') : '')).toString()).toBe('0123456789');
  });

  it('with more bytes than were told is refused, and leaves nothing', async () => {
    const id = await at.begin('more.bin', 10);
    expect(await send(at.ada, id, 0, [Buffer.from('012345'), Buffer.from('678901')])).toEqual({
      as: 'refused',
      why: 'large',
    });
    expect(await send(at.ada, id, 0, Buffer.from('0123456789'))).toEqual({ as: 'refused', why: 'large' });
    expect(await at.faults(true)).toEqual([]);
    expect(await at.store.prune(new Date(Date.now() + 60_000)), 'not even a part').toBe(0);
  });

  it('may be empty', async () => {
    const fileId = await at.bring('empty.bin', Buffer.alloc(0));
    expect(await rowOf(fileId)).toMatchObject({ sha256: hashOf(Buffer.alloc(0)) });
    expect(await at.bytesOf(fileId)).toHaveLength(0);
  });

  it('whose bytes are another kind than its name says is refused as soon as that is seen', async () => {
    const words = Buffer.alloc(2_000, 'no picture ');
    const id = await at.begin('long.png', 5_000_000);
    let asked = 0;
    const source = Readable.from(
      (async function* () {
        for (; asked < 500; asked++) yield words;
      })(),
      { objectMode: true, highWaterMark: 1 },
    );
    expect(await receive(at.ada, id, { offset: 0, source })).toEqual({ as: 'refused', why: 'kind' });
    expect(asked).toBeLessThan(20);
    const brief = await at.begin('brief.png', 5);
    expect(await send(at.ada, brief, 0, Buffer.from('words'))).toEqual({ as: 'refused', why: 'kind' });
    const late = await at.begin('late.png', 3_000);
    expect(await send(at.ada, late, 0, words.subarray(0, 100))).toMatchObject({ as: 'open' });
    expect(await send(at.ada, late, 100, words)).toEqual({ as: 'refused', why: 'kind' });
  });

  it('that is a picture is known as one, with its size in pixels', async () => {
    const fileId = await at.bring('cover.png', PNG);
    expect(await rowOf(fileId)).toMatchObject({ media_type: 'image/png', width: 2 });
    expect((await readNote(anonymous, 'album', 'Ada'))?.html).toContain(`/files/${fileId}/cover.png`);
  });

  it('of what the vault has already is kept once', async () => {
    const bytes = randomBytes(50_000);
    const [one, other] = [await at.bring('one.bin', bytes), await at.bring('deep/other.bin', bytes, { folder: 'a' })];
    expect((await rowOf(one))?.object_id).toBe((await rowOf(other))?.object_id);
    const keys: string[] = [];
    for await (const { key } of at.store.list()) keys.push(key);
    const [{ n = 0 } = {}] = await at.desk.sql<{ n: number }[]>`select count(*)::int as n from object`;
    expect(keys).toHaveLength(n);
    expect(await at.faults(true)).toEqual([]);
  });
});
