import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import { findDownload } from '@/features/files/queries';
import { findVault } from '@/features/vaults/queries';
import { type Desk, makeDesk, OTHER_PNG, PNG, SETTINGS } from '@/features/vaults/testing/desk';
import type { Files } from '@/features/vaults/testing/folder';
import { findAddress } from './addresses';
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

/** Stands in every title, name, tag, alias, description, text and file of what is closed, and nowhere else. */
const CANARY = 'zzyzx';

const closed = (access: string, body: string) =>
  [
    '---',
    `title: ${CANARY} ${access}`,
    `access: ${access}`,
    `description: ${CANARY} described`,
    `tags: [${CANARY}, shared/${CANARY}]`,
    `aliases: [${CANARY}/${access}, Open]`,
    `show: mood`,
    `mood: ${CANARY}`,
    'translation: other/Offen',
    '---',
    `# ${CANARY}`,
    '',
    body,
    '',
    '[[Open]] ![[Open]] ![[Other open]] ![[plan.png]] ![[crest.png]] ^block',
    '',
  ].join('\n');

const OPEN_NOTES: Files = {
  [SETTINGS]: 'title: The castle\naccess: public\nlanguage: en\nhome: Vaults/Home\ntranslations:\n  de: other\n',
  'Open.md': [
    '---',
    'tags: [Shared]',
    'translations: [other/Geheim, other/Offen]',
    '---',
    'To [[m1|one]], [[m2|two]], [[m3|three]], [[m4#Deep|four]], [[m1#^block|five]], [six](m2.md), [[Rooms/m5|seven]].',
    '',
    '![[m1]]',
    '',
    '![[m2#Deep]] and ![[m3]] inside. ![[Other open]]',
    '',
    '[[/other/Geheim|eight]] [nine](/castle/m1) [ten](/other/Geheim) ![[crest.png]]',
    '',
  ].join('\n'),
  'Other open.md': 'Shows ![[m1]] and ![[Rooms/Open room]]. #shared #Shared/more\n',
  'Rooms/Open room.md': 'A room. [[Open]]\n',
  'crest.png': PNG,
};
const CLOSED_NOTES: Files = {
  'm1.md': closed('private', `${CANARY} [[m2]]`),
  'm2.md': closed('members', `## Deep\n\n${CANARY}`),
  'm3.md': closed('group:cooks', CANARY),
  'm4.md': `---\ntitle: "${CANARY}\n---\n${CANARY} malformed\n`,
  'Rooms/m5.md': closed('private', CANARY),
  [`Rooms/${CANARY}/Only closed.md`]: closed('private', CANARY),
  'Vaults/Home.md': closed('private', CANARY),
  [`${CANARY}.md`]: closed('private', `![[${CANARY}.png]]`),
  'plan.png': OTHER_PNG,
  [`${CANARY}.png`]: OTHER_PNG,
};
const OTHER: Files = { [SETTINGS]: 'access: public\nlanguage: de\n', 'Offen.md': 'Offen.\n', 'Da.md': 'Da.\n' };
const OTHER_CLOSED: Files = { 'Geheim.md': closed('private', CANARY) };

let desk: Desk;
beforeAll(async () => {
  desk = await makeDesk();
});
afterAll(() => desk.clear());

const ADDRESSES = [
  '',
  'Open',
  'Other-open',
  'Rooms/Open-room',
  'm1',
  'm2',
  'm3',
  'm4',
  'Rooms/m5',
  'Vaults/Home',
  CANARY,
  `${CANARY}/private`,
  `Rooms/${CANARY}/Only-closed`,
];
const TAGS = ['shared', 'Shared/more', CANARY, `shared/${CANARY}`];
const FOLDERS = ['', 'Rooms', `Rooms/${CANARY}`, 'Vaults'];
const LISTINGS = [
  '-/tags',
  '-/graph',
  '-/feed.xml',
  '-/folders',
  '-/preview',
  '-/og',
  ...TAGS.map((tag) => `-/tags/${tag}`),
  ...FOLDERS.map((folder) => `-/folders/${folder}`),
  ...ADDRESSES.flatMap((address) => [`-/preview/${address}`, `-/og/${address}`]),
];

/** Everything a site tells the anonymous of these vaults, without what differs between any two databases. */
async function everythingTold(): Promise<string> {
  const told: Record<string, unknown> = { vaults: await listVaults(anonymous), addresses: [] };
  for (const address of ADDRESSES) {
    told[`note ${address}`] = await readNote(anonymous, 'castle', address);
    told[`preview ${address}`] = await readPreview(anonymous, 'castle', address);
    told[`find ${address}`] = await findAddress(anonymous, 'castle', address);
  }
  for (const tag of TAGS) told[`tag ${tag}`] = (await readTag(anonymous, 'castle', tag)) ?? null;
  for (const folder of FOLDERS) told[`folder ${folder}`] = await readFolder(anonymous, 'castle', folder);
  for (const listing of LISTINGS) told[`find ${listing}`] = await findAddress(anonymous, 'castle', listing);
  told.tags = await readTags(anonymous, 'castle');
  told.graph = await readGraph(anonymous, 'castle');
  told.feed = await readFeed(anonymous, 'castle');
  told.card = await findVault(anonymous, 'castle');
  told.other = await readNote(anonymous, 'other', 'Offen');
  const addresses: unknown[] = [];
  for await (const batch of listAddresses(anonymous)) addresses.push(...batch);
  told.addresses = addresses;
  return JSON.stringify(told, null, 1)
    .replace(/"publishedAt": "[^"]+"/g, '"publishedAt": "then"')
    .replace(/"id": \d+/g, '"id": 0')
    .replace(/\/files\/[0-9a-f-]{36}\//g, '/files/id/');
}

async function told(castle: Files, other: Files): Promise<string> {
  await desk.sql`truncate vault, cache_event cascade`;
  await desk.publish(await desk.folder('other', other), { slug: 'other' });
  await desk.publish(await desk.folder('castle', castle), { slug: 'castle' });
  return everythingTold();
}

describe('what is closed does not exist for the anonymous (V27, V38)', () => {
  let full: string;
  beforeAll(async () => {
    full = await told({ ...OPEN_NOTES, ...CLOSED_NOTES }, { ...OTHER, ...OTHER_CLOSED });
  });

  it('nothing told holds a word of a closed note, its title, name, tags, aliases or description', () => {
    const asked = /"(note|preview|find|tag|folder) [^"]*": /g;
    expect(full.replace(asked, '')).not.toContain(CANARY);
    expect(full).toContain('Open room');
  });

  it('everything told is byte for byte what it would be without the closed notes', async () => {
    const [files] = await desk.sql<{ rows: number }[]>`select count(*)::int as rows from file`;
    expect(files?.rows).toBe(3);
    expect(full).toBe(await told(OPEN_NOTES, OTHER));
  });
});

describe('a file (V55, V56)', () => {
  const fileId = async (path: string) =>
    (await desk.sql<{ id: string }[]>`select id from file where path = ${path}`)[0]?.id ?? '';

  it('that only closed notes refer to is not found, however it is asked for', async () => {
    await told({ ...OPEN_NOTES, ...CLOSED_NOTES }, OTHER);
    expect(await findDownload(anonymous, await fileId('plan.png'))).toBeNull();
    for (const id of ['', 'nothing', '00000000-0000-0000-0000-000000000000', "'; drop table file"])
      expect(await findDownload(anonymous, id)).toBeNull();
  });

  it('that an open note refers to too is found, until that note closes', async () => {
    const castle = await desk.folder('castle', { ...OPEN_NOTES, ...CLOSED_NOTES });
    await desk.sql`truncate vault cascade`;
    await desk.publish(castle, { slug: 'castle' });
    const id = await fileId('crest.png');
    expect(await findDownload(anonymous, id)).toMatchObject({
      name: 'crest.png',
      mediaType: 'image/png',
      size: PNG.length,
    });
    await castle.write({ 'Open.md': '---\naccess: members\n---\n![[crest.png]]\n' });
    await desk.publish(castle, { slug: 'castle' });
    expect(await findDownload(anonymous, id)).toBeNull();
  });
});

describe('a former address', () => {
  it('of a note that has closed leads nowhere', async () => {
    const gate = await desk.folder('gate', {
      [SETTINGS]: 'access: public\n',
      'Ada.md': 'Ada\n',
      'Bo.md': 'Bo\n',
      'Cleo.md': 'Cleo\n',
    });
    await desk.publish(gate);
    await gate.move('Ada.md', 'Countess.md');
    await desk.publish(gate);
    expect(await findAddress(anonymous, 'gate', 'Ada')).toEqual({ as: 'redirect', to: '/gate/Countess' });
    await gate.write({ 'Countess.md': '---\npublish: false\n---\nAda\n' });
    await desk.publish(gate);
    for (const address of ['Ada', 'Countess', 'countess'])
      expect(await findAddress(anonymous, 'gate', address)).toEqual({ as: 'unknown' });
  });

  it('of a vault all of whose notes are closed is unknown', async () => {
    await desk.publish(await desk.folder('shut', { 'Ada.md': 'Ada\n' }));
    expect(await findVault(anonymous, 'shut')).toBeNull();
    expect((await listVaults(anonymous)).map(({ slug }) => slug)).not.toContain('shut');
    for (const rest of ['', 'Ada', '-/tags', '-/graph', '-/feed.xml', '-/folders', '-/preview/Ada'])
      expect(await findAddress(anonymous, 'shut', rest)).toEqual(await findAddress(anonymous, 'nowhere', rest));
    expect(await Promise.all([readTags, readGraph, readFeed].map((read) => read(anonymous, 'shut')))).toEqual([
      null,
      null,
      null,
    ]);
  });
});
