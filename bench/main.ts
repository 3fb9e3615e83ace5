import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { withDatabase } from '@/server/postgres';
import type { Bench, Measure } from './bench';
import { bytes } from './measures/bytes';
import { download } from './measures/download';
import { edit } from './measures/edit';
import { firstVisit } from './measures/first-visit';
import { importing } from './measures/import';
import { modes } from './measures/modes';
import { reader } from './measures/reader';
import { secret } from './measures/secret';
import { serve } from './measures/serve';
import { upload } from './measures/upload';
import { xray } from './measures/xray';
import { printMeasure, type Results } from './print';

const MEASURES: Measure[] = [serve, firstVisit, importing, edit, bytes, download, upload, reader, secret, modes, xray];
/** Nobody waits longer than this: what is not measured by then is given up, and what was started is stopped. */
const LONGEST_MS = 20 * 60_000;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    'vault-folder': { type: 'string' },
  },
});

class Interruption extends Error {}

/** Rejects when the bench is asked to stop, or takes too long. */
const interrupted = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => reject(new Interruption('Stopped.')));
  setTimeout(() => reject(new Interruption('This takes too long; given up.')), LONGEST_MS).unref();
});
interrupted.catch(() => {});

const folder = mkdtempSync(path.join(tmpdir(), 'trastienda-bench-'));
chmodSync(folder, 0o711); // PostgreSQL may run as another user
const undos: (() => Promise<void>)[] = [];

process.exitCode = await withDatabase({ dataDir: path.join(folder, 'data') }, measureAll)
  .catch((error: unknown) => {
    console.error(error);
    return 1;
  })
  .finally(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

async function measureAll(databaseUrl: string): Promise<number> {
  const say = (text: string) => process.stderr.write(`  ${text}\n`);
  const vaultFolder = values['vault-folder'] && path.resolve(process.env.INIT_CWD ?? '.', values['vault-folder']);
  const bench: Bench = { folder, databaseUrl, quick: values.quick, vaultFolder, say, onEnd };
  const machine = { cores: availableParallelism(), load: loadavg()[0] ?? 0, node: process.version };
  const results: Results = { machine, measures: [] };
  let failed = 0;
  for (const measure of chosen()) {
    try {
      const lines = await Promise.race([measure.run(bench), interrupted]);
      results.measures.push({ name: measure.name, lines });
      if (!values.json) printMeasure(measure.about, lines);
    } catch (error) {
      console.error(error);
      failed++;
      if (error instanceof Interruption) break;
    } finally {
      for (const undo of undos.splice(0).reverse()) await undo();
    }
  }
  if (values.json) console.log(JSON.stringify(results, null, 2));
  else console.log(`\n  ${machine.cores} cores, load ${machine.load.toFixed(1)} at the start, Node ${machine.node}`);
  return failed === 0 ? 0 : 1;
}

function chosen(): Measure[] {
  const wanted = values.only ?? [];
  const unknown = wanted.find((name) => !MEASURES.some((measure) => measure.name === name));
  if (unknown) throw new Error(`--only is one of ${MEASURES.map(({ name }) => name).join(', ')}, not "${unknown}".`);
  return wanted.length === 0 ? MEASURES : MEASURES.filter(({ name }) => wanted.includes(name));
}

function onEnd(undo: () => Promise<void>): () => Promise<void> {
  let undone: Promise<void> | null = null;
  const once = () => {
    undone ??= undo();
    return undone;
  };
  undos.push(once);
  return once;
}
