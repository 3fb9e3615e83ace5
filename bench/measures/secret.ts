import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { like } from 'drizzle-orm';
import { connect } from '@/db/connection';
import { file } from '@/db/schema';
import { type Bench, type Line, type Measure, median, milliseconds } from '../bench';
import { get } from '../http';
import { startSite } from '../site';

const FILES = 200;
/** What the time of an answer may say of whether there is such a file: no more than other noise does. */
const APART = 0.05;

/** How long it takes to be told that there is no such file, when there is one and it is closed. */
export const secret: Measure = {
  name: 'secret',
  about: 'whether time tells that a closed file exists',
  run: async (bench) => {
    const folder = path.join(bench.folder, 'secret');
    await writeClosed(folder);
    const site = await startSite(bench, folder, 'secret');
    const closed = await closedFiles(bench);
    const kinds: [string, () => string][] = [
      ['closed', () => closed[Math.floor(Math.random() * closed.length)] ?? ''],
      ['unknown', randomUUID],
      ['unknown again', randomUUID],
    ];
    const times = new Map<string, number[]>(kinds.map(([kind]) => [kind, []]));
    bench.say(`Asking for ${closed.length} closed files, and for unknown ones`);
    for (let i = 0; i < (bench.quick ? 500 : 3_000); i++) {
      // In another order each time: who comes after whom must not tell either
      for (let turn = 0; turn < kinds.length; turn++) {
        const [kind, id] = kinds[(i + turn) % kinds.length] ?? ['', () => ''];
        const { status, ms } = await get(`${site.origin}/files/${id()}/x.bin`);
        if (status !== 404) throw new Error(`A ${kind} file is answered with ${status}`);
        times.get(kind)?.push(ms);
      }
    }
    await site.stop();
    const of = (kind: string) => median(times.get(kind) ?? []);
    return [
      lineOf('closed, against unknown', of('closed'), of('unknown')),
      noiseOf(of('unknown again'), of('unknown')),
    ];
  },
};

async function writeClosed(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = Array.from({ length: FILES }, (_, i) => `closed-${i}.bin`);
  await writeFile(path.join(folder, 'trastienda.yaml'), 'access: members\n');
  await writeFile(path.join(folder, 'Home.md'), `${names.map((name) => `[[${name}]]`).join('\n')}\n`);
  for (const name of names) await writeFile(path.join(folder, name), name);
}

async function closedFiles(bench: Bench): Promise<string[]> {
  const connection = connect(bench.databaseUrl, { max: 1 });
  try {
    const rows = await connection.db.select({ id: file.id }).from(file).where(like(file.path, 'closed-%'));
    if (rows.length < FILES) throw new Error(`Only ${rows.length} closed files were imported`);
    return rows.map(({ id }) => id);
  } finally {
    await connection.close();
  }
}

function lineOf(name: string, own: number, other: number): Line {
  const times = own / other;
  return {
    name,
    value: `${times.toFixed(3)} times (medians of ${milliseconds(own)} and ${milliseconds(other)})`,
    target: `${1 - APART} to ${1 + APART}`,
    ok: Math.abs(times - 1) <= APART,
    numbers: { times, own, other },
  };
}

const noiseOf = (own: number, other: number): Line => ({
  name: 'unknown, against unknown',
  value: `${(own / other).toFixed(3)} times`,
  numbers: { times: own / other },
});
