import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import { findAddress } from '@/features/notes/addresses';
import { readNote, readTags } from '@/features/notes/queries';
import { type Desk, makeDesk, OPEN, PNG } from './testing/desk';
import type { Folder } from './testing/folder';

let desk: Desk;
let folder: Folder;
beforeAll(async () => {
  desk = await makeDesk();
  folder = await desk.folder('letters', {
    ...OPEN,
    'Ada.md': '---\naliases: Letters/Countess\n---\nAda writes to [[Bo]]. #science ![[seal.png]]\n',
    'Bo.md': 'Bo answers [[Ada]]. #friendship\n',
    'Cleo.md': 'Cleo only reads.\n',
    'seal.png': PNG,
  });
  await desk.publish(folder);
});
afterAll(() => desk.clear());

const TABLES = [
  'vault',
  'note',
  'revision',
  'rendition',
  'object',
  'file',
  'link',
  'note_tag',
  'redirect',
  'cache_event',
];

/** Where and when every row was written: equal when nothing was. */
async function footprint(): Promise<string[]> {
  const found: string[] = [];
  for (const table of TABLES) {
    const rows = await desk.sql`select ctid::text as place, xmin::text as writer from ${desk.sql(table)} order by 1`;
    found.push(...rows.map(({ place, writer }) => `${table} ${place} ${writer}`));
  }
  return found;
}
const backlinks = async (address: string) =>
  (await readNote(anonymous, 'letters', address))?.backlinks.map(({ title }) => title);
const html = async (address: string) => (await readNote(anonymous, 'letters', address))?.html ?? '';

describe('importing a folder again (V09)', () => {
  it('writes nothing when nothing changed', async () => {
    const before = await footprint();
    const { report, event } = await desk.publish(folder);
    expect(report.changed).toEqual({ added: 0, updated: 0, unchanged: 4, renamed: 0, removed: 0 });
    expect(event).toBeNull();
    expect(await footprint()).toEqual(before);
  });

  it('notes only the time of files that were saved with the same bytes', async () => {
    for (const path of ['Ada.md', 'seal.png']) await utimes(join(folder.path, path), 1e9, 1e9);
    const { report, event } = await desk.publish(folder);
    expect(report.changed).toMatchObject({ updated: 0, unchanged: 4 });
    expect(event).toBeNull();
    expect((await readNote(anonymous, 'letters', 'Ada'))?.revision).toBe(1);
    const before = await footprint();
    await desk.publish(folder);
    expect(await footprint()).toEqual(before);
  });

  it('takes an edited text as a new revision and keeps the old one', async () => {
    await folder.write({ 'Bo.md': 'Bo answers [[Ada]] and [[Cleo]]. #Friendship\n' });
    const { report, event } = await desk.publish(folder);
    expect(report.changed).toMatchObject({ updated: 1, unchanged: 3 });
    expect(event).not.toBeNull();
    expect((await readNote(anonymous, 'letters', 'Bo'))?.revision).toBe(2);
    expect(await backlinks('Cleo')).toEqual(['Bo']);
    const kept = await desk.sql<{ source: Buffer }[]>`
      select source from revision join note on note.id = note_id where path = 'Bo.md' order by number`;
    expect(kept.map(({ source }) => source.toString())).toEqual([
      'Bo answers [[Ada]]. #friendship\n',
      'Bo answers [[Ada]] and [[Cleo]]. #Friendship\n',
    ]);
  });

  it('leads the links that waited for a new note to it', async () => {
    await folder.write({
      'Ada.md':
        '---\naliases: Letters/Countess\n---\nAda writes to [[Bo]] and [[Dora]]. #science ![[seal.png]] ![[Crest.gif]]\n',
    });
    const { report } = await desk.publish(folder);
    expect(report.unresolved).toEqual([{ path: 'Ada.md', line: 4, target: 'Dora' }]);
    expect(await html('Ada')).toContain('class="unresolved"');
    await folder.write({ 'People/Dora.md': 'Dora has come.\n', 'Crest.gif': PNG });
    expect((await desk.publish(folder)).report).toMatchObject({
      unresolved: [],
      missing: [],
      changed: { added: 2, updated: 0 },
    });
    expect(await html('Ada')).toContain('href="/letters/People/Dora"');
    expect(await html('Ada')).toContain('Crest.gif');
  });

  it('removes a note everywhere: its backlinks, tags and redirects, and links to it are unresolved', async () => {
    expect(await findAddress(anonymous, 'letters', 'letters/countess')).toEqual({ as: 'redirect', to: '/letters/Ada' });
    await folder.remove('Ada.md');
    const { report } = await desk.publish(folder);
    expect(report.removed).toEqual(['Ada.md']);
    expect(report.changed).toEqual({ added: 0, updated: 0, unchanged: 5, renamed: 0, removed: 1 });
    expect(report.unresolved).toEqual([{ path: 'Bo.md', line: 1, target: 'Ada' }]);
    expect(await findAddress(anonymous, 'letters', 'Ada')).toEqual({ as: 'unknown' });
    expect(await findAddress(anonymous, 'letters', 'letters/countess')).toEqual({ as: 'unknown' });
    expect(await backlinks('Bo')).toEqual([]);
    expect((await readTags(anonymous, 'letters'))?.tags.map(({ tag }) => tag)).toEqual(['Friendship']);
    expect(await html('Bo')).toContain('<span class="unresolved">Ada</span>');
    const [left] =
      await desk.sql`select count(*)::int as rows from revision where note_id not in (select id from note)`;
    expect(left?.rows).toBe(0);
  });

  it('shows nothing where a removed file was', async () => {
    await folder.write({ 'Cleo.md': 'Cleo saw ![[seal.png]]\n' });
    await desk.publish(folder);
    expect(await html('Cleo')).toContain('/files/');
    await folder.remove('seal.png');
    const { report, event } = await desk.publish(folder);
    expect(report).toMatchObject({
      removed: ['seal.png'],
      missing: [{ path: 'Cleo.md', line: 1, target: 'seal.png' }],
    });
    expect(await html('Cleo')).not.toContain('/files/');
    expect((await desk.change(event))?.paths).toContain('/letters/Cleo');
  });
});

describe('when a name gains or loses a second bearer (V30)', () => {
  it('links in unchanged notes are resolved anew', async () => {
    const shelf = await desk.folder('shelf', {
      ...OPEN,
      'List.md': '[[Bread]]\n',
      'Deep/Down/Bread.md': 'one\n',
      'Deep/Oat.md': 'x\n',
    });
    const target = async () => /href="([^"]+)"/.exec((await readNote(anonymous, 'shelf', 'List'))?.html ?? '')?.[1];
    const publish = async () => (await desk.publish(shelf)).report;
    expect((await publish()).ambiguous).toEqual([]);
    expect(await target()).toBe('/shelf/Deep/Down/Bread');
    await shelf.write({ 'Near/Bread.md': 'two\n' });
    const candidates = ['Near/Bread.md', 'Deep/Down/Bread.md'];
    expect(await publish()).toMatchObject({
      changed: { added: 1, updated: 0 },
      ambiguous: [{ path: 'List.md', line: 1, candidates }],
    });
    expect(await target()).toBe('/shelf/Near/Bread');
    await shelf.remove('Near');
    expect((await publish()).ambiguous).toEqual([]);
    expect(await target()).toBe('/shelf/Deep/Down/Bread');
    await shelf.move('Deep/Down/Bread.md', 'Deep/Down/Rye.md');
    expect((await publish()).unresolved).toEqual([{ path: 'List.md', line: 1, target: 'Bread' }]);
    await shelf.move('Deep/Down/Rye.md', 'Bread.md');
    expect((await publish()).unresolved).toEqual([]);
    expect(await target()).toBe('/shelf/Bread');
  });
});
