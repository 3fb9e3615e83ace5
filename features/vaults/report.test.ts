import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('the report of an import (V10)', () => {
  it('accounts for every file read: notes, files, settings and what was left out', () => {
    expect(report).toMatchObject({
      vault: 'kitchen',
      title: 'The kitchen',
      access: 'public',
      notice: null,
      dryRun: false,
    });
    expect(report).toMatchObject({ notes: 38, publicNotes: 32, files: 8, settings: 1 });
    expect(report.read).toBe(report.accounted);
    expect(report.accounted).toBe(38 + 8 + 1 + report.skipped.length);
  });

  it('counts what changed: as much as there is', () => {
    expect(report.changed).toEqual({ added: 46, updated: 0, unchanged: 0, renamed: 0, removed: 0 });
  });

  it('names what was left out, and why', () =>
    expect(report.skipped).toEqual([
      { path: '.obsidian', reason: "Obsidian's settings" },
      { path: '.trash', reason: "Obsidian's bin" },
      { path: 'Recipes/.hidden.md', reason: 'hidden' },
      { path: 'node_modules', reason: 'installed packages' },
    ]));

  it('lists links that lead nowhere with file and line, and what an alias suggests (V26)', () =>
    expect(report.unresolved).toEqual([
      { path: 'Recipes/Cake.md', line: 4, target: 'Loaf', suggestion: 'Bread.md' },
      { path: 'Recipes/Cake.md', line: 6, target: 'Recipes/Nothing here' },
      { path: 'Recipes/Tart.md', line: 1, target: 'Lemon tart.md' },
    ]));

  it('lists links that could mean several notes, the chosen one first (V29)', () =>
    expect(report.ambiguous.map(({ path, line, target, candidates }) => [path, line, target, ...candidates])).toEqual([
      ['Bread.md', 7, 'Salt', 'Shop/Salt.md', 'Pantry/Shown/Salt.md'],
      ['Pantry/Shown/Salt.md', 1, 'Sugar', 'Pantry/Sugar.md', 'Shop/sugar.md'],
      ['Recipes/Cake.md', 4, 'Sugar', 'Pantry/Sugar.md', 'Shop/sugar.md'],
      ['Recipes/Drafts/Jam.md', 4, 'Sugar', 'Pantry/Sugar.md', 'Shop/sugar.md'],
      ['Shop/Prices/Café.md', 1, 'Straße', 'Shop/Prices/Straße.md', 'Shop/Prices/STRASSE.md'],
    ]));

  it('lists files that are missing, unused or shared between open and closed notes (V10, V55, V56)', () => {
    expect(report.missing).toEqual([{ path: 'Recipes/Chart.md', line: 7, target: 'Missing photo.png' }]);
    expect(report.unreferenced).toEqual(['Attachments/unused.pdf', 'Notes.txt']);
    expect(report.shared).toEqual(['Attachments/Oven.png']);
  });

  it('lists what is shown as its source, canvases among them', () =>
    expect(report.unsupported).toEqual([
      { path: 'Recipes/Chart.md', line: 1, kind: 'dataview' },
      { path: 'Recipes/Chart.md', line: 5, kind: 'canvas' },
    ]));

  it('lists paths that are one under case folding (V03)', () =>
    expect(report.collisions).toEqual([['Shop/Prices/STRASSE.md', 'Shop/Prices/Straße.md']]));

  it('lists what is wrong inside notes, by file and line', () =>
    expect(report.problems.map(({ path, line }) => `${path}:${line}`)).toEqual([
      'Odd/Latin.md:1',
      'Odd/Torn.md:1',
      'Recipes/Drafts/Broken.md:3',
      'Recipes/Drafts/Unsure.md:1',
      'Shop/Prices/What is # here.md:1',
    ]));
});

describe('the report of a later import', () => {
  it('says the same of what is unchanged', async () => {
    const again = (await desk.publish(folder)).report;
    const { changed, took, ...rest } = again;
    expect(changed).toEqual({ added: 0, updated: 0, unchanged: 46, renamed: 0, removed: 0 });
    expect(rest).toEqual({ ...report, changed: undefined, took: undefined });
    expect(took).toBeLessThan(5_000);
  });

  it('lists links to a heading or a block that the note has not, in the note and from others', async () => {
    await folder.write({
      'Recipes/Tart.md':
        'See [[Bread#Baking]],\n[[Bread#Rising]], [[Bread#^what]],\n[[Bread#^when|when]] and [[#Nowhere]].\n',
    });
    const { missingParts } = (await desk.publish(folder)).report;
    expect(missingParts).toEqual([
      { path: 'Recipes/Tart.md', line: 1, target: 'Bread', fragment: 'Baking' },
      { path: 'Recipes/Tart.md', line: 3, target: 'Bread', fragment: '^when' },
      { path: 'Recipes/Tart.md', line: 3, target: '', fragment: 'Nowhere' },
    ]);
  });

  it('no longer suggests an alias that was taken away, and suggests one that was given', async () => {
    await folder.write({
      'Bread.md': 'No alias.\n',
      'Stuff.md': '---\naliases: Recipes/Nothing here\n---\nNow it has one.\n',
    });
    const { unresolved } = (await desk.publish(folder)).report;
    expect(unresolved.filter(({ path }) => path === 'Recipes/Cake.md')).toEqual([
      { path: 'Recipes/Cake.md', line: 4, target: 'Loaf' },
      { path: 'Recipes/Cake.md', line: 6, target: 'Recipes/Nothing here', suggestion: 'Stuff.md' },
    ]);
  });

  it('lists a file as unused when the last note that named it no longer does', async () => {
    await folder.write({ 'Recipes/Photos.md': 'Nothing to see.\n' });
    expect((await desk.publish(folder)).report.unreferenced).toEqual([
      'Attachments/not a picture.png',
      'Attachments/oven copy.png',
      'Attachments/unused.pdf',
      'Notes.txt',
    ]);
  });
});
