import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import { listVaults } from '@/features/vaults/queries';
import { type Desk, makeDesk, SETTINGS } from './testing/desk';
import type { Folder } from './testing/folder';

let desk: Desk;
beforeAll(async () => {
  desk = await makeDesk();
});
afterAll(() => desk.clear());

async function accesses(slug: string): Promise<Record<string, string>> {
  const rows = await desk.sql<{ path: string; access: string }[]>`
    select note.path, concat_ws(':', note.access::text, note.access_group) as access
    from note join vault on vault.id = vault_id where slug = ${slug} order by note.path`;
  return Object.fromEntries(rows.map(({ path, access }) => [path, access]));
}

describe('who may read a note', () => {
  let folder: Folder;
  beforeAll(async () => {
    folder = await desk.folder('school', {
      [SETTINGS]: 'access: members\nfolders:\n  Open: public\n  Open/Staff: group:teachers\n',
      'Default.md': 'x\n',
      'Open/Free.md': 'x\n',
      'Open/Staff/Marks.md': 'x\n',
      'Open/Staff/Told.md': '---\naccess: public\n---\n',
      'Open/Hidden.md': '---\npublish: false\n---\n',
      'Shown.md': '---\npublish: true\n---\n',
      'Both.md': '---\npublish: true\naccess: private\n---\n',
      'Broken.md': '---\naccess: public\ntags: [oops\n---\n',
      'Unclosed.md': '---\naccess: public\n\nNo end.\n',
      'Unsure.md': '---\naccess: friends\n---\n',
    });
  });

  it('is said by its access, else by publish, else by the deepest folder rule, else by the vault', async () => {
    const { report } = await desk.publish(folder);
    expect(await accesses('school')).toEqual({
      'Both.md': 'private',
      'Broken.md': 'private',
      'Default.md': 'members',
      'Open/Free.md': 'public',
      'Open/Hidden.md': 'private',
      'Open/Staff/Marks.md': 'group:teachers',
      'Open/Staff/Told.md': 'public',
      'Shown.md': 'public',
      'Unclosed.md': 'private',
      'Unsure.md': 'private',
    });
    expect(report.publicNotes).toBe(3);
    expect(report.problems.map(({ path, line }) => `${path}:${line}`)).toEqual([
      'Broken.md:4',
      'Unclosed.md:1',
      'Unsure.md:1',
    ]);
  });

  it('changes for all notes when only the settings change, and readers are told', async () => {
    await folder.write({ [SETTINGS]: 'access: public\nfolders:\n  Open: private\n' });
    const { event } = await desk.publish(folder);
    expect(await accesses('school')).toMatchObject({
      'Default.md': 'public',
      'Open/Free.md': 'private',
      'Open/Staff/Marks.md': 'private',
      'Open/Staff/Told.md': 'public',
      'Shown.md': 'public',
      'Both.md': 'private',
    });
    const change = await desk.change(event);
    expect(change?.tags).toEqual(['site', 'vault:school']);
    expect(change?.paths).toEqual(expect.arrayContaining(['/school', '/school/*', '/', '/sitemap.xml']));
    const [revisions] = await desk.sql`select max(number) as last from revision`;
    expect(revisions?.last).toBe(1);
  });
});

describe('a vault that says nothing about access', () => {
  let folder: Folder;
  beforeAll(async () => {
    folder = await desk.folder('diary', { 'Day.md': 'Dear diary.\n', 'Told.md': '---\npublish: true\n---\n' });
  });
  const publish = async (access?: 'public' | 'members') =>
    (await desk.publish(folder, { access: access && { level: access } })).report;

  it('is private, and every import says so and how to change it', async () => {
    for (let i = 0; i < 2; i++) {
      const report = await publish();
      expect(report).toMatchObject({ access: 'private', publicNotes: 1 });
      expect(report.notice).toMatch(/"access: public" in trastienda\.yaml.*--access public/);
    }
    expect(await accesses('diary')).toEqual({ 'Day.md': 'private', 'Told.md': 'public' });
  });

  it('takes --access and remembers it', async () => {
    expect(await publish('public')).toMatchObject({ access: 'public', notice: null, publicNotes: 2 });
    expect(await publish()).toMatchObject({ access: 'public', notice: null, changed: { updated: 0, unchanged: 2 } });
  });

  it('remembers it when settings come that do not speak of access', async () => {
    await folder.write({ [SETTINGS]: 'title: My diary\n' });
    expect(await publish()).toMatchObject({ access: 'public', title: 'My diary' });
    expect(await publish()).toMatchObject({ access: 'public' });
  });

  it('follows its settings once they speak, and --access goes before them for one import', async () => {
    await folder.write({ [SETTINGS]: 'access: members\n' });
    expect(await publish()).toMatchObject({ access: 'members', publicNotes: 1 });
    expect(await publish('public')).toMatchObject({ access: 'public', publicNotes: 2 });
    expect(await publish()).toMatchObject({ access: 'members', publicNotes: 1 });
  });

  it('closes again when its settings no longer open it', async () => {
    await folder.write({ [SETTINGS]: 'access: public\n' });
    expect(await publish()).toMatchObject({ publicNotes: 2 });
    await folder.remove(SETTINGS);
    expect(await publish()).toMatchObject({ access: 'private', publicNotes: 1 });
    expect((await listVaults(anonymous)).find(({ slug }) => slug === 'diary')?.notes).toBe(1);
  });
});
