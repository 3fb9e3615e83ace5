import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announce, applied } from './events';
import { importPaths } from './import-paths';
import { type Desk, makeDesk, OPEN, OTHER_PNG, PNG, SETTINGS } from './testing/desk';
import type { Folder } from './testing/folder';

let desk: Desk;
let folder: Folder;
beforeAll(async () => {
  desk = await makeDesk();
  folder = await desk.folder('club', {
    ...OPEN,
    'index.md': 'Welcome.\n',
    'Ada.md': 'Ada links to [[Bo]] and [[Bo#Later]].\n',
    'Bo.md': 'Bo shows ![[crest.png]]\n',
    'Cleo.md': 'Cleo shows ![[Bo]]\n',
    'Dora.md': 'Dora shows ![[Cleo]]\n',
    'Eve.md': 'Eve shows ![[Ada]]\n',
    'Flo.md': 'Flo is alone.\n',
    'crest.png': PNG,
  });
  await desk.publish(folder);
});
afterAll(() => desk.clear());

const SITE = ['/', '/-/*', '/sitemap.xml', '/sitemap/*'];
const WHOLE = { tags: ['site', 'vault:club'], paths: ['/', '/-/*', '/club', '/club/*', '/sitemap.xml', '/sitemap/*'] };
const LISTS = ['site', 'vault:club:lists'];

const republish = async () => desk.change((await desk.publish(folder)).event);
async function told(...titles: string[]) {
  const rows = await desk.sql<
    { id: string; title: string }[]
  >`select id, title from note where title in ${desk.sql(titles)}`;
  const notes = rows.map(({ id, title }) => ({
    tag: `note:${id}`,
    path: title === 'index' ? '/club' : `/club/${title}`,
  }));
  return {
    tags: [...LISTS, ...notes.map(({ tag }) => tag)].sort(),
    paths: [...SITE, '/club/-/*', ...notes.map(({ path }) => path)].sort(),
  };
}

describe('what readers are told of a change', () => {
  it('an edited text: the note, what it links to now, and the lists', async () => {
    await folder.write({ 'Flo.md': 'Flo knows [[index]].\n' });
    expect(await republish()).toEqual(await told('Flo', 'index'));
  });

  it('and what it linked to before', async () => {
    await folder.write({ 'Flo.md': 'Flo forgot.\n' });
    expect(await republish()).toEqual(await told('Flo', 'index'));
  });

  it('only the note, when others show nothing else of it', async () => {
    const long = 'This is what a list of notes says of it, and so it fills the whole of its description. '.repeat(8);
    await folder.write({ 'Flo.md': `${long}\n\nSee [[index]] and [[Bo]].\n` });
    await republish();
    await folder.write({ 'Flo.md': `${long}\n\nSee [[index]] and [[Bo]], and more.\n` });
    expect(await republish()).toEqual(await told('Flo'));
    await folder.write({ 'Flo.md': `Otherwise. ${long}\n\nSee [[index]] and [[Bo]], and more.\n` });
    const shown = ['Flo', 'index', 'Bo', 'Cleo', 'Dora'];
    expect(await republish(), 'what it links to says how it begins').toEqual(await told(...shown));
    await folder.write({ 'Flo.md': 'Flo forgot.\n' });
    expect(await republish(), 'and what it linked to before').toEqual(await told(...shown));
  });

  it('of several, first what was edited: its page is made again first', async () => {
    await folder.write({ 'Flo.md': 'Flo knows [[index]] and [[Bo]].\n' });
    const { event } = await desk.publish(folder);
    const [row] = await desk.sql<{ paths: string[] }[]>`select paths from cache_event where id = ${event}`;
    expect(row?.paths[0]).toBe('/club/Flo');
    await folder.write({ 'Flo.md': 'Flo forgot.\n' });
    await republish();
  });

  it('notes that show it through embeds at any depth, and notes that link to it or to one of its headings', async () => {
    await folder.write({ 'Bo.md': 'Bo shows ![[crest.png]]\n\n# Later\n\nMore.\n' });
    expect(await republish()).toEqual(await told('Bo', 'Ada', 'Cleo', 'Dora', 'Eve'));
  });

  it('a file with other bytes, though no note changed: the notes that show it', async () => {
    await folder.write({ 'crest.png': OTHER_PNG });
    expect(await republish()).toEqual(await told('Bo', 'Cleo', 'Dora'));
  });

  it('a file that came or went: the notes that name it', async () => {
    await folder.remove('crest.png');
    expect((await republish())?.paths).toEqual((await told('Bo', 'Cleo', 'Dora')).paths);
    await folder.write({ 'crest.png': PNG });
    expect((await republish())?.paths).toEqual((await told('Bo', 'Cleo', 'Dora')).paths);
  });

  it.each([
    ['a new note', { 'Gus.md': 'Gus.\n' }],
    ['another title', { 'Flo.md': '# Florence\n\nFlo forgot.\n' }],
    ['another address', { 'Flo.md': '---\npermalink: flo\n---\n# Florence\n' }],
    [
      'another access: the closed note is forgotten at once',
      { 'Flo.md': '---\naccess: private\npermalink: flo\n---\n# Florence\n' },
    ],
    ["the vault's title", { [SETTINGS]: 'access: public\ntitle: The club\n' }],
  ])('%s: the whole vault, whose every page shows its tree', async (_, files) => {
    await folder.write(files);
    expect(await republish()).toEqual(WHOLE);
  });

  it('a note that left or moved: the whole vault', async () => {
    await folder.remove('Gus.md');
    expect(await republish()).toEqual(WHOLE);
    await folder.move('Eve.md', 'Eva.md');
    expect(await republish()).toEqual(WHOLE);
  });

  it("a vault's translations are told too, since their pages name its notes", async () => {
    await folder.write({ [SETTINGS]: 'access: public\ntranslations:\n  es: peña\n'.replace('ñ', 'n') });
    expect((await republish())?.tags).toEqual(['site', 'vault:club', 'vault:pena']);
  });

  it('not a note of which only the report says something else', async () => {
    await folder.write({ 'Hugo.md': 'Hugo.\n', 'Iris.md': 'Iris asks [[Hughie]].\n' });
    await desk.publish(folder);
    await folder.write({ 'Hugo.md': '---\naliases: Hughie\n---\nHugo.\n' });
    const { report, event } = await desk.publish(folder);
    expect(report.unresolved).toContainEqual({ path: 'Iris.md', line: 1, target: 'Hughie', suggestion: 'Hugo.md' });
    expect(await desk.change(event)).toEqual(await told('Hugo'));
  });
});

describe('saved paths taken over one by one', () => {
  const take = async (...paths: string[]) =>
    desk.change(await importPaths(desk.db, { folder: folder.path, slug: 'club', store: desk.store }, paths));

  it('announce what a whole import would, and leave the rest alone', async () => {
    await folder.write({ 'Ada.md': 'Ada is quiet.\n', 'Bo.md': 'Not looked at.\n' });
    const change = await take('Ada.md');
    expect(change?.paths).toContain('/club/Ada');
    expect(change?.tags).not.toContain('vault:club');
    const [bo] = await desk.sql`select revision from note where path = 'Bo.md'`;
    expect(bo?.revision).toBe(2);
    expect(await take('Ada.md')).toBeNull();
  });

  it('new, renamed and removed notes included', async () => {
    await folder.move('Ada.md', 'Ida.md');
    await folder.write({ 'Ira.md': '[[Ida]]\n' });
    expect((await take('Ada.md', 'Ida.md', 'Ira.md'))?.tags).toContain('vault:club');
    expect(await desk.sql`select path from note where path in ('Ada.md', 'Ida.md', 'Ira.md') order by path`).toEqual([
      { path: 'Ida.md' },
      { path: 'Ira.md' },
    ]);
    await folder.remove('Ira.md');
    expect((await take('Ira.md'))?.tags).toContain('vault:club');
    expect(await desk.sql`select path from note where path = 'Ira.md'`).toEqual([]);
  });
});

describe('waiting until a change is applied', () => {
  const instance = (last: number) => desk.sql<{ id: string }[]>`
    insert into site_instance (id, last_event) values (gen_random_uuid(), ${last}) returning id`;

  it('waits for every running site, and not for one that stopped', async () => {
    const event = await announce(desk.db, { tags: ['x'], paths: [] });
    expect(await applied(desk, event)).toEqual({ sites: 0, all: true });
    await desk.sql`insert into site_instance (id, last_event, seen_at) values (gen_random_uuid(), 0, now() - interval '1 minute')`;
    await instance(event);
    const [late] = await instance(event - 1);
    const waiting = applied(desk, event);
    setTimeout(() => desk.sql`update site_instance set last_event = ${event} where id = ${late?.id ?? ''}`.then(), 200);
    expect(await waiting).toEqual({ sites: 2, all: true });
  });

  it('says so when one does not follow in time', async () => {
    const event = await announce(desk.db, { tags: ['x'], paths: [] });
    expect(await applied(desk, event, 500)).toEqual({ sites: 0, all: false });
  });
});
