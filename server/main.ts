import path from 'node:path';
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';
import { database } from '@/db/connection';
import { readSettings, SettingsError } from '@/lib/env';
import { readOrders } from './arguments';
import { boot } from './boot';
import { Shutdown } from './shutdown';
import { Trouble } from './trouble';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const shutdown = new Shutdown();

async function main(): Promise<void> {
  nextEnv.loadEnvConfig(root, false, { info: () => {}, error: console.error });
  const settings = readSettings(process.env, root);
  const orders = readOrders(process.argv.slice(2), root, process.env.INIT_CWD);
  await boot({ root, settings, orders, shutdown, database });
}

function explain(error: unknown): number {
  if (error instanceof Trouble) console.error(`\n${error.message}`);
  else if (error instanceof SettingsError)
    console.error(`\n${error.message}\nSee .env.example for what each one means.`);
  else console.error(error);
  return error instanceof Trouble ? error.exitCode : error instanceof SettingsError ? 2 : 1;
}

const booting = main();
shutdown.listen(() => booting);
booting.catch((error) => (shutdown.asked ? undefined : shutdown.end(explain(error))));
