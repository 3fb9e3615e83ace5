/** Checks the settings and the command line without starting anything: what is wrong is said before the long steps. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';
import { readSettings } from '@/lib/env';
import { Trouble } from '@/lib/trouble';
import { readOrders } from './arguments';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
try {
  nextEnv.loadEnvConfig(root, false, { info: () => {}, error: console.error });
  readSettings(process.env, root);
  readOrders(process.argv.slice(2), root, process.env.INIT_CWD);
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 2;
}
