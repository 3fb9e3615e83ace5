import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import { findAddress } from '@/features/notes/addresses';
import { type Desk, makeDesk, OPEN } from './testing/desk';
import type { Files, Folder } from './testing/folder';

let desk: Desk;
let folder: Folder;
let vaults = 0;
let slug = '';
beforeAll(async () => {
  desk = await makeDesk();
});
afterAll(() => desk.clear());
beforeEach(() => {
  slug = `moves-${++vaults}`;
});
afterEach(() => folder.drop());

const start = async (files: Files) => {
  folder = await desk.folder(slug, { ...OPEN, ...files });
  return (await desk.publish(folder)).report;
};
const again = async () => (await desk.publish(folder)).report;
/** Address and id of every note, by path. */
async function notes(): Promise<Record<string, { id: string; address: string }>> {
  const rows = await desk.sql<{ path: string; id: string; address: string }[]>`
    select note.path, note.id, note.address from note join vault on vault.id = vault_id where slug = ${slug}`;
  return Object.fromEntries(rows.map(({ path, id, address }) => [path, { id, address }]));
}
const addresses = async () =>
  Object.fromEntries(Object.entries(await notes()).map(([path, { address }]) => [path, address]));
const find = (address: string) => findAddress(anonymous, slug, address);
const to = (address: string) => ({ as: 'redirect', to: `/${slug}/${address}` });

describe('a renamed note (V09)', () => {
  it('is known by its bytes: it keeps its id and its old address leads to the new one', async () => {
    await start({ 'Ada.md': 'Ada was here.\n', 'Bo.md': '[[Ada]]\n' });
    const { id } = (await notes())['Ada.md'] ?? {};
    await folder.move('Ada.md', 'People/Countess.md');
    const report = await again();
    expect(report.renamed).toEqual([{ from: 'Ada.md', to: 'People/Countess.md' }]);
    expect(report.changed).toEqual({ added: 0, updated: 0, unchanged: 1, renamed: 1, removed: 0 });
    expect(report.unresolved).toEqual([{ path: 'Bo.md', line: 1, target: 'Ada' }]);
    expect((await notes())['People/Countess.md']).toEqual({ id, address: 'People/Countess' });
    expect(await find('Ada')).toEqual(to('People/Countess'));
    expect(await find('People/Countess')).toEqual({ as: 'page' });
  });

  it('is known by its own id when its text changed too', async () => {
    await start({ 'Ada.md': '---\nid: ada\n---\nOne.\n', 'Bo.md': 'Bo.\n' });
    const { id } = (await notes())['Ada.md'] ?? {};
    await folder.remove('Ada.md');
    await folder.write({ 'Lovelace.md': '---\nid: ada\n---\nTwo.\n' });
    expect((await again()).renamed).toEqual([{ from: 'Ada.md', to: 'Lovelace.md' }]);
    expect((await notes())['Lovelace.md']?.id).toBe(id);
    expect(await find('ada')).toEqual(to('Lovelace'));
  });

  it('keeps every address it ever had', async () => {
    await start({ 'One.md': 'Ada.\n', 'Bo.md': 'Bo.\n' });
    await folder.move('One.md', 'Two.md');
    await again();
    await folder.move('Two.md', 'Three.md');
    await again();
    expect(await find('One')).toEqual(to('Three'));
    expect(await find('Two')).toEqual(to('Three'));
  });

  it('keeps them also when an alias of the same name comes and goes; what only an alias led to goes with it', async () => {
    await start({ 'Old/Ada.md': 'Ada.\n', 'Bo.md': 'Bo.\n' });
    await folder.move('Old/Ada.md', 'New/Ada.md');
    await again();
    await folder.write({ 'New/Ada.md': '---\naliases: [Old/Ada, People/Countess, New]\n---\nAda.\n' });
    await again();
    expect(await find('People/Countess')).toEqual(to('New/Ada'));
    await folder.write({ 'New/Ada.md': '---\naliases: [New]\n---\nAda.\n' });
    const { event } = await desk.publish(folder);
    expect(await find('People/Countess')).toEqual({ as: 'unknown' });
    expect(await find('Old/Ada')).toEqual(to('New/Ada'));
    expect((await desk.change(event))?.paths).toContain(`/${slug}/*`);
  });

  it('is not guessed when two came and one went', async () => {
    await start({ 'Ada.md': 'The same words.\n', 'Bo.md': 'Bo.\n' });
    await folder.move('Ada.md', 'Cleo.md');
    await folder.write({ 'Dora.md': 'The same words.\n' });
    expect(await again()).toMatchObject({ renamed: [], removed: ['Ada.md'], changed: { added: 2, removed: 1 } });
    expect(await find('Ada')).toEqual({ as: 'unknown' });
  });

  it('is not guessed when two went and one came, nor among empty notes', async () => {
    await start({ 'Ada.md': 'The same.\n', 'Bo.md': 'The same.\n', 'Cleo.md': '', 'Dora.md': 'Dora.\n' });
    await folder.remove('Bo.md', 'Cleo.md');
    await folder.move('Ada.md', 'Eve.md');
    await folder.write({ 'Flo.md': '' });
    expect(await again()).toMatchObject({ renamed: [], changed: { added: 2, removed: 3, unchanged: 1 } });
  });

  it('keeps its address when only the case of its name changes', async () => {
    await start({ 'ada.md': 'Ada.\n', 'Bo.md': '[[ada]]\n' });
    const { id } = (await notes())['ada.md'] ?? {};
    await folder.move('ada.md', 'Ada.md');
    expect(await again()).toMatchObject({ renamed: [{ from: 'ada.md', to: 'Ada.md' }], unresolved: [] });
    expect((await notes())['Ada.md']).toEqual({ id, address: 'Ada' });
    expect(await find('ada')).toEqual(to('Ada'));
  });

  it('is found among many, with a whole folder moved', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 70 }, (_, i) => [`Old/Note ${i}.md`, `Words ${i} [[Note ${i + 1}]]\n`]),
    );
    await start({ ...many, 'Bo.md': '[[Old/Note 3]]\n' });
    const before = (await notes())['Old/Note 3.md']?.id;
    await folder.move('Old', 'New');
    const report = await again();
    expect(report.changed).toEqual({ added: 0, updated: 0, unchanged: 1, renamed: 70, removed: 0 });
    expect(report.unresolved.map(({ target }) => target)).toEqual(['Old/Note 3', 'Note 70']);
    expect((await notes())['New/Note 3.md']?.id).toBe(before);
    expect(await find('Old/Note-3')).toEqual(to('New/Note-3'));
  });
});

describe('a permalink (V15)', () => {
  it('is the address; the path leads to it, and so does the permalink it replaces', async () => {
    await start({ 'Guides/Ada.md': '---\npermalink: ada\n---\n', 'Bo.md': 'Bo\n' });
    expect(await addresses()).toEqual({ 'Guides/Ada.md': 'ada', 'Bo.md': 'Bo' });
    expect(await find('Guides/Ada')).toEqual(to('ada'));
    await folder.write({ 'Guides/Ada.md': '---\npermalink: countess\n---\n' });
    await again();
    expect(await find('ada')).toEqual(to('countess'));
    expect(await find('guides/ada')).toEqual(to('countess'));
    await folder.write({ 'Guides/Ada.md': 'Plain again.\n' });
    await again();
    expect(await find('countess')).toEqual(to('Guides/Ada'));
    expect(await find('Guides/Ada')).toEqual({ as: 'page' });
  });

  it('may change places with another, however far apart in the folder', async () => {
    const between = Object.fromEntries(Array.from({ length: 110 }, (_, i) => [`M${i}.md`, `${i}\n`]));
    const permalinks = (ada: string, zoe: string) => ({
      'Ada.md': `---\npermalink: ${ada}\n---\nAda\n`,
      'Zoe.md': `---\npermalink: ${zoe}\n---\nZoe\n`,
    });
    await start({ ...between, ...permalinks('first', 'last') });
    await folder.write({ ...permalinks('last', 'first') });
    // Every note is looked at again, in more than one batch
    await folder.write({ 'trastienda.yaml': 'access: public\ntitle: Changed\n' });
    await again();
    expect(await addresses()).toMatchObject({ 'Ada.md': 'last', 'Zoe.md': 'first' });
    expect(await find('first')).toEqual({ as: 'page' });
  });

  it('goes before a path that gives the same address, wherever either lies', async () => {
    const between = Object.fromEntries(Array.from({ length: 110 }, (_, i) => [`M${i}.md`, `${i}\n`]));
    await start({ ...between, 'Ada.md': 'Ada\n', 'Zoe.md': '---\npermalink: Ada\n---\n' });
    expect(await addresses()).toMatchObject({ 'Ada.md': 'Ada-2', 'Zoe.md': 'Ada' });
  });

  it('that very many notes ask for is told apart by numbers, also for those who come later', async () => {
    const copy = (i: number): Files => ({
      [`Copy ${String(i).padStart(2, '0')}.md`]: `---\npermalink: same\n---\n${i}\n`,
    });
    await start(Object.assign({}, ...Array.from({ length: 15 }, (_, i) => copy(i))));
    await folder.write({ ...copy(15), ...copy(16) });
    expect((await again()).changed).toMatchObject({ added: 2, unchanged: 15 });
    expect((await addresses())['Copy 16.md']).toBe('same-17');
  });
});

describe('addresses (V08)', () => {
  it('are given to a note and a folder of one name, index notes and a note beside a file', async () => {
    await start({
      'Stuff.md': 'a\n',
      'Stuff/Thing.md': 'b\n',
      'Guide/index.md': 'c\n',
      'Guide/Index.md': 'd\n',
      'Guide/README.md': 'e\n',
      '007.jpg.md': 'f ![[007.jpg]]\n',
      '007.jpg': 'no picture',
      'a b.md': 'g\n',
      'a-b.md': 'h\n',
    });
    expect(await addresses()).toEqual({
      'Stuff.md': 'Stuff',
      'Stuff/Thing.md': 'Stuff/Thing',
      'Guide/index.md': 'Guide/index',
      'Guide/Index.md': 'Guide/Index',
      'Guide/README.md': 'Guide/README',
      '007.jpg.md': '007.jpg',
      'a b.md': 'a-b',
      'a-b.md': 'a-b-2',
    });
    for (const address of Object.values(await addresses())) expect(await find(address)).toEqual({ as: 'page' });
    expect(await find('Guide')).toEqual(to('Guide/Index'));
    expect(await find('guide/INDEX')).toEqual(to('Guide/Index'));
    expect(await find('a%20b.md')).toEqual(to('a-b'));
  });

  it('stay with who has them when another comes, and a number stays when the first goes', async () => {
    await start({ 'a-b.md': 'first\n', 'Bo.md': 'Bo\n' });
    await folder.write({ 'a b.md': 'second\n' });
    await again();
    expect(await addresses()).toMatchObject({ 'a-b.md': 'a-b', 'a b.md': 'a-b-2' });
    await folder.remove('a-b.md');
    await again();
    expect(await addresses()).toMatchObject({ 'a b.md': 'a-b-2' });
  });

  it('of a note that is gone is free for the one that came', async () => {
    await start({ 'Ada.md': '---\npermalink: us\n---\n', 'Bo.md': 'Bo\n', 'Cleo.md': 'Cleo\n' });
    await folder.remove('Ada.md');
    await folder.write({ 'Bo.md': '---\npermalink: us\n---\nOnly Bo now.\n' });
    await again();
    expect(await addresses()).toMatchObject({ 'Bo.md': 'us' });
    expect(await find('Bo')).toEqual(to('us'));
  });
});
