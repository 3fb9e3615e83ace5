import { randomBytes } from 'node:crypto';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listKeys, removeKey, rotateKeys } from '@/features/keys/rotate';
import { CHUNK_BYTES, HEADER_BYTES, SEALED_BYTES } from '@/lib/crypto/cobblestone';
import { cancelUpload, receive, standingOf } from './receive';
import { hashOf, restart, send, sendAndCut, startUploading, type Uploading } from './testing/uploading';

let at: Uploading;
beforeAll(async () => {
  at = await startUploading();
});
afterAll(() => at.clear());

type Sealed = { object_id: string; version: number; kek_id: string; wrapped_dek: Buffer };
async function sealed(id: string): Promise<Sealed> {
  const [row] = await at.desk.sql<
    Sealed[]
  >`select object_id, version, kek_id, wrapped_dek from upload where id = ${id}`;
  if (!row) throw new Error('no such upload');
  return row;
}
const folderOf = ({ object_id }: Sealed) => join(at.dataDir, 'objects', object_id.slice(0, 2));
const partOf = (row: Sealed) => join(folderOf(row), `.${row.object_id}.${row.version}.part`);
const namesOf = async (row: Sealed) =>
  (await readdir(folderOf(row))).filter((name) => name.includes(row.object_id)).sort();
async function finish(id: string, offset: number, bytes: Buffer): Promise<void> {
  const done = await send(at.ada, id, offset, bytes.subarray(offset));
  if (done.as !== 'done') throw new Error(JSON.stringify(done));
  expect(hashOf(await at.bytesOf(done.fileId ?? ''))).toBe(hashOf(bytes));
}
async function offsetOf(id: string): Promise<number> {
  const standing = await standingOf(at.ada, id);
  if (standing.as !== 'open') throw new Error(JSON.stringify(standing));
  return standing.offset;
}

describe('an upload that was cut', () => {
  it('goes on from its last byte while the process lasts', async () => {
    const bytes = randomBytes(200_000);
    const id = await at.begin('cut.bin', bytes.length);
    expect(await sendAndCut(at.ada, id, 0, bytes.subarray(0, 70_001))).toMatchObject({ as: 'open', offset: 70_001 });
    expect(await offsetOf(id)).toBe(70_001);
    await finish(id, 70_001, bytes);
    expect(await at.faults(true)).toEqual([]);
  });

  it('goes on after a restart from its last whole chunk, in new bytes under a new key', async () => {
    const bytes = randomBytes(10 * CHUNK_BYTES + 77);
    const id = await at.begin('restarted.bin', bytes.length);
    await sendAndCut(at.ada, id, 0, bytes.subarray(0, 7 * CHUNK_BYTES + 5));
    const before = await sealed(id);
    const written = await readFile(partOf(before));
    await restart();
    expect(await offsetOf(id)).toBe(7 * CHUNK_BYTES);
    const after = await sealed(id);
    expect(after.version).toBe(before.version + 1);
    expect(after.wrapped_dek.equals(before.wrapped_dek)).toBe(false);
    expect(await namesOf(after), 'the old bytes are gone').toEqual([`.${after.object_id}.${after.version}.part`]);
    const again = await readFile(partOf(after));
    expect(again.subarray(HEADER_BYTES, 200).equals(written.subarray(HEADER_BYTES, 200))).toBe(false);
    await finish(id, 7 * CHUNK_BYTES, bytes);
    expect(await at.faults(true)).toEqual([]);
  });

  it('goes on after any number of restarts', async () => {
    const bytes = randomBytes(6 * CHUNK_BYTES);
    const id = await at.begin('often.bin', bytes.length);
    for (let offset = 0, i = 1; i <= 5; i++, offset = await offsetOf(id)) {
      await send(at.ada, id, offset, bytes.subarray(offset, i * CHUNK_BYTES + i));
      await restart();
    }
    expect(await offsetOf(id)).toBe(5 * CHUNK_BYTES);
    await finish(id, 5 * CHUNK_BYTES, bytes);
  });

  const whole = 3;
  const endsAt = HEADER_BYTES + whole * SEALED_BYTES;
  it.each([
    ['nothing', 0, 0],
    ['a part of its head', HEADER_BYTES - 1, 0],
    ['its head', HEADER_BYTES, 0],
    ['a part of a chunk', HEADER_BYTES + SEALED_BYTES - 1, 0],
    ['one chunk', HEADER_BYTES + SEALED_BYTES, 1],
    ['all but a byte', endsAt - 1, whole - 1],
    ['all', endsAt, whole],
  ])('of which the disk kept %s goes on from the last whole chunk', async (_what, left, chunks) => {
    const bytes = randomBytes(whole * CHUNK_BYTES + 100);
    const id = await at.begin(`torn-${left}.bin`, bytes.length);
    await send(at.ada, id, 0, bytes.subarray(0, whole * CHUNK_BYTES + 50));
    const row = await sealed(id);
    await restart();
    await truncate(partOf(row), left);
    expect(await offsetOf(id)).toBe(chunks * CHUNK_BYTES);
    await finish(id, chunks * CHUNK_BYTES, bytes);
  });

  it.each([
    ['its head', 3, 0],
    ['its first chunk', HEADER_BYTES + 9, 0],
    ['its second chunk', HEADER_BYTES + SEALED_BYTES + 9, 1],
    ['its last tag', endsAt - 1, 2],
  ])('of which a bit is wrong in %s goes on from the last authentic chunk', async (_what, where, chunks) => {
    const bytes = randomBytes(whole * CHUNK_BYTES + 100);
    const id = await at.begin(`flipped-${where}.bin`, bytes.length);
    await send(at.ada, id, 0, bytes.subarray(0, whole * CHUNK_BYTES + 50));
    const row = await sealed(id);
    await restart();
    const stored = await readFile(partOf(row));
    stored[where] = (stored[where] ?? 0) ^ 4;
    await writeFile(partOf(row), stored);
    expect(await offsetOf(id)).toBe(chunks * CHUNK_BYTES);
    await finish(id, chunks * CHUNK_BYTES, bytes);
  });

  it('begins anew when what was written is gone', async () => {
    const bytes = randomBytes(40_000);
    const id = await at.begin('gone.bin', bytes.length);
    await send(at.ada, id, 0, bytes.subarray(0, 30_000));
    await restart();
    expect(await at.store.prune(new Date(Date.now() + 60_000))).toBeGreaterThan(0);
    expect(await offsetOf(id)).toBe(0);
    await finish(id, 0, bytes);
  });

  it('goes on where the process ended in the middle of reading it back', async () => {
    const bytes = randomBytes(3 * CHUNK_BYTES);
    const id = await at.begin('twice.bin', bytes.length);
    await send(at.ada, id, 0, bytes.subarray(0, 2 * CHUNK_BYTES));
    const row = await sealed(id);
    await restart();
    await writeFile(partOf({ ...row, version: row.version + 1 }), 'begun, and no row names it');
    expect(await offsetOf(id)).toBe(2 * CHUNK_BYTES);
    await finish(id, 2 * CHUNK_BYTES, bytes);
  });

  it('is finished when all of it had come, and only its row was missing', async () => {
    const bytes = randomBytes(2 * CHUNK_BYTES + 3);
    for (const ask of ['look', 'send'] as const) {
      const id = await at.begin(`late-${ask}.bin`, bytes.length);
      await send(at.ada, id, 0, bytes.subarray(0, 2 * CHUNK_BYTES));
      await keepWithoutRow(id, bytes);
      await restart();
      const done = await (ask === 'look' ? standingOf(at.ada, id) : send(at.ada, id, bytes.length, Buffer.alloc(0)));
      expect(done).toMatchObject({ as: 'done', size: bytes.length });
      expect((await at.bytesOf(done.as === 'done' ? (done.fileId ?? '') : '')).equals(bytes)).toBe(true);
      expect(await at.faults(true)).toEqual([]);
      bytes[0] = 1 - (bytes[0] ?? 0); // else the content is known already
    }
  });

  it('opens with the ring that it was begun with, whichever key is the primary one by now', async () => {
    const bytes = randomBytes(5 * CHUNK_BYTES);
    const [open, resumed] = [await at.begin('open.bin', bytes.length), await at.begin('again.bin', bytes.length - 1)];
    for (const id of [open, resumed]) await send(at.ada, id, 0, bytes.subarray(0, 3 * CHUNK_BYTES));
    const old = (await sealed(open)).kek_id;
    await rotateKeys(at.desk.db);
    expect((await sealed(open)).kek_id).not.toBe(old);
    expect(await listKeys(at.desk.db)).toContainEqual({ id: old, primary: false, uses: 0 });
    await removeKey(at.desk.db, old);
    await finish(open, 3 * CHUNK_BYTES, bytes); // whose writer this process holds since before
    await restart();
    await finish(resumed, await offsetOf(resumed), bytes.subarray(0, -1));
    expect(await at.faults()).toEqual([]);
  });
});

/** Makes the bytes of an upload whole and durable, as a process that ends before it writes their row. */
async function keepWithoutRow(id: string, bytes: Buffer): Promise<void> {
  const live = globalThis.trastiendaUploads?.get(id);
  await live?.writer?.take(bytes.subarray(live.writer.received()));
  await live?.writer?.keep();
}

describe('a second request for the same upload', () => {
  it('ends the first, and nothing is lost or comes twice', async () => {
    const bytes = randomBytes(400_000);
    const id = await at.begin('second.bin', bytes.length);
    const source = new Readable({ read: () => {} });
    const first = receive(at.ada, id, { offset: 0, source });
    source.push(bytes.subarray(0, 150_000));
    await pause(100);
    const began = performance.now();
    const offset = await offsetOf(id);
    expect(performance.now() - began, 'it does not wait for the first to be done').toBeLessThan(2_000);
    expect(await first).toMatchObject({ as: 'open', offset });
    expect(offset).toBe(150_000);
    expect(source.destroyed).toBe(true);
    await finish(id, offset, bytes);
  });

  it('at the same moment is taken after it, and told where it is', async () => {
    const bytes = randomBytes(90_000);
    const id = await at.begin('crowd.bin', bytes.length);
    const all = await Promise.all(Array.from({ length: 8 }, () => send(at.ada, id, 0, bytes)));
    expect(all.filter(({ as }) => as === 'done').length).toBeGreaterThan(0);
    const [row] = await at.desk.sql<{ n: number }[]>`select count(*)::int as n from file where path = 'crowd.bin'`;
    expect(row?.n).toBe(1);
    const done = await standingOf(at.ada, id);
    expect((await at.bytesOf(done.as === 'done' ? (done.fileId ?? '') : '')).equals(bytes)).toBe(true);
  });

  it('finds nothing more of one that was cancelled while it was sent', async () => {
    const bytes = randomBytes(100_000);
    const id = await at.begin('cancelled.bin', bytes.length);
    const source = new Readable({ read: () => {} });
    source.push(bytes.subarray(0, 50_000));
    const first = receive(at.ada, id, { offset: 0, source });
    await pause(50);
    expect(await cancelUpload(at.ada, id)).toBe(true);
    expect((await first).as).toBe('open');
    expect(await standingOf(at.ada, id)).toEqual({ as: 'missing' });
    expect(await at.store.prune(new Date(Date.now() + 60_000))).toBe(0);
  });
});
