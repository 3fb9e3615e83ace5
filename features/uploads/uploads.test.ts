import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/features/access/viewer';
import { readNote } from '@/features/notes/queries';
import { makePerson } from '@/features/people/testing/people';
import { type Desk, makeDesk, OPEN, PNG } from '@/features/vaults/testing/desk';
import { anonymous } from '../access/viewer';
import { readFilePage } from '../files/page';

import { beginUpload } from './begin';
import { receive, standingOf } from './receive';

let desk: Desk;
let ada: Person;
let bo: Person;
let dataDir: string;
const before = process.env.DATA_DIR;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'trastienda-uploads-'));
  process.env.DATA_DIR = dataDir;
  desk = await makeDesk();
  await desk.publish(
    await desk.folder('album', { ...OPEN, 'Ada.md': '![[cover.png]] [[plan.bin]] ![[old.png]]\n', 'old.png': PNG }),
  );
  ada = await makePerson(desk, 'Ada', { role: 'editor' });
  bo = await makePerson(desk, 'Bo', { role: 'editor' });
});
afterAll(async () => {
  await desk.clear();
  await rm(dataDir, { recursive: true, force: true });
  if (before === undefined) delete process.env.DATA_DIR;
  else process.env.DATA_DIR = before;
});

const BATCH = '00000000-0000-4000-8000-000000000001';
async function begin(
  name: string,
  size: number | null,
  more: { replace?: boolean; folder?: string; viewer?: Person } = {},
) {
  const { viewer = ada, folder = '', replace = false } = more;
  return beginUpload(viewer, {
    vault: 'album',
    folder,
    name,
    file: null,
    replace,
    batch: BATCH,
    size,
    most: size ?? 9_000_000,
  });
}
const send = (id: string, offset: number, bytes: Uint8Array, viewer = ada) =>
  receive(viewer, id, { offset, source: Readable.from([bytes]) });

describe('an upload', () => {
  it('becomes a file of its vault, encrypted, that notes lead to from then on', async () => {
    const bytes = randomBytes(300_000);
    const begun = await begin('plan.bin', bytes.length);
    if (begun.as !== 'begun') throw new Error(begun.as);
    expect(await send(begun.id, 0, bytes.subarray(0, 100_000))).toEqual({ as: 'open', offset: 100_000, size: 300_000 });
    expect(await send(begun.id, 0, bytes)).toEqual({ as: 'mismatch', offset: 100_000 });
    expect(await standingOf(bo, begun.id)).toEqual({ as: 'missing' });
    const done = await send(begun.id, 100_000, bytes.subarray(100_000));
    if (done.as !== 'done') throw new Error(done.as);
    const [row] = await desk.sql<{ object_id: string; sha256: string }[]>`
      select object_id, sha256 from file join object on object.id = object_id where file.id = ${done.fileId}`;
    expect(row?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    const page = await readFilePage(ada, done.fileId ?? '');
    expect(page).toMatchObject({ path: 'plan.bin', uploadedBy: 'Ada', size: 300_000, readers: [{ title: 'Ada' }] });
    expect((await readNote(anonymous, 'album', 'Ada'))?.html).toContain(`/files/${done.fileId}/plan.bin`);
  });
});
