import { createHash } from 'node:crypto';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import { findDownload } from '@/features/files/queries';
import { readNote } from '@/features/notes/queries';
import { type Desk, GIF, makeDesk, OPEN, OTHER_PNG, PNG } from './testing/desk';
import type { Folder } from './testing/folder';

let desk: Desk;
let folder: Folder;
beforeAll(async () => {
  desk = await makeDesk();
  folder = await desk.folder('album', {
    ...OPEN,
    'Ada.md': '![[seal.png]] ![[copies/seal.png]] ![[wrong.png]] ![[misnamed.jpg]] [[paper.docx]]\n',
    'Bo.md': 'Bo\n',
    'seal.png': PNG,
    'copies/seal.png': PNG,
    'wrong.png': '<script>alert(1)</script>',
    'misnamed.jpg': GIF,
    'paper.docx': 'PK',
    'unused.png': OTHER_PNG,
  });
  await desk.publish(folder);
});
afterAll(() => desk.clear());

type Row = {
  id: string;
  object_id: string | null;
  media_type: string;
  width: number | null;
  height: number | null;
  size: number;
};
async function file(path: string): Promise<Row> {
  const [row] = await desk.sql<
    Row[]
  >`select id, object_id, media_type, width, height, size::int from file where path = ${path}`;
  if (!row) throw new Error(`There is no file ${path}.`);
  return row;
}
const bytes = async (path: string) => desk.bytes((await file(path)).object_id);
const count = async () => {
  let objects = 0;
  for await (const _ of desk.store.list()) objects++;
  return objects;
};

describe('a file that a note refers to', () => {
  it('is kept once for all files of its bytes, each name its own (V57)', async () => {
    const [one, other] = [await file('seal.png'), await file('copies/seal.png')];
    expect(one.object_id).toBe(other.object_id);
    expect(one.id).not.toBe(other.id);
    expect(await bytes('seal.png')).toEqual(PNG);
    expect(await count()).toBe(4);
    const [object] = await desk.sql`select sha256, size::int from object where id = ${one.object_id}`;
    expect(object).toEqual({ sha256: createHash('sha256').update(PNG).digest('hex'), size: PNG.length });
  });

  it('has its kind and size from its bytes, not from its name alone', async () => {
    expect(await file('seal.png')).toMatchObject({ media_type: 'image/png', width: 2, height: 3, size: PNG.length });
    expect(await file('misnamed.jpg')).toMatchObject({ media_type: 'image/gif', width: 1, height: 1 });
    expect(await file('wrong.png')).toMatchObject({ media_type: 'application/octet-stream', width: null });
    expect(await file('paper.docx')).toMatchObject({ media_type: 'application/octet-stream' });
    const html = (await readNote(anonymous, 'album', 'Ada'))?.html ?? '';
    expect(html.match(/<img/g)).toHaveLength(3);
  });

  it('gets a new object when its bytes are replaced, and keeps its address', async () => {
    const before = await file('seal.png');
    await folder.write({ 'seal.png': OTHER_PNG });
    expect((await desk.publish(folder)).report.changed).toMatchObject({ updated: 1, unchanged: 7 });
    const after = await file('seal.png');
    expect(after.id).toBe(before.id);
    expect(after.object_id).not.toBe(before.object_id);
    expect(await bytes('seal.png')).toEqual(OTHER_PNG);
    expect(await bytes('copies/seal.png')).toEqual(PNG);
    expect((await findDownload(anonymous, after.id))?.stored.id).toBe(after.object_id);
  });
});

describe('a file that no note refers to (V55)', () => {
  it('is listed and not kept, until one does', async () => {
    expect(await file('unused.png')).toMatchObject({ object_id: null });
    expect(await findDownload(anonymous, (await file('unused.png')).id)).toBeNull();
    await folder.write({ 'Bo.md': 'Bo ![[unused.png]]\n' });
    await desk.publish(folder);
    expect(await bytes('unused.png')).toEqual(OTHER_PNG);
  });

  it('is let go when the last note forgets it, and found again when one remembers', async () => {
    const { object_id: kept, id } = await file('unused.png');
    await folder.write({ 'Bo.md': 'Bo\n' });
    expect((await desk.publish(folder)).report.unreferenced).toEqual(['unused.png']);
    expect(await file('unused.png')).toMatchObject({ object_id: null });
    expect(await findDownload(anonymous, id)).toBeNull();
    await folder.write({ 'Bo.md': '---\ncover: unused.png\n---\nBo\n' });
    expect((await desk.publish(folder)).report.unreferenced).toEqual([]);
    expect((await file('unused.png')).object_id).toBe(kept);
  });
});

describe('a file that cannot be kept', () => {
  it('never stops an import: it is told, and tried again at the next', async () => {
    const odd = await desk.folder('fragile', {
      ...OPEN,
      'Ada.md': '![[a.png]] ![[b.png]]\n',
      'a.png': PNG,
      'b.png': OTHER_PNG,
    });
    const store = { ...desk.store, put: desk.store.put };
    store.put = async (id, content) => {
      // While the first is written, the second is replaced by a link that leads out
      await rm(join(odd.path, 'b.png'), { force: true });
      await symlink('/etc/hostname', join(odd.path, 'b.png')).catch(() => {});
      return desk.store.put(id, content);
    };
    const { report } = await desk.publish(odd, { store });
    expect(report.problems).toEqual([
      { path: 'b.png', line: 1, problem: 'its bytes are not kept: leads out of the vault' },
    ]);
    expect(report.accounted).toBe(report.read);
    expect((await readNote(anonymous, 'fragile', 'Ada'))?.html.match(/<img/g)).toHaveLength(1);
    await odd.remove('b.png');
    await odd.write({ 'b.png': OTHER_PNG });
    const { report: next, event } = await desk.publish(odd);
    expect(next.problems).toEqual([]);
    expect((await desk.change(event))?.paths).toContain('/fragile');
    expect((await readNote(anonymous, 'fragile', 'Ada'))?.html.match(/<img/g)).toHaveLength(2);
  });

  it('because it changes while it is read is not kept half', async () => {
    const odd = await desk.folder('busy', { ...OPEN, 'Ada.md': '![[a.png]]\n', 'Bo.md': 'x\n', 'a.png': PNG });
    const before = await count();
    const store = {
      ...desk.store,
      put: async (id: string, content: AsyncIterable<Uint8Array>) => {
        await odd.write({ 'a.png': OTHER_PNG });
        return desk.store.put(id, content);
      },
    };
    const { report } = await desk.publish(odd, { store });
    expect(report.problems).toEqual([
      { path: 'a.png', line: 1, problem: 'its bytes are not kept: it changed while it was read' },
    ]);
    expect(await count()).toBe(before);
    expect((await desk.publish(odd)).report.problems).toEqual([]);
  });

  it('because the store lost its bytes is stored again when it is next read', async () => {
    const { object_id: id } = await file('seal.png');
    await desk.store.delete(`${id}.1`);
    await folder.write({ 'seal.png': OTHER_PNG });
    await desk.publish(folder);
    expect(await bytes('seal.png')).toEqual(OTHER_PNG);
  });
});
