import { afterAll, beforeAll, expect, it } from 'vitest';
import { anonymous, type Person } from '../access/viewer';
import { beginDownload, noteRefusal } from '../downloads/ledger';
import { makePerson } from '../people/testing/people';
import { type Desk, makeDesk, OTHER_PNG, PNG } from '../vaults/testing/desk';
import { FILES_PAGE, listFiles } from './directory';

let desk: Desk;
let editor: Person;
beforeAll(async () => {
  desk = await makeDesk();
  const names = Array.from({ length: FILES_PAGE }, (_, i) => `bulk-${i}.txt`);
  await desk.publish(
    await desk.folder('album', {
      'Ada.md': `![[Seal.png]] ![[other.png]] ${names.map((name) => `[[${name}]]`).join(' ')}\n`,
      'Seal.png': PNG,
      'deep/other.png': OTHER_PNG,
      'nobody-asks.png': PNG,
      ...Object.fromEntries(names.map((name) => [name, name])),
    }),
  );
  editor = await makePerson(desk, 'Ed', { role: 'editor' });
});
afterAll(() => desk.clear());

it('lists what is kept in pages, to those who manage files and to nobody else', async () => {
  const first = await listFiles(editor, {});
  expect(first).toMatchObject({ total: FILES_PAGE + 2, page: 1, pages: 2 });
  const second = await listFiles(editor, { page: 99 });
  expect(second).toMatchObject({ page: 2 });
  const names = [...(first?.files ?? []), ...(second?.files ?? [])].map(({ name }) => name);
  expect(new Set(names)).toHaveProperty('size', FILES_PAGE + 2);
  expect(names).not.toContain('nobody-asks.png');
  expect(await listFiles(anonymous, {})).toBeNull();
  expect(await listFiles(await makePerson(desk, 'Mo'), {})).toBeNull();
});

it('finds by any part of a path, as text, and counts what was taken', async () => {
  const found = await listFiles(editor, { search: ' SEAL.p' });
  const [seal] = found?.files ?? [];
  expect(found?.files).toMatchObject([
    { name: 'Seal.png', vault: 'album', mediaType: 'image/png', size: PNG.length, downloads: 0 },
  ]);
  const [row] = await desk.sql<{ object_id: string }[]>`select object_id from file where name = 'Seal.png'`;
  const of = { fileId: seal?.id ?? '', name: 'Seal.png', objectId: row?.object_id ?? '', size: PNG.length };
  const taken = { ...of, shareId: null, redemptionId: null };
  await beginDownload(anonymous, taken);
  await beginDownload(editor, taken);
  await noteRefusal(anonymous, taken, 'expired', '192.0.2.1');
  expect((await listFiles(editor, { search: 'seal' }))?.files[0]).toMatchObject({ downloads: 2 });
  expect((await listFiles(editor, { search: 'deep/' }))?.files).toMatchObject([{ name: 'other.png', downloads: 0 }]);
  expect(await listFiles(editor, { search: '%' })).toMatchObject({ total: 0, files: [] });
});
