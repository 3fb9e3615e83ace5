import { access, chmod, constants, mkdir } from 'node:fs/promises';
import type { Settings } from '@/lib/env';
import { Trouble } from '@/lib/trouble';
import { chooseAccount } from './postgres/account';
import { findBinaries } from './postgres/binaries';
import { type Cluster, clusterUrl, prepareCluster, startCluster, stopCluster } from './postgres/cluster';
import { type Hold, hold } from './postgres/hold';

type Where = Pick<Settings, 'dataDir' | 'databaseUrl'>;
/** A PostgreSQL in use: `close` stops it, if it is the embedded one and nobody else uses it. */
export type Postgres = { url: string; embedded: boolean; close: () => Promise<void> };

/** The database of a server, started if it is the embedded one. Refuses a data folder that another server is using. */
export const openPostgres = (where: Where): Promise<Postgres> => open(where, true);

/** Runs `use` on the site's database: the running site's own, or one started and stopped around it. */
export async function withDatabase<T>(where: Where, use: (url: string) => Promise<T>): Promise<T> {
  const database = await open(where, false);
  try {
    return await use(database.url);
  } finally {
    await database.close();
  }
}

async function open({ dataDir, databaseUrl }: Where, asServer: boolean): Promise<Postgres> {
  if (databaseUrl) return { url: databaseUrl, embedded: false, close: async () => {} };
  await makeDataDir(dataDir);
  const binaries = await findBinaries();
  const account = await chooseAccount(binaries, dataDir);
  const cluster = await prepareCluster(binaries, account, dataDir);
  const port = await startCluster(cluster);
  const watch = await keepAlive(cluster, port, asServer);
  return { url: clusterUrl(cluster, port), embedded: true, close: watch.close };
}

/** Holds the cluster and, should PostgreSQL die while we use it, starts it again on the same port. */
async function keepAlive(cluster: Cluster, port: number, asServer: boolean): Promise<{ close: () => Promise<void> }> {
  const url = clusterUrl(cluster, port);
  let closing = false;
  let reviving: Promise<void> | null = null;
  const onLost = () => {
    if (closing || reviving) return;
    reviving = revive().finally(() => {
      reviving = null;
    });
  };
  const revive = async () => {
    for (let wait = 200; !closing; wait = Math.min(wait * 2, 1000)) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (closing) return;
      try {
        await startCluster(cluster, port);
        const again = await hold(url, asServer, onLost);
        if (again) {
          held = again;
          return;
        }
        console.error(taken(cluster.dataDir));
      } catch (error) {
        console.error(`PostgreSQL stopped and does not come back yet: ${messageOf(error)}`);
      }
    }
  };
  let held = await holdOrExplain(cluster, url, asServer, onLost);
  return {
    close: async () => {
      closing = true;
      await reviving;
      if (await held.release()) await stopCluster(cluster);
    },
  };
}

async function holdOrExplain(cluster: Cluster, url: string, asServer: boolean, onLost: () => void): Promise<Hold> {
  const held = await hold(url, asServer, onLost).catch((error) => {
    if (error.code !== '28P01') throw error;
    throw new Trouble(
      `PostgreSQL refuses the password in ${cluster.dataDir}/postgres.password: put back the file that belongs to this data folder.`,
    );
  });
  if (!held) throw new Trouble(taken(cluster.dataDir));
  return held;
}

const taken = (dataDir: string) =>
  `Another Trastienda is already running on the data folder ${dataDir}. Stop it first, or set DATA_DIR to another folder.`;

async function makeDataDir(dataDir: string): Promise<void> {
  try {
    const made = await mkdir(dataDir, { recursive: true, mode: 0o700 });
    if (made && process.getuid?.() === 0) await chmod(dataDir, 0o711);
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Trouble(
      `The data folder ${dataDir} cannot be used (${messageOf(error)}). Start Trastienda as the user it belongs to, or set DATA_DIR to another folder.`,
    );
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
