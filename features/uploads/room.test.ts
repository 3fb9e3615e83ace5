import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import { sweep, sweepDaily } from '@/features/files/sweep';
import { makePerson } from '@/features/people/testing/people';
import { beginUpload } from './begin';
import { forgetUploads } from './forget';
import { receiveForm } from './form';
import { FORM_FILES } from './limits';
import { readUploadDesk } from './queries';
import { cancelUpload, receive, standingOf } from './receive';
import { restart, send, startUploading, telling, type Uploading } from './testing/uploading';
import { takeTurn } from './turns';

const MEGABYTE = 1_000_000;

let at: Uploading;
beforeAll(async () => {
  at = await startUploading();
});
afterAll(() => at.clear());
beforeEach(async () => {
  await at.desk.sql`delete from upload`;
  await at.desk.sql`delete from setting`;
  await restart();
  await at.store.prune(new Date(Date.now() + 60_000));
});

const decide = (name: string, value: number) =>
  at.desk.sql`insert into setting (name, value) values (${name}, to_jsonb(${value}::int))
    on conflict (name) do update set value = excluded.value`;
const used = async () => (await readUploadDesk(at.ada, null))?.room.used ?? Number.NaN;

describe('the room that files have', () => {
  it('is promised to nobody twice, however many ask at the same moment', async () => {
    const before = await used();
    await decide('quotaMegabytes', Math.ceil(before / MEGABYTE) + 10);
    const bo = await makePerson(at.desk, 'Bo', { role: 'editor' });
    const all = await Promise.all(
      Array.from({ length: 30 }, (_, i) => beginUpload(i % 2 ? at.ada : bo, telling(`n${i}.bin`, MEGABYTE))),
    );
    const begun = all.flatMap((each) => (each.as === 'begun' ? [each.id] : []));
    expect(begun.length).toBeGreaterThanOrEqual(10);
    expect((await used()) - before).toBe(begun.length * MEGABYTE);
    expect(await used()).toBeLessThanOrEqual((Math.ceil(before / MEGABYTE) + 10) * MEGABYTE);
    for (const each of all) if (each.as !== 'begun') expect(each).toEqual({ as: 'refused', why: 'quota' });
  });

  it('is what one file may have, at most', async () => {
    await decide('uploadMegabytes', 1);
    expect(await beginUpload(at.ada, telling('large.bin', MEGABYTE + 1))).toEqual({ as: 'refused', why: 'large' });
    expect(await at.begin('fits.bin', MEGABYTE)).toBeTruthy();
    // A form does not say how large each of its files is
    const id = await at.begin('unknown.bin', null, { most: 50 * MEGABYTE });
    expect(await send(at.ada, id, 0, Array(11).fill(randomBytes(100_000)))).toEqual({ as: 'refused', why: 'large' });
  });

  it('is what the disk has left, less what others were promised of it', async () => {
    await decide('uploadMegabytes', 100_000_000);
    const free = (await readUploadDesk(at.ada, null))?.room.free ?? 0;
    const most = Math.floor(free * 0.6);
    await at.begin('most.bin', most);
    expect(await beginUpload(at.ada, telling('more.bin', most))).toEqual({ as: 'refused', why: 'disk' });
    expect((await readUploadDesk(at.ada, null))?.room.free).toBeLessThan(free - most / 2);
    expect(await at.begin('some.bin', MEGABYTE)).toBeTruthy();
  });

  it('is taken once by bytes that are kept, and no longer by what was promised', async () => {
    const before = await used();
    await at.bring('kept.bin', randomBytes(1_000));
    await at.bring('again.bin', Buffer.alloc(700, 7));
    await at.bring('again too.bin', Buffer.alloc(700, 7));
    expect((await used()) - before).toBe(1_700);
  });

  it('is free again when an upload is cancelled, and so are its bytes', async () => {
    const before = await used();
    const id = await at.begin('cancel.bin', MEGABYTE);
    await send(at.ada, id, 0, randomBytes(100_000));
    expect((await used()) - before).toBe(MEGABYTE);
    expect(await cancelUpload(at.ada, id)).toBe(true);
    expect(await used()).toBe(before);
    expect(await standingOf(at.ada, id)).toEqual({ as: 'missing' });
    expect(await cancelUpload(at.ada, id)).toBe(false);
    const other = await at.begin('cancel.bin', MEGABYTE);
    await send(at.ada, other, 0, randomBytes(100_000));
    await restart();
    expect(await cancelUpload(at.ada, other), 'and after a restart').toBe(true);
    expect(await at.store.prune(new Date(Date.now() + 60_000))).toBe(0);
  });

  it('is free again when nobody went on with an upload for a day', async () => {
    const before = await used();
    const [left, going] = [await at.begin('left.bin', MEGABYTE), await at.begin('going.bin', MEGABYTE)];
    await send(at.ada, left, 0, randomBytes(10_000));
    await restart();
    await at.desk.sql`update upload set touched_at = now() - interval '25 hours' where id = ${left}`;
    expect(await forgetUploads(anonymous)).toBe(1);
    expect((await used()) - before).toBe(MEGABYTE);
    expect(await standingOf(at.ada, left)).toEqual({ as: 'missing' });
    expect(await standingOf(at.ada, going)).toMatchObject({ as: 'open' });
    await at.desk.sql`update upload set state = 'refused', most = 0, touched_at = now() - interval '2 days'`;
    expect(await forgetUploads(anonymous), 'what became of one is told for a week').toBe(0);
    await at.desk.sql`update upload set touched_at = now() - interval '8 days'`;
    expect(await forgetUploads(anonymous)).toBe(1);
  });

  it('loses nothing of an upload on its way to the sweeper, and everything of one that is long ago', async () => {
    const bytes = randomBytes(100_000);
    const id = await at.begin('swept.bin', bytes.length);
    await send(at.ada, id, 0, bytes.subarray(0, 60_000));
    await restart();
    await sweepDaily(null, at.desk.db);
    expect(await standingOf(at.ada, id)).toMatchObject({ as: 'open', offset: 49_152 });
    await restart();
    expect((await sweep(at.desk.db, at.store, -1)).temporaries).toBe(1);
    expect(await standingOf(at.ada, id)).toMatchObject({ as: 'open', offset: 0 });
  });
});

describe('bytes that cannot be written', () => {
  // Only root can mount a small disk
  it.runIf(process.getuid?.() === 0)('because the disk is full are let go, and the next upload is taken', async () => {
    const folder = join(at.dataDir, 'objects');
    await rename(folder, `${folder}.aside`);
    await mkdir(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]);
    try {
      const bytes = randomBytes(3 * MEGABYTE);
      const id = await at.begin('full.bin', bytes.length);
      const parts = Array.from({ length: 48 }, (_, i) => bytes.subarray(i * 65_536, (i + 1) * 65_536));
      expect(await send(at.ada, id, 0, parts)).toEqual({ as: 'refused', why: 'disk' });
      expect(await standingOf(at.ada, id)).toEqual({ as: 'refused', why: 'disk' });
      expect(await at.store.prune(new Date(Date.now() + 60_000)), 'the part is gone').toBe(0);
      const fileId = await at.bring('small.bin', bytes.subarray(0, MEGABYTE));
      expect((await at.bytesOf(fileId)).equals(bytes.subarray(0, MEGABYTE))).toBe(true);
      await at.desk.sql`delete from file where id = ${fileId}`;
      await at.desk.sql`delete from object where id not in (select object_id from file where object_id is not null)`;
    } finally {
      execFileSync('umount', [folder]);
      await rm(folder, { recursive: true });
      await rename(`${folder}.aside`, folder);
    }
  });

  it('because there is no key to encrypt them with are refused, and taken once it is back', async () => {
    const bytes = randomBytes(20_000);
    const id = await at.begin('locked.bin', bytes.length);
    const ring = process.env.KEY_RING ?? '';
    const patch = () =>
      takeTurn(at.ada, 'en', async () => {
        const { as } = await receive(at.ada, id, { offset: 0, source: Readable.from([bytes]) });
        return new Response(as);
      });
    await rename(ring, `${ring}.away`);
    try {
      const refused = await patch();
      expect([refused.status, refused.headers.get('x-refusal')]).toEqual([503, 'keys']);
      const sent = takeTurn(at.ada, 'en', async () => {
        await receiveForm(at.ada, FORM.type, 1_000_000, Readable.from([FORM.body]));
        return new Response();
      });
      expect((await sent).status, 'of a form too').toBe(503);
    } finally {
      await rename(`${ring}.away`, ring);
    }
    expect(await (await patch()).text()).toBe('done');
  });
});

const FORM = {
  type: 'multipart/form-data; boundary=b',
  body: Buffer.concat([
    Buffer.from('--b\r\ncontent-disposition: form-data; name="vault"\r\n\r\nalbum\r\n'),
    ...['one', 'two'].flatMap((name) => [
      Buffer.from(`--b\r\ncontent-disposition: form-data; name="files"; filename="${name}.bin"\r\n\r\n`),
      Buffer.alloc(500_000, name),
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--b--\r\n'),
  ]),
};

describe('a form', () => {
  it('brings its files one after the other, and tells of each what became of it', async () => {
    const sent = await receiveForm(at.ada, FORM.type, FORM.body.length, Readable.from([FORM.body]));
    expect(sent).toMatchObject({ files: 2 });
    const told = await readUploadDesk(at.ada, sent?.batch ?? null);
    expect(told?.batch).toMatchObject([
      { path: 'one.bin', state: 'done', received: 500_000 },
      { path: 'two.bin', state: 'done', received: 500_000 },
    ]);
    const again = await receiveForm(at.ada, FORM.type, FORM.body.length, Readable.from([FORM.body]));
    expect((await readUploadDesk(at.ada, again?.batch ?? null))?.batch).toMatchObject([
      { path: 'one.bin', state: 'refused', why: 'taken' },
      { path: 'two.bin', state: 'refused', why: 'taken' },
    ]);
  });

  it('with more files than it may bring says so, and brings the others', { timeout: 60_000 }, async () => {
    const body = Buffer.concat([
      FORM.body.subarray(0, FORM.body.indexOf('\r\n--b\r\ncontent-disposition: form-data; name="files"') + 2),
      ...Array.from({ length: FORM_FILES + 2 }, (_, i) =>
        Buffer.from(`--b\r\ncontent-disposition: form-data; name="files"; filename=".${i}"\r\n\r\nx\r\n`),
      ),
      Buffer.from('--b--\r\n'),
    ]);
    const sent = await receiveForm(at.ada, FORM.type, body.length, Readable.from([body]));
    expect(sent).toMatchObject({ files: FORM_FILES, more: true });
    const told = await readUploadDesk(at.ada, sent?.batch ?? null);
    expect(told?.batch).toHaveLength(FORM_FILES);
    expect(told?.batch[0]).toMatchObject({ path: '.0', state: 'refused', why: 'hidden' });
  });

  it('that is cut brings what came whole, and says which file did not', async () => {
    await at.desk.sql`delete from file where path in ('one.bin', 'two.bin')`;
    const cut = FORM.body.subarray(0, 700_000);
    const sent = await receiveForm(at.ada, FORM.type, FORM.body.length, Readable.from([cut]));
    expect((await readUploadDesk(at.ada, sent?.batch ?? null))?.batch).toMatchObject([
      { path: 'one.bin', state: 'done' },
      { path: 'two.bin', state: 'refused', why: 'cut' },
    ]);
    expect(await at.store.prune(new Date(Date.now() + 60_000))).toBe(0);
  });

  it.each([
    ['no form', 'text/plain', 'words'],
    ['without a boundary', 'multipart/form-data', 'words'],
    ['without parts', 'multipart/form-data; boundary=b', 'words'],
    ['empty', 'multipart/form-data; boundary=b', ''],
    ['broken in its head', 'multipart/form-data; boundary=b', '--b\r\ncontent-dispo'],
  ])('that is %s is no form', { timeout: 5_000 }, async (_what, type, body) => {
    expect(await receiveForm(at.ada, type, body.length, Readable.from([Buffer.from(body)]))).toBeNull();
  });

  it('for no vault brings nothing, and is read to its end', { timeout: 5_000 }, async () => {
    const body = Buffer.from(FORM.body.toString('latin1').replace('album', 'nowhere'), 'latin1');
    expect(await receiveForm(at.ada, FORM.type, body.length, Readable.from([body]))).toMatchObject({ files: 0 });
  });
});
