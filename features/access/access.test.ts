import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePerson } from '@/features/people/testing/people';
import { type Desk, makeDesk, SETTINGS } from '@/features/vaults/testing/desk';
import { type Access, mayRead } from './policy';
import { readableFiles, readableNotes } from './readable';
import { anonymous, type Viewer } from './viewer';

/** What is written of who may read: by whom it is read, one mark for each viewer, in the order below. */
const RULES: Record<string, { access: Access; readBy: string }> = {
  public: { access: { access: 'public', accessGroup: null }, readBy: '++++++' },
  members: { access: { access: 'members', accessGroup: null }, readBy: '-+++++' },
  'group:cooks': { access: { access: 'group', accessGroup: 'cooks' }, readBy: '--+-++' },
  'group:Cooks': { access: { access: 'group', accessGroup: 'Cooks' }, readBy: '----++' },
  private: { access: { access: 'private', accessGroup: null }, readBy: '----++' },
};
const VIEWERS = ['anonymous', 'member', 'in the group', 'in another group', 'editor', 'owner'] as const;

let desk: Desk;
let viewers: Record<(typeof VIEWERS)[number], Viewer>;
beforeAll(async () => {
  desk = await makeDesk();
  const names = Object.keys(RULES);
  const picture = (i: number) => Buffer.from(`picture ${i}`);
  await desk.publish(
    await desk.folder('rules', {
      [SETTINGS]: 'access: private\n',
      ...Object.fromEntries(
        names.map((name, i) => [`${i}.md`, `---\naccess: ${name}\n---\n![[${i}.png]] ![[all.png]]\n`]),
      ),
      ...Object.fromEntries(names.map((_, i) => [`${i}.png`, picture(i)])),
      'all.png': picture(90),
      'none.png': picture(91),
    }),
  );
  viewers = {
    anonymous,
    member: await makePerson(desk, 'Ada'),
    'in the group': await makePerson(desk, 'Bo', { groups: ['cooks'] }),
    'in another group': await makePerson(desk, 'Cleo', { groups: ['bakers', 'cook'] }),
    editor: await makePerson(desk, 'Dan', { role: 'editor' }),
    owner: await makePerson(desk, 'Eva', { role: 'owner' }),
  };
});
afterAll(() => desk.clear());

describe.each(VIEWERS.map((name, i) => [name, i] as const))('%s', (name, i) => {
  const expected = Object.values(RULES).map(({ readBy }) => readBy[i] === '+');

  it('may read what the rule says', () =>
    expect(Object.values(RULES).map(({ access }) => mayRead(viewers[name], access))).toEqual(expected));

  it('selects the same notes in SQL', async () => {
    const notes = readableNotes(viewers[name]);
    const rows = await desk.db.select({ path: notes.path }).from(notes);
    expect(Object.keys(RULES).map((_, at) => rows.some(({ path }) => path === `${at}.md`))).toEqual(expected);
    expect(rows).toHaveLength(expected.filter(Boolean).length);
  });

  it('selects the files that those notes refer to, and no other', async () => {
    const files = readableFiles(viewers[name]);
    const paths = (await desk.db.select({ path: files.path }).from(files)).map(({ path }) => path);
    const readable = Object.keys(RULES).flatMap((_, at) => (expected[at] ? [`${at}.png`] : []));
    expect(paths.toSorted()).toEqual([...readable, 'all.png'].toSorted());
  });
});

it('a group’s name means nothing to whoever has no group, however it is written', () => {
  const nameless = { access: 'group', accessGroup: null } as const;
  for (const name of ['anonymous', 'member', 'in the group', 'in another group'] as const)
    expect(mayRead(viewers[name], nameless)).toBe(false);
});
