import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/features/access/viewer';
import { readComments } from '@/features/comments/queries';
import { findDownload } from '@/features/files/queries';
import { makePerson } from '@/features/people/testing/people';
import { readDesk } from '@/features/reading/queries';
import { findVault } from '@/features/vaults/queries';
import { type Desk, makeDesk, OTHER_PNG, PNG, SETTINGS } from '@/features/vaults/testing/desk';
import type { Files } from '@/features/vaults/testing/folder';
import { findAddress } from './addresses';
import * as queries from './queries';

/** Stand in every word of what is for the group, and of what is private. */
const GROUP = 'zzyzx';
const PRIVATE = 'qqxqq';

const closed = (access: string, canary: string) =>
  [
    `---\ntitle: ${canary}\naccess: ${access}\ndescription: ${canary}\ntags: [${canary}, shared/${canary}]`,
    `aliases: [${canary}]\ntranslation: other/Seen\n---\n# ${canary}\n\n${canary} [[Seen]] ![[Seen]] ![[For members]] ![[${canary}.png]] ![[crest.png]]\n`,
  ].join('\n');

const READABLE: Files = {
  [SETTINGS]: 'title: The castle\naccess: public\nlanguage: en\nhome: Hall\ntranslations:\n  de: other\n',
  'Seen.md':
    '---\ntags: [Shared]\ntranslations: [other/Geheim, other/Seen]\n---\n[[g1|one]] ![[g1]] [[p1|two]] ![[p1]] [[Rooms/p2]] [[/castle/g1|three]] ![[crest.png]]\n',
  'For members.md':
    '---\naccess: members\ntags: [shared]\n---\nMembersword ![[g1]] ![[p1#^block]] [[Seen]] ![[crest.png]]\n',
  'crest.png': PNG,
};
const FOR_GROUP: Files = {
  'g1.md': closed('group:cooks', GROUP),
  [`${GROUP}/Deep.md`]: closed('group:cooks', GROUP),
  [`${GROUP}.png`]: OTHER_PNG,
};
const FOR_NOBODY: Files = {
  'p1.md': closed('private', PRIVATE),
  'Rooms/p2.md': closed('private', PRIVATE),
  'Hall.md': closed('private', PRIVATE),
  'broken.md': `---\ntitle: "${PRIVATE}\naccess: members\n---\n${PRIVATE}\n`,
  [`${PRIVATE}.png`]: Buffer.concat([OTHER_PNG, Buffer.from([1])]),
};
const OTHER: Files = { [SETTINGS]: 'access: members\nlanguage: de\n', 'Seen.md': 'Gesehen.\n', 'Da.md': 'Da.\n' };
const OTHER_CLOSED: Files = { 'Geheim.md': closed('private', PRIVATE) };

let desk: Desk;
let member: Person;
let cook: Person;
beforeAll(async () => {
  desk = await makeDesk();
  member = await makePerson(desk, 'Ada', { groups: ['bakers'] });
  cook = await makePerson(desk, 'Bo', { groups: ['cooks'] });
});
afterAll(() => desk.clear());

const ADDRESSES = [
  '',
  'Seen',
  'For-members',
  'g1',
  'p1',
  'Rooms/p2',
  'Hall',
  'broken',
  GROUP,
  PRIVATE,
  `${GROUP}/Deep`,
];
const TAGS = ['shared', GROUP, PRIVATE, `shared/${GROUP}`, `shared/${PRIVATE}`];
const FOLDERS = ['', 'Rooms', GROUP];
const LISTINGS = [
  '-/tags',
  '-/graph',
  '-/feed.xml',
  '-/folders',
  ...TAGS.map((tag) => `-/tags/${tag}`),
  ...FOLDERS.map((folder) => `-/folders/${folder}`),
  ...ADDRESSES.map((address) => `-/preview/${address}`),
];

/** Everything these vaults tell somebody: what a page can show comes from these functions. */
async function everythingTold(viewer: Person, castle: Files, other: Files): Promise<string> {
  await desk.sql`truncate vault, cache_event cascade`;
  await desk.publish(await desk.folder('other', other), { slug: 'other' });
  await desk.publish(await desk.folder('castle', castle), { slug: 'castle' });
  // Others have read everything, and said the words of each note under it
  await desk.sql`insert into comment (note_id, person_id, source, html) select id, ${cook.id}, title, title from note`;
  const told: Record<string, unknown> = { vaults: await queries.listVaults(viewer) };
  for (const address of ADDRESSES) {
    told[`note ${address}`] = await queries.readNote(viewer, 'castle', address);
    told[`preview ${address}`] = await queries.readPreview(viewer, 'castle', address);
    told[`find ${address}`] = await findAddress(viewer, 'castle', address);
  }
  for (const tag of TAGS) told[`tag ${tag}`] = await queries.readTag(viewer, 'castle', tag);
  for (const folder of FOLDERS) told[`folder ${folder}`] = await queries.readFolder(viewer, 'castle', folder);
  for (const listing of LISTINGS) told[`find ${listing}`] = await findAddress(viewer, 'castle', listing);
  told.tags = await queries.readTags(viewer, 'castle');
  told.graph = await queries.readGraph(viewer, 'castle');
  told.feed = await queries.readFeed(viewer, 'castle');
  told.card = await findVault(viewer, 'castle');
  told.other = await queries.readNote(viewer, 'other', 'Seen');
  told.desk = await readDesk(viewer, 'en');
  const addresses: unknown[] = [];
  for await (const batch of queries.listAddresses(viewer)) addresses.push(...batch);
  told.addresses = addresses;
  const files = await desk.sql<{ id: string; path: string }[]>`select id, path from file order by path`;
  const found = await Promise.all(files.map(({ id }) => findDownload(viewer, id)));
  told.files = found.flatMap((file) => (file ? [{ name: file.name, mediaType: file.mediaType, size: file.size }] : []));
  const notes = await desk.sql<{ id: string }[]>`select id from note order by path`;
  const comments = await Promise.all(notes.map(({ id }) => readComments(viewer, Number(id), null)));
  told.comments = comments.filter(({ items }) => items.length > 0);
  return JSON.stringify(told, null, 1)
    .replace(/"(?:publishedAt|at|modified|updatedAt)": "[^"]+"/g, '"at": "then"')
    .replace(/"(?:id|objectId)": (?:\d+|"[0-9a-f-]{36}")/g, '"id": 0')
    .replace(/"(cursor|more)": "[^"]+"/g, '"$1": ""')
    .replace(/\/files\/[0-9a-f-]{36}\//g, '/files/id/');
}

/** Without the names of what was asked. */
const answers = (told: string) => told.replace(/"(?:note|preview|find|tag|folder) [^"]*": /g, '');

describe('what is closed to a member does not exist for them', () => {
  it('of what is for a group they are not in and of what is private, they are told no word, and nothing else differs', async () => {
    const all = await everythingTold(
      member,
      { ...READABLE, ...FOR_GROUP, ...FOR_NOBODY },
      { ...OTHER, ...OTHER_CLOSED },
    );
    expect(answers(all)).not.toMatch(new RegExp(`${GROUP}|${PRIVATE}`));
    expect(all).toContain('Membersword');
    expect(all).toBe(await everythingTold(member, READABLE, OTHER));
  });

  it('a member of the group is told what is for it, and of what is private no word, and nothing else differs', async () => {
    const all = await everythingTold(cook, { ...READABLE, ...FOR_GROUP, ...FOR_NOBODY }, { ...OTHER, ...OTHER_CLOSED });
    expect(answers(all)).not.toContain(PRIVATE);
    expect(answers(all)).toContain(GROUP);
    expect(all).toBe(await everythingTold(cook, { ...READABLE, ...FOR_GROUP }, OTHER));
  });

  it('an editor is told everything', async () => {
    const editor = await makePerson(desk, 'Edith', { role: 'editor' });
    const all = await everythingTold(
      editor,
      { ...READABLE, ...FOR_GROUP, ...FOR_NOBODY },
      { ...OTHER, ...OTHER_CLOSED },
    );
    for (const word of [GROUP, PRIVATE, 'Membersword']) expect(answers(all)).toContain(word);
  });
});

describe('a former address', () => {
  it('leads nowhere once its note is closed to who asks', async () => {
    const gate = await desk.folder('gate', { [SETTINGS]: 'access: members\n', 'Ada.md': 'x\n', 'Bo.md': 'x\n' });
    await desk.publish(gate);
    await gate.move('Ada.md', 'Countess.md');
    await desk.publish(gate);
    expect(await findAddress(member, 'gate', 'Ada')).toEqual({ as: 'redirect', to: '/gate/Countess' });
    await gate.write({ 'Countess.md': '---\naccess: group:cooks\n---\nx\n' });
    await desk.publish(gate);
    for (const address of ['Ada', 'Countess', 'countess'])
      expect(await findAddress(member, 'gate', address)).toEqual({ as: 'unknown' });
    expect(await findAddress(cook, 'gate', 'Ada')).toEqual({ as: 'redirect', to: '/gate/Countess' });
  });
});
