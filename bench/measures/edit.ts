import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { addressesOf } from '../addresses';
import { type Bench, type Line, type Measure, median, milliseconds, percentile } from '../bench';
import { get } from '../http';
import { startSite } from '../site';
import { pathOf, writeVault } from '../vault';

const SIZES = [100, 1_000, 10_000];
const SIZES_QUICK = [100, 1_000];
const EDITS = 20;
const WARMING = 3;
const POLL_MS = 4;
/** Nobody saves without a pause: what one change has made again in the background is then done. */
const PAUSE_MS = 1_500;
const GIVE_UP_MS = 30_000;
const P95_MS = 500;
/** What "does not grow with the vault" allows the largest to take, in times the smallest. */
const GROWTH = 2;

/** From the moment a note's file is written to the first answer with the new text, on a running site. */
export const edit: Measure = {
  name: 'edit',
  about: 'from saving a note to reading it on the site, in vaults of three sizes',
  run: async (bench) => {
    const sizes = bench.quick ? SIZES_QUICK : SIZES;
    const taken: number[][] = [];
    for (const size of sizes) taken.push(await editsIn(bench, size));
    const lines = sizes.map((size, i) => line(size, taken[i] ?? [], i === sizes.length - 1));
    const growth = median(taken.at(-1) ?? []) / median(taken[0] ?? []);
    return [
      ...lines,
      {
        name: `${sizes.at(-1)} notes against ${sizes[0]}`,
        value: `${growth.toFixed(2)} times (medians)`,
        target: `≤ ${GROWTH}`,
        ok: growth <= GROWTH,
        numbers: { growth },
      },
    ];
  },
};

async function editsIn(bench: Bench, size: number): Promise<number[]> {
  const slug = `edited-${size}`;
  const { folder } = writeVault(path.join(bench.folder, slug), size);
  bench.say(`Starting a site with ${size} notes`);
  const site = await startSite(bench, folder, slug);
  const step = Math.floor(size / (EDITS + WARMING + 1));
  const paths = Array.from({ length: EDITS + WARMING }, (_, i) => pathOf((i + 1) * step + 1));
  const addresses = await addressesOf(bench, slug, paths);
  bench.say(`Editing ${EDITS} of ${size} notes`);
  const taken: number[] = [];
  for (const [i, address] of addresses.entries()) {
    await get(site.origin + address);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const ms = await editOnce(path.join(folder, paths[i] ?? ''), site.origin + address, `saved ${size} times ${i}`);
    if (i >= WARMING) taken.push(ms);
  }
  await site.stop();
  return taken;
}

async function editOnce(file: string, url: string, words: string): Promise<number> {
  const began = performance.now();
  appendFileSync(file, `\nThis was ${words}.\n`);
  while (performance.now() - began < GIVE_UP_MS) {
    const answer = await get(url);
    if (answer.body.includes(words)) return performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`${url} does not show what was saved in ${file} within ${GIVE_UP_MS / 1000} s`);
}

function line(size: number, taken: number[], judged: boolean): Line {
  const [p50, p95] = [median(taken), percentile(taken, 0.95)];
  return {
    name: `edit to visible, ${size} notes`,
    value: `p50 ${milliseconds(p50)}, p95 ${milliseconds(p95)}`,
    ...(judged ? { target: `p95 < ${P95_MS} ms`, ok: p95 < P95_MS } : {}),
    numbers: { p50, p95 },
  };
}
