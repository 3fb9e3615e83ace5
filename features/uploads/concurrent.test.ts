import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '@/db/connection';
import { makePerson } from '@/features/people/testing/people';
import { importFolder } from '@/features/vaults/import';
import { standingOf } from './receive';
import { send, startUploading, type Uploading } from './testing/uploading';

let at: Uploading;
beforeAll(async () => {
  at = await startUploading({ 'Map.md': '[[map.bin]]\n', 'map.bin': 'of the folder' });
});
afterAll(() => at.clear());

describe('uploads at the same time', () => {
  it('of many people and files all arrive, each as it was sent', async () => {
    const people = await Promise.all(['Bo', 'Cy', 'Di'].map((name) => makePerson(at.desk, name, { role: 'editor' })));
    const all = await Promise.all(
      Array.from({ length: 24 }, async (_, i) => {
        const viewer = people[i % people.length] ?? at.ada;
        const bytes = randomBytes(20_000 + i * 3_001);
        const id = await at.begin(`many-${i}.bin`, bytes.length, { viewer });
        for (let offset = 0; offset < bytes.length; offset += 17_000)
          await send(viewer, id, offset, bytes.subarray(offset, offset + 17_000));
        const done = await standingOf(viewer, id);
        return { bytes, fileId: done.as === 'done' ? (done.fileId ?? '') : '' };
      }),
    );
    for (const { bytes, fileId } of all) expect((await at.bytesOf(fileId)).equals(bytes)).toBe(true);
    expect(await at.faults(true)).toEqual([]);
  });

  it('of the same content, to many places, leave it once', async () => {
    const bytes = randomBytes(60_000);
    const ids = await Promise.all(Array.from({ length: 8 }, (_, i) => at.begin(`same-${i}.bin`, bytes.length)));
    const all = await Promise.all(ids.map((id) => send(at.ada, id, 0, bytes)));
    for (const done of all) expect(done.as).toBe('done');
    expect(await at.desk.sql`select 1 from object where size = 60000`).toHaveLength(1);
    expect(await at.faults(true)).toEqual([]);
  });

  it('as an import wait for it, and what both have is decided by who is last', async () => {
    const other = connect(at.desk.url, { max: 2 });
    const id = await at.begin('map.bin', 8, { replace: true });
    await at.folder.write({ 'map.bin': 'changed there' });
    let imported: Promise<unknown> = Promise.resolve();
    const blocked = await other.db.transaction(async (tx) => {
      await tx.execute(`select pg_advisory_xact_lock(hashtext('vault'), hashtext('album'))`);
      imported = importFolder(at.desk.db, { folder: at.folder.path, slug: 'album', store: at.store });
      await pause(200);
      const sent = send(at.ada, id, 0, Buffer.from('uploaded'));
      await pause(200);
      return { sent };
    });
    await imported;
    expect(await blocked.sent).toMatchObject({ as: 'done' });
    const [row] = await at.desk.sql<{ id: string }[]>`select id from file where path = 'map.bin'`;
    expect((await at.bytesOf(row?.id ?? '')).toString()).toBe('uploaded');
    await at.publish();
    expect((await at.bytesOf(row?.id ?? '')).toString(), 'the folder is as that import saw it').toBe('uploaded');
    const versions = await at.desk.sql`select 1 from file_version where file_id = ${row?.id ?? ''}`;
    expect(versions).toHaveLength(1);
    await other.close();
  });
});
