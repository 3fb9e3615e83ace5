import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPostgres, withDatabase } from './postgres';
import { readPostmaster } from './postgres/postmaster';

let dataDir: string;
const folder = () => path.join(dataDir, 'postgres');
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'trastienda-postgres-'));
});
afterEach(async () => {
  await withDatabase({ dataDir }, async () => {}).catch(() => {}); // stops what a test left running
  await rm(dataDir, { recursive: true, force: true });
});

async function query<T>(url: string, use: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await use(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

/** A server in a process of its own, which can be killed; resolves once it has its database. */
async function serverProcess(): Promise<{ child: ChildProcess; url: string }> {
  const script = path.join(
    import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
    'testing',
    'hold-postgres.ts',
  );
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  return { child, url };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

describe('the embedded PostgreSQL', () => {
  it('is made at the first start, keeps what it was given, and is gone when closed', async () => {
    const first = await openPostgres({ dataDir });
    await query(first.url, (sql) => sql`create table kept as select 42 as answer`);
    await first.close();
    expect(await readPostmaster(folder())).toBeNull();
    const second = await openPostgres({ dataDir });
    expect(await query(second.url, (sql) => sql`select answer from kept`)).toMatchObject([{ answer: 42 }]);
    await second.close();
  });

  it('keeps its password to itself, and writes to disk before it says so', async () => {
    const database = await openPostgres({ dataDir });
    expect((await stat(path.join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600);
    const [row] = await query(
      database.url,
      (sql) => sql`select current_setting('fsync') as fsync, current_setting('listen_addresses') as address`,
    );
    expect(row).toMatchObject({ fsync: 'on', address: '127.0.0.1' });
    const wrong = new URL(database.url);
    wrong.password = 'guess';
    await expect(query(wrong.href, (sql) => sql`select 1`)).rejects.toThrow(/password/);
    await database.close();
  });

  it('is not shared by two servers', async () => {
    const first = await openPostgres({ dataDir });
    await expect(openPostgres({ dataDir })).rejects.toThrow(/Another Trastienda is already running on the data folder/);
    expect(await query(first.url, (sql) => sql`select 1 as one`)).toHaveLength(1);
    await first.close();
  });

  it('left running by a killed server is taken over, and stopped at the end', async () => {
    const killed = await serverProcess();
    await query(killed.url, (sql) => sql`create table kept as select 1`);
    const before = await readPostmaster(folder());
    await kill(killed.child);
    const next = await openPostgres({ dataDir });
    expect((await readPostmaster(folder()))?.pid).toBe(before?.pid);
    expect(await query(next.url, (sql) => sql`select * from kept`)).toHaveLength(1);
    await next.close();
    expect(await readPostmaster(folder())).toBeNull();
  });

  it('killed with its server starts again, with everything that was committed', async () => {
    const killed = await serverProcess();
    await query(killed.url, (sql) => sql`create table kept as select generate_series(1, 1000)`);
    const postmaster = await readPostmaster(folder());
    await kill(killed.child);
    if (postmaster) process.kill(postmaster.pid, 'SIGKILL');
    const next = await openPostgres({ dataDir });
    expect(await query(next.url, (sql) => sql`select * from kept`)).toHaveLength(1_000);
    await next.close();
  });

  it('killed under a server comes back on the same address', async () => {
    const database = await openPostgres({ dataDir });
    await query(database.url, (sql) => sql`create table kept as select 1`);
    const postmaster = await readPostmaster(folder());
    if (postmaster) process.kill(postmaster.pid, 'SIGKILL');
    await expect
      .poll(() => query(database.url, (sql) => sql`select * from kept`).catch(() => []), {
        timeout: 15_000,
        interval: 300,
      })
      .toHaveLength(1);
    await database.close();
    expect(await readPostmaster(folder())).toBeNull();
  }, 30_000);

  it('does not mind the lock file of a process number that is now something else', async () => {
    await (await openPostgres({ dataDir })).close();
    await writeFile(
      path.join(folder(), 'postmaster.pid'),
      `${process.pid}\n${folder()}\n1\n5432\n\n127.0.0.1\n  1 2\nready   \n`,
    );
    await (await openPostgres({ dataDir })).close();
  });

  it('does not mind a half-made data folder of a start that was cut short', async () => {
    const halfMade = path.join(dataDir, 'postgres.new-999999999');
    await mkdir(path.join(halfMade, 'base'), { recursive: true });
    await (await openPostgres({ dataDir })).close();
    expect(await readdir(dataDir)).not.toContain('postgres.new-999999999');
  });

  it('refuses in one sentence a folder that is not its own, and one of another version', async () => {
    await mkdir(folder());
    await writeFile(path.join(folder(), 'letters.txt'), 'dear');
    await expect(openPostgres({ dataDir })).rejects.toThrow(/is not a PostgreSQL data folder/);
    await rm(folder(), { recursive: true });
    await (await openPostgres({ dataDir })).close();
    await writeFile(path.join(folder(), 'PG_VERSION'), '15\n');
    await expect(openPostgres({ dataDir })).rejects.toThrow(
      /made by PostgreSQL 15, and this version of Trastienda brings PostgreSQL 18/,
    );
    await writeFile(path.join(folder(), 'PG_VERSION'), '18\n');
  });
});

describe('a command', () => {
  it('starts the database for itself and stops it', async () => {
    expect(await withDatabase({ dataDir }, (url) => query(url, (sql) => sql`select 1 as one`))).toHaveLength(1);
    expect(await readPostmaster(folder())).toBeNull();
  });

  it('uses that of the running site, and leaves it running', async () => {
    const site = await openPostgres({ dataDir });
    expect(await withDatabase({ dataDir }, async (url) => url)).toBe(site.url);
    expect(await query(site.url, (sql) => sql`select 1 as one`)).toHaveLength(1);
    await site.close();
  });

  it('is not cut off by the site, which leaves the stopping to it', async () => {
    const site = await openPostgres({ dataDir });
    await withDatabase({ dataDir }, async (url) => {
      await site.close();
      expect(await query(url, (sql) => sql`select 1 as one`)).toHaveLength(1);
    });
    expect(await readPostmaster(folder())).toBeNull();
  });

  it('uses DATABASE_URL when there is one', async () => {
    expect(await withDatabase({ dataDir, databaseUrl: 'postgres://elsewhere/x' }, async (url) => url)).toBe(
      'postgres://elsewhere/x',
    );
    expect(await readdir(dataDir)).toEqual([]);
  });
});
