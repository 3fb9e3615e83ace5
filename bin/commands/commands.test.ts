import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { type Folder, makeFolder } from '@/features/vaults/testing/folder';

let database: TestDatabase;
let folder: Folder;
let dataDir: string;
beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'trastienda-commands-'));
  folder = await makeFolder('My notes', { 'Ada.md': 'Ada ![[seal.png]] [[Bo]]\n', 'seal.png': 'not a picture' });
});
afterAll(async () => {
  await database.drop();
  await folder.drop();
  await rm(dataDir, { recursive: true, force: true });
});

type Said = { code: number; out: string; errors: string };
const trastienda = (...words: string[]) =>
  new Promise<Said>((resolve) => {
    const env = { ...process.env, DATABASE_URL: database.url, DATA_DIR: dataDir };
    const child = execFile(process.execPath, ['bin/trastienda.mjs', ...words], { env }, (_, out, errors) =>
      resolve({ code: child.exitCode ?? -1, out, errors }),
    );
  });

describe('the command line', { timeout: 60_000 }, () => {
  it('tells in a dry run what an import would do, and does nothing', async () => {
    const { code, out } = await trastienda('import', folder.path, '--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/^This would make \/my-notes: 1 notes \(0 public\), 1 files; 2 added/);
    expect(out).toContain('Ada.md:1 [[Bo]]');
    expect(out).toContain('import it with --access public');
    expect(await database.sql`select 1 from vault`).toHaveLength(0);
  });

  it('imports a folder under a name and an access, and prints the whole report as JSON', async () => {
    const { code, out } = await trastienda('import', folder.path, '--vault', 'ada', '--access', 'public', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      vault: 'ada',
      access: 'public',
      publicNotes: 1,
      read: 2,
      accounted: 2,
      notice: null,
    });
  });

  it('writes a vault back', async () => {
    const target = join(dataDir, 'again');
    const { code, out } = await trastienda('export', 'ada', target, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ vault: 'ada', notes: 1, files: 1, left: [] });
  });

  it.each([
    [['import', '/nowhere/at/all'], 'The folder /nowhere/at/all does not exist.'],
    [['import', '.', '--access', 'friends'], '--access is public, members, private or group:<name>, not "friends".'],
    [['export', 'nobody', 'x'], 'There is no vault "nobody".'],
    [['improt', 'x'], 'Did you mean import?'],
    [['import'], "missing required argument 'folder'"],
  ])('%s is refused with a sentence and exit code 2', async (words, sentence) => {
    const { code, out, errors } = await trastienda(...words);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(errors).toContain(sentence);
    expect(errors).not.toContain('    at ');
  });

  it('explains itself', async () => {
    const { code, out } = await trastienda('import', '--help');
    expect(code).toBe(0);
    for (const word of ['--vault', '--access', '--dry-run', '--json']) expect(out).toContain(word);
  });
});
