import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEntry } from './read';
import { walk } from './walk';

let home: string;
let root: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'vault-'));
  root = join(home, 'vault');
  await mkdir(root);
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function put(path: string, content: string | Uint8Array = 'x'): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}
const paths = async (exclude: string[] = []) => (await walk(root, { exclude })).entries.map((entry) => entry.path);
const reasons = async () => Object.fromEntries((await walk(root)).skipped.map(({ path, reason }) => [path, reason]));

/** Root may read everything, so it becomes somebody else meanwhile. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.('nobody');
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('reading the folder (V01)', () => {
  test('notes and files are listed with their size, in order', async () => {
    await put('b/Note.md', 'héllo');
    await put('b/pic.png');
    await put('A.MD');
    const { entries, skipped, met } = await walk(root);
    expect(entries.map(({ path, kind, size }) => [path, kind, size])).toEqual([
      ['A.MD', 'note', 1],
      ['b/Note.md', 'note', 6],
      ['b/pic.png', 'file', 1],
    ]);
    expect(entries.every(({ modified }) => Number.isInteger(modified) && modified > 0)).toBe(true);
    expect([skipped, met]).toEqual([[], 3]);
  });
  test('settings, bins, hidden files and packages are left out, and told', async () => {
    for (const path of [
      '.obsidian/app.json',
      '.trash/old.md',
      '.git/HEAD',
      '.secret.md',
      'a/.DS_Store',
      'node_modules/x/readme.md',
      'trastienda.yaml',
      'a/trastienda.yaml',
    ])
      await put(path);
    const walked = await walk(root);
    expect(walked.skipped.map(({ path }) => path)).toEqual([
      '.git',
      '.obsidian',
      '.secret.md',
      '.trash',
      'a/.DS_Store',
      'node_modules',
    ]);
    expect([walked.settings, walked.entries.map(({ path }) => path), walked.met]).toEqual([
      ['trastienda.yaml'],
      ['a/trastienda.yaml'],
      8,
    ]);
  });
  test('excluded folders, files and patterns are left out', async () => {
    for (const path of ['Templates/Daily.md', 'Templates2/x.md', 'Draft.md', 'a/b.tmp', 'a/b.md']) await put(path);
    expect(await paths(['templates/', 'Draft.md', '/\\.tmp$/', '/(x+)+$/', '/(/'])).toEqual([
      'Templates2/x.md',
      'a/b.md',
    ]);
  });
  test('a link never brings in what lies outside, is hidden, or is a folder', async () => {
    await put('Note.md');
    await put('.obsidian/secret.md');
    await put('folder/In.md');
    await writeFile(join(home, 'outside.md'), 'secret');
    await symlink(join(home, 'outside.md'), join(root, 'out.md'));
    await symlink('../outside.md', join(root, 'relative.md'));
    await symlink('.obsidian/secret.md', join(root, 'hidden.md'));
    await symlink('folder', join(root, 'again'));
    await symlink('.', join(root, 'loop'));
    await symlink('self', join(root, 'self'));
    await symlink('nothing', join(root, 'gone.md'));
    await symlink('Note.md', join(root, 'Also.md'));
    expect(await paths()).toEqual(['Also.md', 'Note.md', 'folder/In.md']);
    expect(await reasons()).toMatchObject({
      'out.md': 'a link that leads out of the vault',
      'relative.md': 'a link that leads out of the vault',
      'hidden.md': 'a link to something that is not imported',
      again: 'a link to a folder',
      loop: 'a link to a folder',
      self: 'a link that leads to itself',
      'gone.md': 'gone, or a link to nothing',
    });
  });
  test('what is no file is told and does not stop the run', async () => {
    await put('Note.md');
    execFileSync('mkfifo', [join(root, 'pipe.md')]);
    expect([await paths(), await reasons()]).toEqual([['Note.md'], { 'pipe.md': 'neither a file nor a folder' }]);
  });
  test('what may not be read is told and does not stop the run', async () => {
    await put('Note.md');
    await put('dir/x.md');
    await chmod(join(root, 'dir'), 0);
    for (const open of [join(root, '..'), root]) await chmod(open, 0o755);
    const found = await asNobody(async () => [await paths(), await reasons()]);
    await chmod(join(root, 'dir'), 0o700);
    expect(found).toEqual([['Note.md'], { dir: 'not readable: permission denied' }]);
  });
  test('a note above 20 MiB is told, one of 5 MB is read (V06)', async () => {
    await put('big.md');
    await truncate(join(root, 'big.md'), 20 * 1024 * 1024 + 1);
    await put('five.md', Buffer.alloc(5e6, 'a'));
    expect([await paths(), Object.keys(await reasons())]).toEqual([['five.md'], ['big.md']]);
    expect(await readEntry(root, { path: 'five.md', kind: 'note' })).toHaveLength(5e6);
  });
  test('a name that is no Unicode is told', async () => {
    await put('ok.md');
    await writeFile(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff]), Buffer.from('.md')]), 'x');
    expect([await paths(), Object.values(await reasons())]).toEqual([['ok.md'], ['its name is not valid Unicode']]);
  });
  test('a root that is not there rejects', () => expect(walk(join(root, 'nowhere'))).rejects.toThrow());
});

test('every legal name is listed as spelled (V04)', async () => {
  const names = [
    '100%.md',
    'a&b+c.md',
    'dots v1.2 notes.md',
    "Ada's.md",
    'emoji 🌱.md',
    'Cafe\u0301.md',
    'tail .md',
    'what?.md',
    '%20.md',
    `${'é'.repeat(126)}.md`,
  ];
  for (const name of names) await put(name);
  expect(await paths()).toEqual([...names].sort());
});

test('a file replaced by a link to the outside after the walk is not read', async () => {
  await put('Note.md', 'mine');
  expect(Buffer.from(await readEntry(root, { path: 'Note.md', kind: 'note' })).toString()).toBe('mine');
  await rename(join(root, 'Note.md'), join(home, 'outside.md'));
  await symlink(join(home, 'outside.md'), join(root, 'Note.md'));
  await expect(readEntry(root, { path: 'Note.md', kind: 'note' })).rejects.toThrow('out of the vault');
  await expect(readEntry(root, { path: '../outside.md', kind: 'note' })).rejects.toThrow('out of the vault');
});
