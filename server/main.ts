import path from 'node:path';
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';
import { database } from '@/db/connection';
import { readSettings } from '@/lib/env';
import { readOrders } from './arguments';
import { boot } from './boot';
import { explain } from './explain';
import { Shutdown } from './shutdown';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const shutdown = new Shutdown();

async function main(): Promise<void> {
  nextEnv.loadEnvConfig(root, false, { info: () => {}, error: console.error });
  const settings = readSettings(process.env, root);
  const orders = readOrders(process.argv.slice(2), root, process.env.INIT_CWD);
  await boot({ root, settings, orders, shutdown, database });
}

const booting = main();
shutdown.listen(() => booting);
booting.catch((error) => (shutdown.asked ? undefined : shutdown.end(explain(error))));
