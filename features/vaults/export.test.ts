import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportVault } from './export';
import { ImportError } from './import-error';
import type { Report } from './report';
import { type Desk, makeDesk } from './testing/desk';
import type { Folder } from './testing/folder';
import { KITCHEN } from './testing/kitchen';

let desk: Desk;
let folder: Folder;
let report: Report;
beforeAll(async () => {
  desk = await makeDesk();
  folder = await desk.folder('kitchen', KITCHEN);
  ({ report } = await desk.publish(folder));
});
afterAll(() => desk.clear());

describe('an exported vault (V58)', () => {
  it('is the folder it was made from, byte for byte, with the times', async () => {
    const out = await desk.folder('out');
    const told = await exportVault(desk.db, { vault: 'kitchen', folder: out.path, store: desk.store });
    expect(told).toMatchObject({ notes: 38, files: 6, left: ['Attachments/unused.pdf', 'Notes.txt'] });
    const [before, after] = [await folder.read(), await out.read()];
    const left = [...told.left, ...report.skipped.map(({ path }) => path)];
    const expected = [...before.keys()].filter(
      (path) => !left.some((each) => path === each || path.startsWith(`${each}/`)),
    );
    expect([...after.keys()].sort()).toEqual(expected.sort());
    for (const [path, bytes] of after) expect(bytes.equals(before.get(path) ?? Buffer.alloc(0)), path).toBe(true);
    const times = await Promise.all([folder, out].map(({ path }) => stat(join(path, 'Bread.md'))));
    expect(times[0]?.mtimeMs).toBe(times[1]?.mtimeMs);
  });

  it('imports as the same vault again', async () => {
    const out = await desk.folder('again');
    await exportVault(desk.db, { vault: 'kitchen', folder: out.path, store: desk.store });
    const copy = (await desk.publish(out, { slug: 'copy' })).report;
    const same = ({
      notes,
      publicNotes,
      title,
      access,
      settings,
      unresolved,
      ambiguous,
      missing,
      missingParts,
      shared,
      unsupported,
      problems,
      collisions,
    }: Report) => ({
      notes,
      publicNotes,
      title,
      access,
      settings,
      unresolved,
      ambiguous,
      missing,
      missingParts,
      shared,
      unsupported,
      problems,
      collisions,
    });
    expect(same(copy)).toEqual(same(report));
    expect(copy).toMatchObject({ skipped: [], unreferenced: [], files: 6 });
    const pages = (slug: string) => desk.sql`
      select note.path, address, note.access, note.title, properties, html, text from note join rendition on note_id = note.id
      where vault_id = (select id from vault where slug = ${slug}) order by sort_key`;
    expect(await pages('copy')).toEqual(await pages('kitchen'));
  });

  it('of an edited note is its latest text', async () => {
    await folder.write({ 'Stuff.md': 'Edited.\n' });
    await desk.publish(folder);
    const out = await desk.folder('later');
    await exportVault(desk.db, { vault: 'kitchen', folder: out.path, store: desk.store });
    expect((await out.read()).get('Stuff.md')?.toString()).toBe('Edited.\n');
  });

  it('is written only into a folder that is new or empty', async () => {
    const full = await desk.folder('full', { 'Mine.md': 'mine' });
    await writeFile(join(full.path, 'file'), '');
    for (const [given, words] of [
      [{ vault: 'kitchen', folder: full.path }, 'is not empty; nothing was written'],
      [{ vault: 'kitchen', folder: join(full.path, 'file') }, 'is a file, not a folder'],
      [{ vault: 'nowhere', folder: join(full.path, 'new') }, 'There is no vault "nowhere"'],
    ] as const) {
      const error = await exportVault(desk.db, { ...given, store: desk.store }).catch((each: unknown) => each);
      expect(error).toBeInstanceOf(ImportError);
      expect(String(error)).toContain(words);
    }
    expect([...(await full.read()).keys()].sort()).toEqual(['Mine.md', 'file']);
  });
});
