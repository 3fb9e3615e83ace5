import { randomBytes } from 'node:crypto';
import { chown, lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Trouble } from '@/lib/trouble';
import { type Account, run } from './account';
import type { Binaries } from './binaries';
import { configure, freePort } from './configure';
import { readPostmaster, removeStaleLock } from './postmaster';

/** One PostgreSQL data folder and what is needed to run it. */
export type Cluster = { binaries: Binaries; account: Account; dataDir: string; folder: string; password: string };

const USER = 'trastienda';
const START_ATTEMPTS = 6;

/** The address of the cluster's database while it listens on `port`. */
export const clusterUrl = (cluster: Cluster, port: number) =>
  `postgres://${USER}:${cluster.password}@127.0.0.1:${port}/postgres`;

/** Makes the data folder unless it is there. A half-made one never gets its final name. */
export async function prepareCluster(binaries: Binaries, account: Account, dataDir: string): Promise<Cluster> {
  const folder = path.join(dataDir, 'postgres');
  const cluster = { binaries, account, dataDir, folder, password: await password(dataDir) };
  await removeHalfMade(dataDir);
  if (await isCluster(folder)) {
    await checkVersion(cluster);
    if (account.ids) await giveTo(folder, account.ids);
    return cluster;
  }
  const fresh = path.join(dataDir, `postgres.new-${process.pid}`);
  await initialise(cluster, fresh);
  await rename(fresh, folder).catch(async (error) => {
    await rm(fresh, { recursive: true, force: true });
    if (!(await isCluster(folder))) throw error; // else another process was faster, with the same password
  });
  return cluster;
}

/** Starts PostgreSQL and returns its port: `port` when given, else a free one. */
export async function startCluster(cluster: Cluster, port?: number): Promise<number> {
  await removeStaleLock(cluster.folder);
  let last = '';
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    // After a kill, leftovers of the old database take a moment to notice and go; a port can be taken meanwhile
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 400 * attempt));
    const running = await readPostmaster(cluster.folder);
    if (running?.ready) return running.port;
    const chosen = port ?? (await freePort());
    await configure(cluster.folder, logFile(cluster), chosen, cluster.account);
    const { code, output } = await run(
      cluster.account,
      cluster.binaries.pg_ctl,
      startArguments(cluster),
      cluster.folder,
    );
    if (code === 0) return chosen;
    last = output;
  }
  throw new Trouble(`PostgreSQL does not start. ${await explain(cluster, last)}`);
}

/** Stops PostgreSQL: quickly and cleanly or, when it does not obey, at once. */
export async function stopCluster({ account, binaries, folder }: Cluster): Promise<void> {
  const stop = (mode: string) =>
    run(account, binaries.pg_ctl, ['stop', '-D', folder, '-m', mode, '-w', '-t', '8'], folder);
  const { code } = await stop('fast');
  if (code !== 0 && (await readPostmaster(folder))) await stop('immediate');
}

const logFile = ({ dataDir }: Pick<Cluster, 'dataDir'>) => path.join(dataDir, 'postgres.log');

const isCluster = (folder: string) =>
  stat(path.join(folder, 'PG_VERSION')).then(
    () => true,
    () => false,
  );

async function password(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'postgres.password');
  await writeFile(file, randomBytes(24).toString('hex'), { flag: 'wx', mode: 0o600 }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return (await readFile(file, 'utf8')).trim();
}

async function removeHalfMade(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = /^postgres\.new-(\d+)$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(path.join(dataDir, name), { recursive: true, force: true });
  }
  const folder = path.join(dataDir, 'postgres');
  const names = await readdir(folder).catch(() => null);
  if (names === null || (await isCluster(folder))) return;
  if (names.length > 0) throw new Trouble(`${folder} is not a PostgreSQL data folder. Move it away, or set DATA_DIR.`);
  await rm(folder, { recursive: true });
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false; // a number used again: ours is made later
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function initialise(cluster: Cluster, fresh: string): Promise<void> {
  const { account, binaries } = cluster;
  const secret = `${fresh}.password`;
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(secret, `${cluster.password}\n`, { mode: 0o600 });
  if (account.ids) {
    await chown(fresh, account.ids.uid, account.ids.gid);
    await chown(secret, account.ids.uid, account.ids.gid);
  }
  const { code, output } = await run(account, binaries.initdb, [
    `--pgdata=${fresh}`,
    `--username=${USER}`,
    `--pwfile=${secret}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]).finally(() => rm(secret, { force: true }));
  if (code !== 0) {
    await rm(fresh, { recursive: true, force: true });
    throw new Trouble(`PostgreSQL cannot make its data folder in ${cluster.dataDir}: ${lastLine(output)}`);
  }
  await writeFile(path.join(fresh, 'postgresql.conf'), "\ninclude_if_exists = 'trastienda.conf'\n", { flag: 'a' });
}

async function checkVersion({ binaries, account, folder }: Cluster): Promise<void> {
  const made = (await readFile(path.join(folder, 'PG_VERSION'), 'utf8')).trim();
  const brought = /(\d+)/.exec((await run(account, binaries.postgres, ['--version'])).output)?.[1];
  if (made !== brought) {
    throw new Trouble(
      `The data folder ${folder} was made by PostgreSQL ${made}, and this version of Trastienda brings PostgreSQL ${brought}. ` +
        'Start the version that made it, write each vault out (npx trastienda export), and import it with this one.',
    );
  }
}

/** Gives a folder that was copied or restored by root to the user PostgreSQL runs as. */
async function giveTo(folder: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  if ((await stat(folder)).uid === uid) return;
  for (const entry of [
    folder,
    ...(await readdir(folder, { recursive: true })).map((name) => path.join(folder, name)),
  ]) {
    if (!(await lstat(entry)).isSymbolicLink()) await chown(entry, uid, gid);
  }
}

const startArguments = ({ folder, dataDir }: Cluster) => [
  'start',
  '-D',
  folder,
  '-l',
  logFile({ dataDir }),
  '-w',
  '-t',
  '60',
  '--silent',
];

async function explain({ dataDir, folder, account }: Cluster, output: string): Promise<string> {
  const log = await readFile(logFile({ dataDir }), 'utf8').catch(() => '');
  const fatal = log
    .trim()
    .split('\n')
    .findLast((line) => /FATAL|PANIC/.test(line));
  if (/Permission denied/i.test(output) && !account.ids) {
    return `The folder ${folder} belongs to another user: start Trastienda as that user, or give the folder to yours.`;
  }
  return `${fatal?.replace(/^.*?(FATAL|PANIC):\s*/, '') ?? lastLine(output)} (the whole log is in ${logFile({ dataDir })})`;
}

const lastLine = (output: string) => output.split('\n').findLast((line) => line.trim() !== '') ?? 'it said nothing';
