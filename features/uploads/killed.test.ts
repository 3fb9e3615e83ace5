import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFile, restoreFile } from '@/features/files/removal';
import { sweep } from '@/features/files/sweep';
import { rotateKeys } from '@/features/keys/rotate';
import { standingOf } from './receive';
import { act } from './testing/act';
import type { Deed } from './testing/dying';
import { hashOf, restart, send, startUploading, type Uploading } from './testing/uploading';

/** At how many of its steps each thing is killed; `KILLS=1000` is each of them. */
const KILLS = Number(process.env.KILLS ?? 4);

let at: Uploading;
beforeAll(async () => {
  at = await startUploading();
});
afterAll(() => at.clear());

const die = (deed: Deed, n: number) => act(at, deed, n);

/**
 * Has it done once undisturbed, and then killed at steps spread over all that there were. `prepare` makes what it is done to, and
 * `finish` does again what was cut off and says what is to be true then.
 */
async function killAtEach(prepare: () => Promise<Deed>, finish: (deed: Deed) => Promise<void>): Promise<void> {
  const first = await prepare();
  const steps = await die(first, 0);
  await finish(first);
  if (steps === null) throw new Error('killed at no step');
  expect(steps).toBeGreaterThan(3);
  const times = Math.min(KILLS, steps);
  for (let i = 0; i < times; i++) {
    const n = 1 + Math.floor((i * (steps - 1)) / Math.max(1, times - 1));
    const deed = await prepare();
    const lived = await die(deed, n);
    if (lived !== null) expect(lived, 'one step more or less').toBeLessThan(n);
    expect(await at.faults(), `killed at step ${n} of ${steps}`).toEqual([]);
    await expectReadable();
    await finish(deed);
    await sweep(at.desk.db, at.store, -1);
    expect(await at.faults(true), `swept after step ${n} of ${steps}`).toEqual([]);
    expect(await at.store.prune(new Date(Date.now() + 60_000))).toBe(0);
  }
}

/** Every row's bytes are those whose hash it keeps. */
async function expectReadable(): Promise<void> {
  const rows = await at.desk.sql<{ id: string; sha256: string }[]>`select id, sha256 from object`;
  for (const { id, sha256 } of rows) expect(hashOf(await at.desk.bytes(id, at.store))).toBe(sha256);
}

const fresh = () => randomBytes(80_000);
const sending = (id: string, bytes: Buffer, offset = 0): Deed => ({
  do: 'upload',
  id,
  offset,
  bytes: bytes.subarray(offset).toString('base64'),
});

/** Goes on with an upload wherever it is, and returns its file. */
async function goOn(id: string, bytes: Buffer): Promise<string> {
  const standing = await standingOf(at.ada, id);
  const { offset } = standing.as === 'open' ? standing : { offset: bytes.length };
  const done = standing.as === 'open' ? await send(at.ada, id, offset, bytes.subarray(offset)) : standing;
  if (done.as !== 'done') throw new Error(JSON.stringify(done));
  expect((await at.bytesOf(done.fileId ?? '')).equals(bytes)).toBe(true);
  return done.fileId ?? '';
}

describe('a process that is killed at any step', { timeout: 600_000 }, () => {
  it('of an upload leaves no row without bytes, and the upload goes on', async () => {
    let bytes = fresh();
    let made = 0;
    let id = '';
    const prepare = async () => {
      bytes = fresh();
      id = await at.begin(`new-${made++}.bin`, bytes.length);
      return sending(id, bytes);
    };
    await killAtEach(prepare, async () => void (await goOn(id, bytes)));
  });

  it('of going on with one that an earlier process began', async () => {
    let bytes = fresh();
    let made = 0;
    let id = '';
    const prepare = async () => {
      bytes = fresh();
      id = await at.begin(`again-${made++}.bin`, bytes.length);
      await send(at.ada, id, 0, bytes.subarray(0, 60_000));
      await restart();
      return sending(id, bytes, 3 * 16_384);
    };
    await killAtEach(prepare, async () => void (await goOn(id, bytes)));
  });

  it('of replacing a file leaves the old or the new, and the old as an earlier version', async () => {
    const file = await at.bring('replaced.bin', fresh());
    let before: Buffer = fresh();
    let bytes = fresh();
    let id = '';
    const prepare = async () => {
      before = await at.bytesOf(file);
      bytes = fresh();
      id = await at.begin('replaced.bin', bytes.length, { replace: true });
      return sending(id, bytes);
    };
    await killAtEach(prepare, async () => {
      const now = await at.bytesOf(file);
      expect(now.equals(before) || now.equals(bytes)).toBe(true);
      expect(await goOn(id, bytes)).toBe(file);
      const [version] = await at.desk.sql<{ object_id: string }[]>`
        select object_id from file_version where file_id = ${file} order by id desc limit 1`;
      expect((await at.desk.bytes(version?.object_id ?? '', at.store)).equals(before)).toBe(true);
    });
  });

  it('of bringing what is there already leaves it once', async () => {
    const bytes = fresh();
    await at.bring('known.bin', bytes);
    let made = 0;
    let id = '';
    const prepare = async () => {
      id = await at.begin(`known-${made++}.bin`, bytes.length);
      return sending(id, bytes);
    };
    await killAtEach(prepare, async () => {
      await goOn(id, bytes);
      const rows = await at.desk.sql`select 1 from object where sha256 = ${hashOf(bytes)}`;
      expect(rows).toHaveLength(1);
    });
  });

  it('of a removal, and of its undoing, leaves the file there or not', async () => {
    const bytes = fresh();
    const file = await at.bring('removed.bin', bytes);
    const isRemoved = async () =>
      (await at.desk.sql`select 1 from file where id = ${file} and removed_at is not null`).length > 0;
    for (const [todo, undo, again] of [
      ['remove', restoreFile, removeFile],
      ['restore', removeFile, restoreFile],
    ] as const) {
      const before = todo === 'restore';
      const prepare = async (): Promise<Deed> => {
        if ((await isRemoved()) !== before) await undo(at.ada, file);
        return { do: todo, file };
      };
      await killAtEach(prepare, async () => {
        if ((await isRemoved()) === before) expect(await again(at.ada, file)).toBe(true);
        expect(await isRemoved()).toBe(!before);
        expect((await at.bytesOf(file)).equals(bytes)).toBe(true);
      });
    }
  });

  it('of turning back to an earlier version leaves both, one of them as the file', async () => {
    const [one, other] = [fresh(), fresh()];
    const file = await at.bring('turned.bin', one);
    await at.bring('turned.bin', other, { replace: true });
    const prepare = async (): Promise<Deed> => {
      const [row] = await at.desk.sql<{ id: number }[]>`select id from file_version where file_id = ${file}`;
      return { do: 'turn back', file, version: Number(row?.id) };
    };
    await killAtEach(prepare, async () => {
      const rows = await at.desk.sql<{ object_id: string }[]>`
        select object_id from file_version where file_id = ${file}
        union all select object_id from file where id = ${file}`;
      const found = await Promise.all(rows.map(async (row) => hashOf(await at.desk.bytes(row.object_id, at.store))));
      expect(found.sort()).toEqual([hashOf(one), hashOf(other)].sort());
    });
  });

  it('of a rotation of keys leaves everything readable, an upload on its way too', async () => {
    let bytes = fresh();
    let made = 0;
    let id = '';
    const prepare = async (): Promise<Deed> => {
      bytes = fresh();
      id = await at.begin(`rotated-${made++}.bin`, bytes.length);
      await send(at.ada, id, 0, bytes.subarray(0, 60_000));
      return { do: 'rotate' };
    };
    await killAtEach(prepare, async () => {
      await rotateKeys(at.desk.db);
      await restart();
      await goOn(id, bytes);
    });
  });
});
