import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { object } from '@/db/schema';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { openBytes } from '@/features/files/bytes';
import { examine } from '@/features/files/examine';
import { instanceId } from '@/features/files/instance';
import { folderStore } from '@/features/files/store';
import { storedObject } from '@/features/files/stored';
import { sweep } from '@/features/files/sweep';
import { keyRing } from '@/features/keys/ring-file';
import { seal, totpContext, unseal } from '@/features/keys/seal';
import { isSound, readKeyState } from '@/features/keys/state';
import { type Folder, makeFolder } from '@/features/vaults/testing/folder';

/** How often each thing is killed, at another moment each time; `KILLS=50` is the long mode. */
const TIMES = Number(process.env.KILLS ?? 4);
const FILES = 12;

let database: TestDatabase;
let folder: Folder;
let dataDir: string;
beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'trastienda-killed-'));
  process.env.KEY_RING = join(dataDir, 'keys.json');
  const names = Array.from({ length: FILES }, (_, i) => `f${i}.bin`);
  const files = Object.fromEntries(names.map((name) => [name, randomBytes(2_000_000)]));
  folder = await makeFolder('notes', { 'Ada.md': names.map((name) => `[[${name}]]`).join(' '), ...files });
});
afterAll(async () => {
  await database.drop();
  await folder.drop();
  await rm(dataDir, { recursive: true, force: true });
});

function begin(...words: string[]): { child: ChildProcess; ended: Promise<number | null> } {
  const env = { ...process.env, DATABASE_URL: database.url, DATA_DIR: dataDir };
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/commands/main.ts', ...words], {
    env,
    stdio: 'ignore',
  });
  return { child, ended: new Promise((resolve) => child.once('close', resolve)) };
}
/** Runs a command as long as it takes, and returns how long that was. */
async function measure(...words: string[]): Promise<number> {
  const began = Date.now();
  expect(await begin(...words).ended).toBe(0);
  return Date.now() - began;
}
/** Kills a command after a part of the time it would take. */
async function kill(share: number, whole: number, ...words: string[]): Promise<void> {
  const { child, ended } = begin(...words);
  await new Promise((resolve) => setTimeout(resolve, whole * share));
  child.kill('SIGKILL');
  await ended;
}

const store = () => folderStore(join(dataDir, 'objects'));
/** What is wrong with what is stored, orphans left out: those are swept. */
async function broken() {
  const { findings } = await examine(database.db, store(), { graceSeconds: 0 });
  return findings.filter(({ fault }) => fault !== 'orphan');
}
/** Every row's bytes are those whose hash it keeps. */
async function expectReadable(): Promise<void> {
  const rows = await database.db.select({ sha256: object.sha256, stored: storedObject }).from(object);
  const shelf = { store: store(), ring: await keyRing(), instance: await instanceId(database.db) };
  for (const { sha256, stored } of rows) {
    const opened = await openBytes(shelf, 'original', stored);
    const hash = createHash('sha256');
    for await (const part of opened.all()) hash.update(part);
    await opened.close();
    expect(hash.digest('hex')).toBe(sha256);
  }
}

describe('a process that is killed', { timeout: 180_000 }, () => {
  it('while it imports or replaces files leaves no row without bytes, and the next import finishes it', async () => {
    const whole = await measure('import', folder.path, '--vault', 'ada');
    expect(await broken()).toEqual([]);
    for (let i = 1; i <= TIMES; i++) {
      for (let n = 0; n < FILES; n++) await writeFile(join(folder.path, `f${n}.bin`), randomBytes(2_000_000));
      await kill(0.3 + (0.7 * i) / TIMES, whole, 'import', folder.path, '--vault', 'ada');
      expect(await broken(), `killed for the ${i}th time`).toEqual([]);
      await expectReadable();
    }
    await measure('import', folder.path, '--vault', 'ada');
    await sweep(database.db, store(), -1);
    const { findings, examined } = await examine(database.db, store(), { graceSeconds: 0 });
    expect([findings, examined]).toEqual([[], FILES]);
  });

  it('while it rotates keys leaves every file readable, and the next rotation finishes it', async () => {
    const whole = await measure('keys', 'rotate');
    for (let i = 1; i <= TIMES; i++) {
      await kill(0.5 + (0.5 * i) / TIMES, whole, 'keys', 'rotate');
      expect(await broken(), `killed for the ${i}th time`).toEqual([]);
      await expectReadable();
    }
    await measure('keys', 'rotate');
    const rows = await database.sql<{ keys: number }[]>`select count(distinct kek_id)::int as keys from object`;
    expect(rows[0]?.keys).toBe(1);
  });

  it('at each step of a rotation leaves every file and secret readable, and the next rotation finishes it', async () => {
    const { sql } = database;
    const [ada] = await sql<{ id: string }[]>`
      insert into person (email, email_key, name, role) values ('a@b.c', 'a@b.c', 'Ada', 'owner') returning id`;
    const context = totpContext(ada?.id ?? '');
    await sql`update person set totp_secret = ${await seal(database.db, context, Buffer.from('seed'))}`;
    const secret = async () => {
      const [row] = await sql<{ totp_secret: Buffer }[]>`select totp_secret from person`;
      return String(await unseal(context, row?.totp_secret ?? Buffer.alloc(0)));
    };
    // Each lock holds the rotation where it begins to write to the table: reading goes on
    for (const [table, step] of [
      ['wrapping_key', 'the ring has a new key that the database does not know'],
      ['object', 'no file is wrapped with it'],
      ['variant', 'files are, variants are not'],
      ['person', 'files are, secrets are not'],
    ] as const) {
      await heldAt(table, async (waiting) => {
        const { child, ended } = begin('keys', 'rotate');
        await waiting();
        child.kill('SIGKILL');
        await ended;
      });
      expect(await broken(), step).toEqual([]);
      await expectReadable();
      expect(await secret(), step).toBe('seed');
      expect(isSound(await readKeyState(database.db)), step).toBe(true);
    }
    await measure('keys', 'rotate');
    const { primary } = await keyRing();
    const [row] = await sql<{ left: number }[]>`select count(*)::int as left from object where kek_id <> ${primary}`;
    expect([row?.left, await secret()]).toEqual([0, 'seed']);
  });
});

/** Keeps everybody from writing to a table, until `work` is done; it is told when somebody waits to. */
async function heldAt(table: string, work: (waiting: () => Promise<void>) => Promise<void>): Promise<void> {
  await database.sql.begin(async (tx) => {
    await tx`lock table ${tx(table)} in exclusive mode`;
    const isWaited = async () => {
      const [row] = await tx<{ waits: boolean }[]>`
        select exists (select from pg_locks where not granted and relation = ${table}::regclass) as waits`;
      return row?.waits === true;
    };
    await work(async () => {
      for (
        const until = Date.now() + 30_000;
        !(await isWaited());
        await new Promise((resolve) => setTimeout(resolve, 20))
      )
        if (Date.now() > until) throw new Error(`nobody writes to ${table}`);
    });
  });
}
