import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import { findAddress } from '@/features/notes/addresses';
import { importPaths } from './import-paths';
import { type Desk, makeDesk, SETTINGS } from './testing/desk';
import type { Folder } from './testing/folder';

let desk: Desk;
let folder: Folder;
beforeAll(async () => {
  desk = await makeDesk();
  folder = await desk.folder('club', {
    [SETTINGS]: 'access: public\nfolders:\n  Closed: private\n',
    'index.md': 'Welcome.\n',
    'Rooms/Ada.md': 'Ada.\n',
    'Rooms/Inner/Bo.md': 'Bo.\n',
  });
  await desk.publish(folder);
});
afterAll(() => desk.clear());

const take = (...paths: string[]) =>
  importPaths(desk.db, { folder: folder.path, slug: 'club', store: desk.store }, paths);
const answer = async (address: string) => (await findAddress(anonymous, 'club', address)).as;
const move = (from: string, to: string) => rename(join(folder.path, from), join(folder.path, to));

describe('a folder that is moved, told as its two paths', () => {
  it('takes its notes along, with a redirect', async () => {
    await move('Rooms', 'Halls');
    await take('Rooms', 'Halls');
    expect([await answer('Halls/Ada'), await answer('Halls/Inner/Bo'), await answer('Rooms/Ada')]).toEqual([
      'page',
      'page',
      'redirect',
    ]);
  });

  it('closes its notes when a rule closes its new place', async () => {
    await move('Halls', 'Closed');
    await take('Halls', 'Closed');
    expect([await answer('Closed/Ada'), await answer('Halls/Ada'), await answer('Rooms/Ada')]).toEqual(
      Array(3).fill('unknown'),
    );
  });

  it('and out of the vault, takes them away', async () => {
    await folder.write({ 'Open/Cleo.md': 'Cleo.\n' });
    await take('Open/Cleo.md');
    expect(await answer('Open/Cleo')).toBe('page');
    await move('Open', '../gone-from-the-club');
    await take('Open');
    expect(await answer('Open/Cleo')).toBe('unknown');
  });
});

describe('what does not concern readers', () => {
  it('is not looked at: hidden files, and how a window of Obsidian is laid out', async () => {
    expect(await take('.git/index', '.obsidian/workspace.json', 'Open/.Cleo.md.swp')).toBeNull();
  });
});
