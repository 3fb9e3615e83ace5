import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweep } from '@/features/files/sweep';
import { standingOf } from './receive';
import { act } from './testing/act';
import { send, startUploading, type Uploading } from './testing/uploading';

let at: Uploading;
beforeAll(async () => {
  at = await startUploading();
});
afterAll(() => at.clear());

/** Whether a program's calls to the system can be made to fail here. */
const traces = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

describe.runIf(traces)('a disk that fails', { timeout: 60_000 }, () => {
  it.each([
    ['to keep what was written', ['-e', 'inject=fsync:error=EIO:when=1+']],
    ['to keep that it has a name', ['-e', 'inject=fsync:error=EIO:when=2+']],
    ['to give it its name', ['-e', 'inject=rename:error=EIO:when=1+']],
    ['to write', ['-e', 'inject=pwritev:error=EIO:when=1+']],
  ])('%s has the upload fail without a row, and the next attempt finish it', async (_what, faults) => {
    const bytes = randomBytes(80_000);
    const id = await at.begin(`io-${randomBytes(4).toString('hex')}.bin`, bytes.length);
    const deed = { do: 'upload', id, offset: 0, bytes: bytes.toString('base64') } as const;
    const strace = ['strace', '-f', '-o', '/dev/null', '-e', 'trace=fsync,rename,pwritev', ...faults];
    await expect(act(at, deed, 0, strace)).rejects.toThrow('EIO');
    const [row] = await at.desk.sql<{ state: string }[]>`select state from upload where id = ${id}`;
    expect(row?.state).toBe('open');
    expect(await at.desk.sql`select 1 from object where size = ${bytes.length}`).toHaveLength(0);
    expect(await at.faults()).toEqual([]);
    const standing = await standingOf(at.ada, id);
    const offset = standing.as === 'open' ? standing.offset : bytes.length;
    const done = standing.as === 'open' ? await send(at.ada, id, offset, bytes.subarray(offset)) : standing;
    expect((await at.bytesOf(done.as === 'done' ? (done.fileId ?? '') : '')).equals(bytes)).toBe(true);
    await at.desk.sql`delete from file where path like 'io-%'`;
    for (let i = 0; i < 2; i++) await sweep(at.desk.db, at.store, -1);
    expect(await at.faults(true)).toEqual([]);
  });
});
