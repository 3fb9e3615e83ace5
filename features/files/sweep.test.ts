import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { object } from '@/db/schema';
import { type Desk, makeDesk, OPEN, OTHER_PNG, PNG } from '../vaults/testing/desk';
import type { Folder } from '../vaults/testing/folder';
import { encryptPlain } from './encrypt-plain';
import { examine, isHealthy } from './examine';
import { repair } from './repair';
import { sweep } from './sweep';

let desk: Desk;
let folder: Folder;
beforeAll(async () => {
  desk = await makeDesk();
  folder = await desk.folder('album', {
    ...OPEN,
    'Ada.md': '![[a.png]] ![[b.png]]\n',
    'a.png': PNG,
    'b.png': OTHER_PNG,
  });
  await desk.publish(folder);
});
afterAll(() => desk.clear());

async function* parts(text: string) {
  yield Buffer.from(text);
}
const keys = async () => {
  const all: string[] = [];
  for await (const { key } of desk.store.list()) all.push(key);
  return all.sort();
};
const objectOf = async (path: string) => {
  const [row] = await desk.sql<{ object_id: string }[]>`select object_id from file where path = ${path}`;
  return row?.object_id ?? '';
};
const look = (quick = false) => examine(desk.db, desk.store, { graceSeconds: 0, quick });
const faults = async () => (await look()).findings.map(({ fault, files }) => ({ fault, files }));
const flip = (at: number) => (bytes: Buffer) => {
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};

describe('sweeping', () => {
  it('leaves what is in use, and what is too young to tell', async () => {
    const before = await keys();
    const orphan = `${randomUUID()}.1`;
    await desk.store.put(orphan, parts('an upload at work'));
    expect(await sweep(desk.db, desk.store, 3_600)).toEqual({ rows: 0, orphans: 0, temporaries: 0 });
    expect(await sweep(desk.db, desk.store, -1)).toEqual({ rows: 0, orphans: 1, temporaries: 0 });
    expect(await keys()).toEqual(before);
  });

  it('lets go of bytes that no file has for long: the row first, then the bytes', async () => {
    const id = await objectOf('b.png');
    await folder.write({ 'Ada.md': '![[a.png]]\n' });
    await desk.publish(folder);
    await sweep(desk.db, desk.store, 3_600);
    const [row] = await desk.db.select().from(object).where(eq(object.id, id));
    expect(row?.releasedAt).toBeInstanceOf(Date);
    expect(await keys()).toContain(`${id}.1`);
    expect(await sweep(desk.db, desk.store, -1)).toMatchObject({ rows: 1, orphans: 1 });
    expect(await desk.db.select().from(object).where(eq(object.id, id))).toEqual([]);
    expect(await keys()).not.toContain(`${id}.1`);
  });

  it('spares bytes that a file has again', async () => {
    await folder.write({ 'Ada.md': 'nothing\n' });
    await desk.publish(folder);
    await sweep(desk.db, desk.store, 3_600);
    await folder.write({ 'Ada.md': '![[a.png]]\n' });
    await desk.publish(folder);
    expect(await sweep(desk.db, desk.store, -1)).toMatchObject({ rows: 0 });
    const [row] = await desk.db.select().from(object);
    expect(row?.releasedAt).toBeNull();
    expect(await desk.bytes(await objectOf('a.png'))).toEqual(PNG);
  });

  it('never takes what an import is about to use', async () => {
    const id = await objectOf('a.png');
    await desk.sql`update file set object_id = null`;
    await desk.sql`update object set released_at = now() - interval '1 year'`;
    await desk.sql.begin(async (tx) => {
      await tx`select 1 from object where id = ${id} for key share`;
      expect(await sweep(desk.db, desk.store, 60)).toMatchObject({ rows: 0 });
      await tx`update file set object_id = ${id} where path = 'a.png'`;
    });
    expect(await sweep(desk.db, desk.store, 60)).toMatchObject({ rows: 0 });
    expect(await objectOf('a.png')).toBe(id);
  });
});

describe('an examination', () => {
  it('finds nothing where nothing is wrong', async () => {
    const result = await look();
    expect(isHealthy(result)).toBe(true);
    expect([result.examined, result.bytes]).toEqual([1, PNG.length]);
  });

  it.each([
    ['size', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['damaged', flip(60)],
    ['damaged', flip(0)],
  ])('names the file whose bytes have the fault %s, which the next import stores anew', async (fault, change) => {
    const id = await objectOf('a.png');
    const [row] = await desk.db.select().from(object).where(eq(object.id, id));
    const key = `${id}.${row?.version}`;
    await desk.store.put(key, replaced(desk, key, change));
    expect(await faults()).toEqual([{ fault, files: ['/album/a.png'] }]);
    expect((await look(true)).findings).toHaveLength(1);
    expect(await repair(desk.db, desk.store, await look(), 3_600)).toMatchObject({ marked: 1 });
    const [line] = await desk.sql`select action, subject_id from audit order by id desc limit 1`;
    expect(line).toEqual({ action: 'file.damaged', subject_id: id });
    await desk.publish(folder);
    expect(await desk.bytes(await objectOf('a.png'))).toEqual(PNG);
    await sweep(desk.db, desk.store, -1);
    expect(await faults()).toEqual([]);
  });

  it('finds bytes that are gone, and bytes without a row', async () => {
    const id = await objectOf('a.png');
    const [row] = await desk.db.select().from(object).where(eq(object.id, id));
    await desk.store.delete(`${id}.${row?.version}`);
    await desk.store.put(`${randomUUID()}.1`, parts('lost'));
    expect(await faults()).toEqual([
      { fault: 'missing', files: ['/album/a.png'] },
      { fault: 'orphan', files: [] },
    ]);
    expect(await repair(desk.db, desk.store, await look(), -1)).toMatchObject({ marked: 1, swept: { orphans: 1 } });
    await desk.publish(folder);
    expect(await faults()).toEqual([]);
  });
});

describe('bytes from before files were encrypted', () => {
  it('are encrypted at a start, cut off wherever it may be, and never lost', async () => {
    const id = await objectOf('a.png');
    const clear = async () => {
      await desk.sql`update object set version = 0, kek_id = null, wrapped_dek = null, alg = null where id = ${id}`;
      await desk.store.put(
        id,
        (async function* () {
          yield PNG;
        })(),
      );
    };
    await clear();
    expect(await faults()).toContainEqual({ fault: 'plain', files: ['/album/a.png'] });
    const failing = { ...desk.store, delete: () => Promise.reject(new Error('killed')) };
    await expect(encryptPlain(desk.db, failing)).rejects.toThrow('killed');
    expect(await desk.bytes(id)).toEqual(PNG);
    await clear();
    const full = { ...desk.store, put: () => Promise.reject(new Error('full')) };
    await expect(encryptPlain(desk.db, full)).rejects.toThrow('full');
    expect(await encryptPlain(desk.db, desk.store)).toEqual({ encrypted: 1, damaged: [] });
    expect(await desk.bytes(id)).toEqual(PNG);
    expect(await desk.store.size(id)).toBeNull();
    expect(await encryptPlain(desk.db, desk.store)).toEqual({ encrypted: 0, damaged: [] });
  });

  it('that are not what was noted are left as they are, and told', async () => {
    const id = await objectOf('a.png');
    await desk.sql`update object set version = 0, kek_id = null, wrapped_dek = null, alg = null where id = ${id}`;
    await desk.store.put(id, parts('something else'));
    expect(await encryptPlain(desk.db, desk.store)).toEqual({ encrypted: 0, damaged: [id] });
    const opened = await desk.store.open(id);
    expect(String(await opened?.read(0, Buffer.alloc(100)))).toBe('something else');
    await opened?.close();
  });
});

async function* replaced(on: Desk, key: string, change: (bytes: Buffer) => Buffer) {
  const opened = await on.store.open(key);
  const bytes = Buffer.from((await opened?.read(0, Buffer.alloc(1e6))) ?? []);
  await opened?.close();
  yield change(bytes);
}
