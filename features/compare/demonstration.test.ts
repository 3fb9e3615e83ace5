import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import { findNote } from '@/features/notes/queries';
import { importFolder } from '@/features/vaults/import';
import { type Desk, makeDesk } from '@/features/vaults/testing/desk';
import type { Folder } from '@/features/vaults/testing/folder';
import { changeDemonstration, findDemonstration } from './demonstration';

const PATH = 'Appendix/A note that changes.md';
const HREF = '/en/Appendix/A-note-that-changes';

let desk: Desk;
let bundled: Folder;
beforeAll(async () => {
  desk = await makeDesk();
  process.env.DATA_DIR = join(process.env.KEY_RING ?? '', '..');
  bundled = await desk.folder('bundled', {});
  process.env.BUNDLED_VAULTS = bundled.path;
  await cp('content/en', join(bundled.path, 'en'), { recursive: true });
  await take();
});
afterAll(() => desk.clear());

const take = () => importFolder(desk.db, { folder: join(bundled.path, 'en'), slug: 'en', store: desk.store });
const change = (from = 'here') => changeDemonstration(anonymous, 'en', from);
const shown = async () => (await findNote(anonymous, 'en', 'Appendix/A-note-that-changes'))?.note;
const notes = () => desk.sql`select path, hash from note where path <> ${PATH} order by path`;

it('says another word, is published like any change, and changes nothing else', async () => {
  expect(await findDemonstration(anonymous, 'es')).toMatchObject({ slug: 'en', href: HREF, word: 'quince' });
  const others = await notes();
  const file = await readFile(join(bundled.path, 'en', PATH), 'utf8');
  const before = await shown();
  expect(await change()).toEqual({ as: 'changed', word: 'chestnut', href: HREF });
  const after = await shown();
  expect(after?.html).toBe(before?.html.replace('<mark>quince</mark>', '<mark>chestnut</mark>'));
  expect(after?.revision).toBe((before?.revision ?? 0) + 1);
  const [told] = await desk.sql<{ tags: string[]; paths: string[] }[]>`
    select tags, paths from cache_event order by id desc limit 1`;
  expect(told?.tags).toContain(`note:${after?.id}`);
  expect(told?.paths).toContain(HREF);
  expect(await notes()).toEqual(others);
  expect(await readFile(join(bundled.path, 'en', PATH), 'utf8')).toBe(file);
});

it('is its file again when the folder is imported', async () => {
  await take();
  expect(await findDemonstration(anonymous, 'en')).toMatchObject({ word: 'quince' });
});

it('is not changed without end, nor are its texts kept without end', async () => {
  const waits = [];
  for (let i = 0; i < 9; i++) waits.push((await change('there')).as);
  expect(waits.filter((as) => as === 'wait')).toHaveLength(3);
  for (let i = 0; i < 20; i++) await change(`from ${i}`);
  const [kept] = await desk.sql`select count(*)::int as texts, max(number) as last from revision
    where note_id = (select id from note where path = ${PATH})`;
  expect(kept).toMatchObject({ texts: 20, last: (await shown())?.revision });
});

it('is no note of anybody’s own vault, nor one that was closed, nor one that says something else', async () => {
  const file = join(bundled.path, 'en', PATH);
  const text = await readFile(file, 'utf8');
  const saying = async (source: string) => {
    await desk.sql`delete from throttle`;
    await writeFile(file, source);
    await take();
    return [await findDemonstration(anonymous, 'en'), (await change('again')).as];
  };
  expect(await saying(text.replace('==quince==', 'quince'))).toEqual([null, 'missing']);
  expect(await saying(text.replace('---\n', '---\naccess: members\n'))).toEqual([null, 'missing']);
  expect((await saying(text))[1]).toBe('changed');
  process.env.BUNDLED_VAULTS = join(bundled.path, 'elsewhere'); // the vault "en" is then somebody's own
  expect([await findDemonstration(anonymous, 'en'), await change('again')]).toEqual([null, { as: 'missing' }]);
});
