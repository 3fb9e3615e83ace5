import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anonymous, type Person, type Viewer } from '@/features/access/viewer';
import { readNote } from '@/features/notes/queries';
import { makePerson } from '@/features/people/testing/people';
import { readSharedNote } from '@/features/shares/note';
import { findShare, findShareable, findSharedFile, listShares } from '@/features/shares/queries';
import { shareInput } from '@/features/shares/schema';
import { createShare, redeemShare } from '@/features/shares/write';
import { restart, startUploading, type Uploading } from '@/features/uploads/testing/uploading';
import { listFiles } from './directory';
import { countToBringBack, findRemoved, listRemoved, readFilePage } from './page';
import { findDownload } from './queries';
import { removeFile, restoreFile } from './removal';
import { letGoOfRemoved, REMOVED_DAYS } from './removed';
import { sweep } from './sweep';

let at: Uploading;
let mo: Person;
beforeAll(async () => {
  at = await startUploading({
    'Embeds.md': '![[plan.bin]] and ![[Ada]]\n',
    'Map.md': '[[map.bin]]\n',
    'map.bin': 'of the folder',
  });
  mo = await makePerson(at.desk, 'Mo');
});
afterAll(() => at.clear());

let plan: string;
beforeEach(async () => {
  await restart();
  await at.desk.sql`delete from file where path = 'plan.bin'`;
  plan = await at.bring('plan.bin', Buffer.from('a plan'));
});

const htmlOf = async (path: string, viewer: Viewer = anonymous) =>
  (await readNote(viewer, 'album', path))?.html ?? 'no note';
const age = (fileId: string, days: number) =>
  at.desk.sql`update file set removed_at = now() - make_interval(days => ${days}) where id = ${fileId}`;
const isKept = async (objectId: string) => (await at.desk.sql`select 1 from object where id = ${objectId}`).length > 0;
const objectOf = async (fileId: string) => {
  const [row] = await at.desk.sql<{ object_id: string }[]>`select object_id from file where id = ${fileId}`;
  return row?.object_id ?? '';
};
const lastChange = async () => {
  const [row] = await at.desk.sql<{ id: number; paths: string[] }[]>`
    select id, paths from cache_event order by id desc limit 1`;
  return row;
};

describe('a file that is removed', () => {
  it('is nowhere at once, for nobody, as if there had never been one', async () => {
    for (const path of ['Ada', 'Embeds']) expect(await htmlOf(path)).toContain(`/files/${plan}/`);
    const before = await lastChange();
    expect(await removeFile(at.ada, plan)).toBe(true);
    for (const viewer of [anonymous, mo, at.ada]) {
      expect(await findDownload(viewer, plan)).toBeNull();
      for (const path of ['Ada', 'Embeds']) expect(await htmlOf(path, viewer)).not.toContain(plan);
    }
    expect(await readFilePage(at.ada, plan)).toBeNull();
    expect((await listFiles(at.ada, { search: 'plan' }))?.files).toEqual([]);
    expect(await findShareable(at.ada, plan)).toBeNull();
    const change = await lastChange();
    expect(Number(change?.id)).toBeGreaterThan(Number(before?.id));
    for (const path of ['Ada', 'Embeds'])
      expect(
        change?.paths.some((each) => each.endsWith(`/${path}`)),
        path,
      ).toBe(true);
    expect(await removeFile(at.ada, plan), 'once').toBe(false);
  });

  it('is removed and brought back by whoever manages files only', async () => {
    for (const viewer of [anonymous, mo]) {
      expect(await removeFile(viewer, plan)).toBe(false);
      expect(await listRemoved(viewer)).toBeNull();
      expect(await countToBringBack(viewer)).toBe(0);
    }
    await removeFile(at.ada, plan);
    for (const viewer of [anonymous, mo]) {
      expect(await restoreFile(viewer, plan)).toBe(false);
      expect(await findRemoved(viewer, plan)).toBeNull();
    }
    expect(await listRemoved(at.ada)).toMatchObject([{ id: plan, removedBy: 'Ada', inFolder: false }]);
    expect(await countToBringBack(at.ada)).toBe(1);
    expect(await findRemoved(at.ada, plan)).toMatchObject({ path: 'plan.bin', size: 6 });
  });

  it('comes back at its address, with what led to it', async () => {
    await removeFile(at.ada, plan);
    await sweep(at.desk.db, at.store, -1);
    await sweep(at.desk.db, at.store, -1);
    expect(await restoreFile(at.ada, plan)).toBe(true);
    expect((await at.bytesOf(plan)).toString()).toBe('a plan');
    for (const path of ['Ada', 'Embeds']) expect(await htmlOf(path)).toContain(`/files/${plan}/plan.bin`);
    expect(await findDownload(anonymous, plan)).toMatchObject({ name: 'plan.bin' });
    expect(await restoreFile(at.ada, plan)).toBe(false);
    const audited = await at.desk.sql<{ action: string }[]>`
      select action from audit where subject_id = ${plan} order by id desc limit 2`;
    expect(audited.map(({ action }) => action)).toEqual(['file.restore', 'file.remove']);
  });

  it('stays removed while its folder has it unchanged, and comes back when it changes there', async () => {
    const [row] = await at.desk.sql<{ id: string }[]>`select id from file where path = 'map.bin'`;
    const map = row?.id ?? '';
    await removeFile(at.ada, map);
    expect(await findRemoved(at.ada, map)).toMatchObject({ inFolder: true });
    expect((await at.publish()).event).toBeNull();
    expect(await htmlOf('Map')).not.toContain(map);
    await at.folder.write({ 'map.bin': 'changed' });
    await at.publish();
    expect(await htmlOf('Map')).toContain(map);
    expect((await at.bytesOf(map)).toString()).toBe('changed');
  });

  it('long ago is let go with its bytes, but for what its folder still has', async () => {
    const [row] = await at.desk.sql<{ id: string }[]>`select id from file where path = 'map.bin'`;
    const map = row?.id ?? '';
    await at.bring('map.bin', Buffer.from('uploaded'), { replace: true });
    const objects = [await objectOf(plan), await objectOf(map)];
    for (const id of [plan, map]) await removeFile(at.ada, id);
    await age(plan, REMOVED_DAYS - 1);
    expect(await letGoOfRemoved(at.desk.db)).toBe(0);
    for (const id of [plan, map]) await age(id, REMOVED_DAYS + 1);
    expect(await letGoOfRemoved(at.desk.db)).toBe(2);
    expect(await letGoOfRemoved(at.desk.db), 'once').toBe(0);
    await sweep(at.desk.db, at.store, -1);
    await sweep(at.desk.db, at.store, -1);
    for (const id of objects) expect(await isKept(id)).toBe(false);
    expect(await at.faults(true)).toEqual([]);
    for (const id of [plan, map]) expect(await restoreFile(at.ada, id)).toBe(false);
    expect(await at.desk.sql`select id from file where id = ${plan}`).toHaveLength(0);
    await at.publish();
    expect(await htmlOf('Map'), 'an import does not bring it back').not.toContain('/files/');
    expect(await at.desk.sql`select id from file where id = ${map} and removed_at is not null`).toHaveLength(1);
    await at.folder.write({ 'map.bin': 'changed again' });
    await at.publish();
    expect((await at.bytesOf(map)).toString(), 'but a change there does').toBe('changed again');
  });
});

describe('share links to a file that is removed', () => {
  const device = { address: '127.0.0.1', agent: 'a browser' };
  async function share(target: string) {
    const made = await createShare(at.ada, shareInput.parse({ target, days: '7' }));
    if (!made) throw new Error('not made');
    const redeemed = await redeemShare(anonymous, { id: made.id, password: '' }, device);
    if (redeemed.as !== 'open') throw new Error(redeemed.as);
    return { id: made.id, token: made.href.slice('/s/'.length), taken: redeemed.token };
  }

  it('are closed as long as it is, and open again when it is back', async () => {
    const { id, token, taken } = await share(plan);
    expect(await findSharedFile(anonymous, id, taken)).not.toBeNull();
    await removeFile(at.ada, plan);
    expect(await findSharedFile(anonymous, id, taken)).toBeNull();
    expect(await findShare(anonymous, token)).toMatchObject({ state: 'removed' });
    expect(await redeemShare(anonymous, { id, password: '' }, device)).toMatchObject({ as: 'gone' });
    expect(await listShares(at.ada)).toContainEqual(
      expect.objectContaining({ id, state: 'removed', name: 'plan.bin' }),
    );
    await restoreFile(at.ada, plan);
    expect(await findShare(anonymous, token)).toMatchObject({ state: 'open' });
    expect(await findSharedFile(anonymous, id, taken)).not.toBeNull();
  });

  it('of a note no longer give the file', async () => {
    const [note] = await at.desk.sql<{ id: number }[]>`select id from note where path = 'Ada.md'`;
    const { id, token, taken } = await share(String(note?.id));
    const html = async () => (await readSharedNote(anonymous, id, taken, `/s/${token}`))?.html;
    expect(await html()).toContain('plan.bin');
    expect(await findSharedFile(anonymous, id, taken, plan)).not.toBeNull();
    await removeFile(at.ada, plan);
    expect(await html()).not.toContain(plan);
    expect(await findSharedFile(anonymous, id, taken, plan)).toBeNull();
  });
});
