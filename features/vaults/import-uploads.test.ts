import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examine, isHealthy } from '@/features/files/examine';
import { readFilePage } from '@/features/files/page';
import { removeFile, restoreVersion } from '@/features/files/removal';
import { sweep } from '@/features/files/sweep';
import { startUploading, type Uploading } from '@/features/uploads/testing/uploading';
import { exportVault } from './export';
import { importPaths } from './import-paths';

let at: Uploading;
beforeEach(async () => {
  at = await startUploading({
    'Map.md': '[[map.bin]] [[new.bin]]\n',
    'map.bin': 'of the folder',
    'unasked.bin': 'no note names it',
  });
});
afterEach(async () => {
  await sweep(at.desk.db, at.store, -1);
  const found = await examine(at.desk.db, at.store, { graceSeconds: 0 });
  expect(isHealthy(found), JSON.stringify(found.findings)).toBe(true);
  await at.clear();
});
const exported: string[] = [];
afterAll(() => Promise.all(exported.map((folder) => rm(folder, { recursive: true }))));

const fileAt = async (path: string) => {
  const [row] = await at.desk.sql<{ id: string; uploaded: boolean; folder_size: string | null }[]>`
    select id, uploaded, folder_size from file where path = ${path}`;
  return row;
};
const textOf = async (path: string) => (await at.bytesOf((await fileAt(path))?.id ?? '')).toString();
const versionsOf = async (path: string) =>
  (await readFilePage(at.ada, (await fileAt(path))?.id ?? ''))?.versions.length;
const problemsOf = ({ report }: Awaited<ReturnType<Uploading['publish']>>) =>
  report.problems.map(({ path, problem }) => `${path}: ${problem}`);
const upload = (name: string, text: string) => at.bring(name, Buffer.from(text), { replace: true });

describe('an import of a vault that files were uploaded to', () => {
  it('of an unchanged folder writes nothing', async () => {
    await upload('plan.bin', 'uploaded');
    await upload('map.bin', 'uploaded');
    await upload('unasked.bin', 'uploaded');
    await removeFile(at.ada, await upload('gone.bin', 'uploaded'));
    const rows = () => at.desk.sql`select * from file order by id`;
    const before = await rows();
    for (let i = 0; i < 2; i++) {
      const { report, event } = await at.publish();
      expect(event).toBeNull();
      expect(report.changed).toMatchObject({ added: 0, updated: 0, removed: 0 });
      expect(report.accounted).toBe(report.read);
      expect(report.problems).toEqual([]);
    }
    expect(await rows()).toEqual(before);
    expect(await versionsOf('map.bin')).toBe(1);
  });

  it('takes what changed in the folder, and keeps the upload as an earlier version', async () => {
    const id = await upload('map.bin', 'uploaded');
    await at.folder.write({ 'map.bin': 'changed there' });
    const done = await at.publish();
    expect(problemsOf(done)).toEqual([expect.stringContaining('map.bin: the folder has a newer one')]);
    expect(done.event).not.toBeNull();
    expect(await fileAt('map.bin')).toMatchObject({ id, uploaded: false });
    expect(await textOf('map.bin')).toBe('changed there');
    const page = await readFilePage(at.ada, id);
    expect(page).toMatchObject({ uploaded: false, uploadedBy: null });
    expect(page?.versions.map(({ size }) => size)).toEqual([8, 13]);
    expect(await restoreVersion(at.ada, id, page?.versions[0]?.id ?? 0)).toBe(true);
    expect(await textOf('map.bin')).toBe('uploaded');
    expect((await at.publish()).event, 'and that is left alone').toBeNull();
    expect(await textOf('map.bin')).toBe('uploaded');
  });

  it('takes a change of a single file in the same way', async () => {
    await upload('map.bin', 'uploaded');
    await at.folder.write({ 'map.bin': 'changed there' });
    await importPaths(at.desk.db, { folder: at.folder.path, slug: 'album', store: at.store }, ['map.bin']);
    expect(await textOf('map.bin')).toBe('changed there');
    expect(await versionsOf('map.bin')).toBe(2);
  });

  it('takes what is new in the folder where a file was uploaded', async () => {
    const id = await upload('new.bin', 'uploaded');
    await at.folder.write({ 'new.bin': 'from the folder' });
    const done = await at.publish();
    expect(problemsOf(done)).toEqual([expect.stringContaining('new.bin: the folder has a newer one')]);
    expect(await fileAt('new.bin')).toMatchObject({ id, uploaded: false });
    expect(await textOf('new.bin')).toBe('from the folder');
    expect(await versionsOf('new.bin')).toBe(1);
  });

  it('leaves an upload where the folder no longer has what it took the place of', async () => {
    const id = await upload('map.bin', 'uploaded');
    await at.folder.remove('map.bin', 'unasked.bin');
    const { report } = await at.publish();
    expect(report.removed, 'what is still there is not told to be gone').toEqual(['unasked.bin']);
    expect(await fileAt('map.bin')).toMatchObject({ id, uploaded: true, folder_size: null });
    expect(await textOf('map.bin')).toBe('uploaded');
    expect((await at.publish()).event).toBeNull();
    expect(await fileAt('unasked.bin')).toBeUndefined();
  });

  it('leaves what was uploaded when no note names it any more', async () => {
    await upload('plan.bin', 'uploaded');
    await at.folder.write({ 'Ada.md': 'nothing\n' });
    await at.publish();
    expect(await textOf('plan.bin')).toBe('uploaded');
  });
});

describe('an export', () => {
  it('has what was uploaded, byte for byte, with its time, and nothing that was removed', async () => {
    const bytes = randomBytes(200_000);
    await at.bring('plan.bin', bytes);
    await at.bring('deep/lonely.bin', bytes.subarray(1), { folder: 'a' });
    await upload('map.bin', 'uploaded');
    await removeFile(at.ada, await upload('gone.bin', 'uploaded'));
    const began = Date.now();
    await at.desk.sql`update file set modified = 1000 where path = 'plan.bin'`;
    await upload('plan.bin', 'newer');
    const folder = await mkdtemp(join(tmpdir(), 'trastienda-export-'));
    exported.push(folder);
    const done = await exportVault(at.desk.db, { vault: 'album', folder, store: at.store });
    expect(done.left).toEqual(['unasked.bin']);
    expect(await readFile(join(folder, 'plan.bin'), 'utf8')).toBe('newer');
    expect((await stat(join(folder, 'plan.bin'))).mtimeMs).toBeGreaterThanOrEqual(began);
    expect((await readFile(join(folder, 'a/lonely.bin'))).equals(bytes.subarray(1))).toBe(true);
    expect(await readFile(join(folder, 'map.bin'), 'utf8')).toBe('uploaded');
    await expect(stat(join(folder, 'gone.bin'))).rejects.toThrow('ENOENT');
  });
});
