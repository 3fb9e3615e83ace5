import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Bench, type Line, type Measure, megabytes, seconds } from '../bench';
import { root, start } from '../processes';
import { usageOf, watchUsage } from '../usage';
import { pathOf, writeVault } from '../vault';

const LARGE = 10_000;
const LARGE_QUICK = 1_000;
const SMALL = 170;
const NOTES_A_SECOND = 200;
const PEAK_BYTES = 1e9;
/** As the target is meant. */
const CORES = 2;

/** `trastienda import` as anybody runs it: of a small vault, of a large one, and of one where nothing or one note changed. */
export const importing: Measure = {
  name: 'import',
  about: 'importing vaults: time, notes a second, peak memory, and again with nothing changed',
  run: async (bench) => {
    const large = bench.quick ? LARGE_QUICK : LARGE;
    const small = writeVault(path.join(bench.folder, 'small'), SMALL);
    const made = writeVault(path.join(bench.folder, 'large'), large);
    const lines = [tell(`import of ${SMALL} notes`, await importFolder(bench, small.folder, 'small'))];
    if (bench.vaultFolder) {
      const real = await importFolder(bench, path.resolve(bench.vaultFolder), 'real');
      lines.push(tell(`import of ${path.basename(bench.vaultFolder)}`, real));
    }
    const whole = await importFolder(bench, made.folder, 'large');
    lines.push(rate(`import of ${large} notes`, whole, !bench.quick), peak(whole));
    const again = await importFolder(bench, made.folder, 'large');
    lines.push({ ...tell('again, nothing changed', again), target: '0 changed', ok: again.changed === 0 });
    appendFileSync(path.join(made.folder, pathOf(large >> 1)), '\nOne more line.\n');
    lines.push(tell('again, one note changed', await importFolder(bench, made.folder, 'large')));
    return lines;
  },
};

type Imported = {
  notes: number;
  changed: number;
  /** Of the whole command, from typing it to its end. */
  ms: number;
  peakBytes: number | null;
  /** Of the command and of PostgreSQL. */
  cpuMs: number | null;
};

async function importFolder(bench: Bench, folder: string, slug: string): Promise<Imported> {
  bench.say(`Importing ${folder}`);
  const database = await databasePid(bench);
  const before = database === null ? null : usageOf(database);
  const began = performance.now();
  const report = path.join(bench.folder, 'report.json');
  const args = [path.join(root, 'bench', 'import-once.mjs'), report, folder, '--vault', slug, '--access', 'public'];
  const running = start(bench, process.execPath, args, {
    env: { ...process.env, DATABASE_URL: bench.databaseUrl, DATA_DIR: path.join(bench.folder, 'data') },
  });
  const watch = watchUsage(running.pid);
  const code = await running.ended;
  const ms = performance.now() - began;
  const used = watch.stop();
  if (code !== 0) throw new Error(`The import of ${folder} failed:\n${running.said()}`);
  const after = database === null ? null : usageOf(database);
  const { notes, changed } = JSON.parse(await readFile(report, 'utf8'));
  const cpuMs = used && before && after ? used.cpuMs + after.cpuMs - before.cpuMs : null;
  return {
    notes,
    changed: changed.added + changed.updated + changed.removed,
    ms,
    peakBytes: used?.peakBytes ?? null,
    cpuMs,
  };
}

async function databasePid(bench: Bench): Promise<number | null> {
  const file = path.join(bench.folder, 'data', 'postgres', 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || null;
}

const tell = (name: string, imported: Imported): Line => ({
  name,
  value: `${seconds(imported.ms)}${imported.cpuMs === null ? '' : ` (${seconds(imported.cpuMs)} of CPU)`}`,
  numbers: { ms: imported.ms, cpuMs: imported.cpuMs, peakBytes: imported.peakBytes, changed: imported.changed },
});

/** Starting the threads takes seconds, so that only a large vault tells how fast they are. */
function rate(name: string, imported: Imported, judged: boolean): Line {
  const each = (imported.notes * 1000) / imported.ms;
  const eachQuiet = imported.cpuMs === null ? null : (imported.notes * 1000 * CORES) / imported.cpuMs;
  const quiet = eachQuiet === null ? '' : `; ${Math.round(eachQuiet)}/s if nothing else had used ${CORES} cores`;
  return {
    ...tell(name, imported),
    value: `${Math.round(each)} notes/s (${tell(name, imported).value}${quiet})`,
    ...(judged ? { target: `≥ ${NOTES_A_SECOND}/s`, ok: each >= NOTES_A_SECOND } : {}),
    numbers: { ...tell(name, imported).numbers, notesPerSecond: each, notesPerSecondQuiet: eachQuiet },
  };
}

const peak = ({ peakBytes }: Imported): Line => ({
  name: 'its peak memory',
  value: peakBytes === null ? 'not told by this system' : megabytes(peakBytes),
  target: `< ${megabytes(PEAK_BYTES)}`,
  ok: peakBytes === null ? undefined : peakBytes < PEAK_BYTES,
  numbers: { peakBytes },
});
