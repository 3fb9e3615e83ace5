import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import type { FileStore } from '@/features/files/store';
import { readNote } from '@/features/notes/queries';
import { VaultSettingsError } from '@/lib/vault/settings';
import { ImportError } from './import-error';
import { type Desk, makeDesk, OPEN, OTHER_PNG, PNG, SETTINGS } from './testing/desk';
import type { Folder } from './testing/folder';
import { lockVault } from './write-vault';

let desk: Desk;
let folder: Folder;
beforeAll(async () => {
  desk = await makeDesk();
  folder = await desk.folder('ledger', {
    ...OPEN,
    'Ada.md': 'Ada owes ![[seal.png]]\n',
    'Bo.md': 'Bo\n',
    'seal.png': PNG,
  });
  await desk.publish(folder);
});
afterAll(() => desk.clear());

const stored = async () => {
  const found: string[] = [];
  for await (const { key } of desk.store.list()) found.push(key);
  return found.sort();
};
/** All that readers and owners can tell of the database. */
const everything = async () =>
  desk.sql`
    select slug, vault.title, vault.access, vault.published_at, note.id, path, address, note.title as name, number, source, html, text
    from vault join note on vault_id = vault.id join revision on note_id = note.id join rendition using (note_id) order by path, number`;
const files = async () =>
  desk.sql`select file.*, sha256 from file left join object on object.id = object_id order by path`;
const events = async () => desk.sql`select * from cache_event`;
const change = () =>
  folder.write({
    [SETTINGS]: 'access: public\ntitle: New\n',
    'Ada.md': 'Changed ![[a.png]] ![[b.png]] ![[c.png]]\n',
    'Cleo.md': 'New.\n',
    'a.png': OTHER_PNG,
    'b.png': Buffer.concat([OTHER_PNG, OTHER_PNG]),
    'c.png': Buffer.concat([OTHER_PNG, PNG]),
  });

describe('an import is whole or not at all', () => {
  it('leaves the old vault entirely when the disk is full in the middle', async () => {
    const before = [await everything(), await files(), await events(), await stored()];
    await change();
    await folder.remove('Bo.md');
    let puts = 0;
    const full: FileStore = {
      ...desk.store,
      put: async (id, bytes) => {
        if (++puts === 3) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        return desk.store.put(id, bytes);
      },
    };
    await expect(desk.publish(folder, { store: full })).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(puts).toBe(3);
    expect([await everything(), await files(), await events()]).toEqual(before.slice(0, 3));
    expect((await readNote(anonymous, 'ledger', 'Bo'))?.title).toBe('Bo');
  });

  it('changes nothing in a dry run, which reports what the real one then reports', async () => {
    const before = [await everything(), await files(), await events(), await stored()];
    const dry = await desk.publish(folder, { dryRun: true });
    expect(dry.event).toBeNull();
    expect([await everything(), await files(), await events(), await stored()]).toEqual(before);
    const { report, event } = await desk.publish(folder);
    expect({ ...report, took: 0, dryRun: true }).toEqual({ ...dry.report, took: 0 });
    expect(report).toMatchObject({
      title: 'New',
      removed: ['Bo.md'],
      changed: { added: 4, updated: 1, removed: 1, unchanged: 1 },
    });
    expect(event).not.toBeNull();
  });

  it('two imports of one vault at once both succeed, one after the other', async () => {
    await folder.write({ 'Ada.md': 'Edited while two look.\n', 'Dora.md': 'Dora.\n' });
    const reports = (await Promise.all([desk.publish(folder), desk.publish(folder)])).map(
      ({ report }) => report.changed,
    );
    expect(reports.map(({ added, updated }) => added + updated).sort()).toEqual([0, 2]);
    expect((await readNote(anonymous, 'ledger', 'Ada'))?.revision).toBe(3);
  });

  it('waits for another import of the vault for longer than a page may wait', async () => {
    const impatient = await desk.connection.db.transaction(async (tx) => {
      await tx.execute('set local statement_timeout = 100');
      await lockVault(tx, 'ledger');
      const other = desk.publish(folder);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { other };
    });
    expect((await impatient.other).report.changed).toMatchObject({ added: 0, updated: 0 });
  });
});

describe('an import refuses before it writes', () => {
  const refused = async (path: string, slug?: string) =>
    desk.publish({ ...folder, path }, { slug }).catch((error: unknown) => error);

  it('a folder that is not there, is a file, or holds no note', async () => {
    const empty = await desk.folder('nothing', { 'picture.png': PNG });
    for (const [path, words] of [
      [join(folder.path, 'nowhere'), 'does not exist'],
      [join(folder.path, 'Ada.md'), 'is a file, not a folder'],
      [empty.path, 'There is no Markdown note in'],
    ] as const) {
      const error = await refused(path);
      expect(error).toBeInstanceOf(ImportError);
      expect(String(error)).toContain(words);
    }
    expect(await desk.sql`select slug from vault`).toEqual([{ slug: 'ledger' }]);
  });

  it("a slug that is the site's own, cannot be one, or is another folder's", async () => {
    const other = await desk.folder('other', { 'Bo.md': 'x\n' });
    for (const [slug, words] of [
      ['studio', 'an address of the site itself'],
      ['Bo!', 'only a-z'],
      ['ledger', `already made from ${folder.path}`],
    ] as const) {
      const error = await refused(other.path, slug);
      expect(error).toBeInstanceOf(ImportError);
      expect(String(error)).toContain(words);
    }
  });

  it('settings that cannot be used, naming the line', async () => {
    const before = await everything();
    const good = (await folder.read()).get(SETTINGS) ?? '';
    await folder.write({ [SETTINGS]: 'title: x\naccess: nobody\n', 'Ada.md': 'Not to be seen.\n' });
    const error = await refused(folder.path);
    expect(error).toBeInstanceOf(VaultSettingsError);
    expect(String(error)).toContain('trastienda.yaml, line 2');
    expect(await everything()).toEqual(before);
    await folder.write({ [SETTINGS]: good });
  });

  it('but takes over the slug of a folder that was moved away', async () => {
    const first = await desk.folder('atlas', { ...OPEN, 'Map.md': 'North\n' });
    await desk.publish(first);
    await first.drop();
    const again = await desk.folder('atlas', { ...OPEN, 'Map.md': 'North\n' });
    expect((await desk.publish(again)).report.changed).toMatchObject({ updated: 0, added: 0 });
  });
});

describe('one bad file never stops an import (V06)', () => {
  it('a folder called like a note, a link to nothing and one that leads out are told', async () => {
    const odd = await desk.folder('odd', { ...OPEN, 'Ada.md': 'Ada ![[gone.png]]\n', 'x.md/Inside.md': 'In.\n' });
    await symlink(join(odd.path, 'nowhere.md'), join(odd.path, 'Dangling.md'));
    await symlink(folder.path, join(odd.path, 'Outside'));
    await symlink(join(folder.path, 'Ada.md'), join(odd.path, 'Theirs.md'));
    const { report } = await desk.publish(odd);
    expect(report.skipped).toEqual([
      { path: 'Dangling.md', reason: 'gone, or a link to nothing' },
      { path: 'Outside', reason: 'a link that leads out of the vault' },
      { path: 'Theirs.md', reason: 'a link that leads out of the vault' },
    ]);
    expect(report).toMatchObject({ notes: 2, read: 6, accounted: 6 });
  });

  it('a note that can no longer be read is taken away and told', async () => {
    const odd = await desk.folder('fading', { ...OPEN, 'Ada.md': 'Ada\n', 'Bo.md': '[[Ada]]\n' });
    await desk.publish(odd);
    await odd.remove('Ada.md');
    await mkdir(join(odd.path, 'Ada.md'));
    await writeFile(join(odd.path, 'Ada.md', 'x.txt'), 'x');
    const { report } = await desk.publish(odd);
    expect(report).toMatchObject({ notes: 1, files: 1, removed: ['Ada.md'] });
    expect(report.accounted).toBe(report.read);
    expect(report.unresolved).toEqual([{ path: 'Bo.md', line: 1, target: 'Ada' }]);
  });
});
