import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

  it('examines what is stored, names what is damaged, and mends what can be', async () => {
    const well = await trastienda('doctor');
    expect([well.code, well.out]).toEqual([0, expect.stringContaining('Nothing is wrong.')]);
    const [row] = await database.sql<{ id: string }[]>`select id from object`;
    const path = join(dataDir, 'objects', String(row?.id).slice(0, 2), `${row?.id}.1`);
    const stored = await readFile(path);
    await writeFile(path, stored.subarray(1));
    const ill = await trastienda('doctor', '--json');
    expect(ill.code).toBe(1);
    expect(JSON.parse(ill.out).findings).toMatchObject([{ fault: 'size', files: ['/ada/seal.png'] }]);
    const last = stored.length - 1;
    await writeFile(path, Buffer.concat([stored.subarray(0, last), Buffer.of((stored[last] ?? 0) ^ 1)]));
    const wrong = await trastienda('doctor', '--json');
    expect(JSON.parse(wrong.out).findings).toMatchObject([{ fault: 'damaged', files: ['/ada/seal.png'] }]);
    expect((await trastienda('doctor', '--repair')).out).toContain('1 files are stored anew');
    expect((await trastienda('import', folder.path, '--vault', 'ada')).code).toBe(0);
    expect((await trastienda('doctor')).code).toBe(0);
  });

  it('rotates keys, and gives up none that is in use', async () => {
    const before = JSON.parse((await trastienda('keys', 'status', '--json')).out);
    expect(before).toMatchObject({ missing: [], wrong: [], problem: null, keys: [{ primary: true, uses: 1 }] });
    expect((await trastienda('keys', 'remove', before.primary)).code).toBe(1);
    const { code, out } = await trastienda('keys', 'rotate');
    expect([code, out]).toEqual([0, expect.stringContaining('1 stored files and secrets')]);
    expect((await trastienda('keys', 'remove', before.primary)).code).toBe(0);
    expect((await trastienda('doctor')).code).toBe(0);
    const ring = await readFile(join(dataDir, 'keys.json'));
    await rm(join(dataDir, 'keys.json'));
    const lost = await trastienda('keys', 'status');
    expect([lost.code, lost.out]).toEqual([1, expect.stringContaining('There is no key ring')]);
    expect((await trastienda('doctor', '--json')).code).toBe(1);
    await writeFile(join(dataDir, 'keys.json'), ring);
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
