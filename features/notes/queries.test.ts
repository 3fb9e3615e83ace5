import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import { type Desk, makeDesk, SETTINGS } from '@/features/vaults/testing/desk';
import { findAddress } from './addresses';
import type { TreeItem } from './page';
import {
  listAddresses,
  listVaults,
  readFeed,
  readFolder,
  readGraph,
  readNote,
  readPreview,
  readTag,
  readTags,
} from './queries';

let desk: Desk;
beforeAll(async () => {
  desk = await makeDesk();
  const garden = await desk.folder('garden', {
    [SETTINGS]: 'title: The garden\naccess: public\nlanguage: en\ntranslations:\n  es: jardin\n',
    'Home.md': '# Welcome\n\nSee [[Beds/Roses]].\n',
    'Note 2.md': 'Two. #plants/annual #Plants\n',
    'Note 10.md': 'Ten. #plants/annual\n',
    'First.md': '---\norder: 1\n---\nBefore the others.\n',
    'Beds/Roses.md': [
      '---',
      'tags: [plants/roses]',
      'translation: Rosas',
      'created: 2024-05-01',
      'show: [colour, born]',
      'colour: red',
      'born: 1815-12-10',
      'secret: not shown',
      '---',
      'Roses like [[Soil#Clay|clay]] and [[Home]].',
      '',
      '![[Soil#Clay]]',
      '',
      '## Care',
      '',
      'Water. ^water',
      '',
    ].join('\n'),
    'Beds/Deep/Soil.md': 'Soil.\n\n## Clay\n\nHeavy clay.\n\n## Sand\n\nLight.\n',
  });
  const jardin = await desk.folder('jardin', {
    [SETTINGS]: 'title: El jardín\naccess: public\nlanguage: es\n',
    'Rosas.md': 'Rosas.\n',
    'Tierra.md': 'Tierra.\n',
  });
  await desk.publish(garden);
  await desk.publish(jardin);
});
afterAll(() => desk.clear());

const outline = (items: TreeItem[] | null): unknown =>
  items?.map((item) =>
    item.kind === 'note' ? item.title : { [`${item.name} ${item.notes}`]: outline(item.children) },
  ) ?? null;

describe("a note's page", () => {
  it('has its text with links, embeds and fragments led where they go', async () => {
    const page = await readNote(anonymous, 'garden', 'Beds/Roses');
    expect(page).toMatchObject({
      title: 'Roses',
      href: '/garden/Beds/Roses',
      language: 'en',
      home: false,
      revision: 1,
      createdOn: '2024-05-01',
    });
    expect(page?.html).toContain('Heavy clay');
    expect(page?.html).not.toContain('Light.');
    expect(page?.html).toContain('href="/garden/Beds/Deep/Soil#clay"');
    expect(page?.html).toContain('href="/garden"');
    expect(page?.outline).toEqual([{ depth: 2, text: 'Care', id: 'care' }]);
    expect(page?.image).toBe('/garden/-/og/Beds/Roses');
  });

  it('shows only the properties that it lists (V18)', async () =>
    expect(
      (await readNote(anonymous, 'garden', 'Beds/Roses'))?.properties.map(({ key, value }) => [key, ...value]),
    ).toEqual([
      ['colour', 'red'],
      ['born', '1815-12-10'],
    ]));

  it('names what links to it, its tags and its translation', async () => {
    expect((await readNote(anonymous, 'garden', 'Beds/Deep/Soil'))?.backlinks).toMatchObject([
      { title: 'Roses', href: '/garden/Beds/Roses' },
    ]);
    const page = await readNote(anonymous, 'garden', 'Beds/Roses');
    expect(page?.tags).toEqual([{ tag: 'plants/roses', href: '/garden/-/tags/plants/roses' }]);
    expect(page?.translations).toEqual([{ language: 'es', title: 'Rosas', href: '/jardin/Rosas' }]);
  });

  it('is found by its exact address alone; the vault itself is its home note', async () => {
    expect(await readNote(anonymous, 'garden', 'beds/roses')).toBeNull();
    expect(await readNote(anonymous, 'nowhere', '')).toBeNull();
    expect(await readNote(anonymous, 'garden', '')).toMatchObject({
      title: 'Welcome',
      home: true,
      href: '/garden',
      image: '/garden/-/og',
    });
  });

  it('goes on to the next note as the tree lists them: home, folders, ordered notes, then by name', async () => {
    const titles: string[] = [];
    for (let page = await readNote(anonymous, 'garden', ''); page; ) {
      titles.push(page.title);
      const next = page.next && decodeURIComponent(page.next.href.replace('/garden/', ''));
      const after = next === null ? null : await readNote(anonymous, 'garden', next);
      if (after) expect(after.previous?.href).toBe(page.href);
      page = after;
    }
    expect(titles).toEqual(['Welcome', 'Soil', 'Roses', 'First', 'Note 2', 'Note 10']);
  });

  it('has the tree open along its own folders', async () => {
    expect(outline((await readNote(anonymous, 'garden', 'Beds/Roses'))?.tree ?? null)).toEqual([
      'Welcome',
      { 'Beds 2': [{ 'Deep 1': null }, 'Roses'] },
      'First',
      'Note 2',
      'Note 10',
    ]);
    expect(outline((await readNote(anonymous, 'garden', ''))?.tree ?? null)).toContainEqual({ 'Beds 2': null });
  });

  it('is previewed by its description', async () =>
    expect(await readPreview(anonymous, 'garden', 'Note-2')).toEqual({
      title: 'Note 2',
      href: '/garden/Note-2',
      excerpt: 'Two. #plants/annual #Plants',
    }));
});

describe('the lists of a vault', () => {
  it('tags are counted, and a tag shows those below it (V46)', async () => {
    expect((await readTags(anonymous, 'garden'))?.tags.map(({ tag, notes }) => `${tag} ${notes}`)).toEqual([
      'Plants 1',
      'plants/annual 2',
      'plants/roses 1',
    ]);
    const page = await readTag(anonymous, 'garden', 'PLANTS');
    expect(page?.notes.map(({ title }) => title)).toEqual(['Roses', 'Note 2', 'Note 10']);
    expect(page?.children.map(({ tag, notes }) => `${tag} ${notes}`)).toEqual(['plants/annual 2', 'plants/roses 1']);
    expect(await readTag(anonymous, 'garden', 'plant')).toBeNull();
    expect(await readTag(anonymous, 'garden', 'plants_annual')).toBeNull();
  });

  it('folders list their notes and folders', async () => {
    const beds = await readFolder(anonymous, 'garden', 'Beds');
    expect(beds).toMatchObject({
      name: 'Beds',
      notes: [{ title: 'Roses' }],
      folders: [{ name: 'Deep', href: '/garden/-/folders/Beds/Deep' }],
    });
    expect((await readFolder(anonymous, 'garden', ''))?.name).toBe('The garden');
    expect(await readFolder(anonymous, 'garden', 'Bed')).toBeNull();
  });

  it('the graph joins notes that link to each other', async () => {
    const graph = await readGraph(anonymous, 'garden');
    expect(graph).toMatchObject({ omitted: 0 });
    const pairs = graph?.edges.map(([a, b]) => `${graph.nodes[a]?.title} → ${graph.nodes[b]?.title}`).sort();
    expect(pairs).toEqual(['Roses → Soil', 'Roses → Welcome', 'Welcome → Roses']);
  });

  it('the feed has the newest first', async () => expect((await readFeed(anonymous, 'garden'))?.items).toHaveLength(6));

  it('the vaults are listed by title, and every address with its translations', async () => {
    expect((await listVaults(anonymous)).map(({ title, notes }) => `${title} ${notes}`)).toEqual([
      'El jardín 2',
      'The garden 6',
    ]);
    const found: string[] = [];
    for await (const batch of listAddresses(anonymous))
      found.push(
        ...batch.map(({ href, language, translations }) =>
          [href, language, ...translations.map((each) => each.href)].join(' '),
        ),
      );
    expect(found.sort()).toEqual([
      '/garden en',
      '/garden/Beds/Deep/Soil en',
      '/garden/Beds/Roses en /jardin/Rosas',
      '/garden/First en',
      '/garden/Note-10 en',
      '/garden/Note-2 en',
      '/jardin/Rosas es',
      '/jardin/Tierra es',
    ]);
  });
});

describe('an address', () => {
  it.each([
    ['', { as: 'page' }],
    ['Beds/Roses', { as: 'page' }],
    ['beds/roses.md', { as: 'redirect', to: '/garden/Beds/Roses' }],
    ['Home', { as: 'redirect', to: '/garden' }],
    ['Note%202', { as: 'redirect', to: '/garden/Note-2' }],
    ['Nowhere', { as: 'unknown' }],
    ['-/tags/plants', { as: 'page' }],
    ['-/tags/weeds', { as: 'unknown' }],
    ['-/folders/Beds/Deep', { as: 'page' }],
    ['-/folders/Deep', { as: 'unknown' }],
    ['-/graph', { as: 'page' }],
    ['-/feed.xml', { as: 'page' }],
    ['-/preview/Beds/Roses', { as: 'page' }],
    ['-/preview/beds/roses', { as: 'unknown' }],
    ['-/anything', { as: 'unknown' }],
  ])('%s', async (address, expected) => expect(await findAddress(anonymous, 'garden', address)).toEqual(expected));
});
