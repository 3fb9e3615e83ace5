import path from 'node:path';
import { MODES, queriesOf, readStamps } from '@/lib/compare/measured';
import { addressesOf } from '../addresses';
import { type Bench, type Line, type Measure, median, milliseconds, percentile } from '../bench';
import { get } from '../http';
import { chooseLoad } from '../load';
import { startSite, warm } from '../site';
import { pathOf, writeVault } from '../vault';

const NOTES = 100;
const NOTE = 42;
const GZIP = { 'accept-encoding': 'br, gzip' };

/** One note in each mode: requests a second, time to the first byte, queries and bytes. */
export const modes: Measure = {
  name: 'modes',
  about: 'one note in the five modes',
  run: async (bench: Bench): Promise<Line[]> => {
    const { folder } = writeVault(path.join(bench.folder, 'compared'), NOTES);
    const load = await chooseLoad();
    const site = await startSite(bench, folder, 'compared');
    const [address = ''] = await addressesOf(bench, 'compared', [pathOf(NOTE)]);
    const lines: Line[] = [];
    for (const mode of MODES) {
      const url = `/compare/${mode}${address}`;
      bench.say(`The ${mode} mode`);
      await warm(site.origin, url, GZIP);
      const html = (await warm(site.origin, url, { 'accept-encoding': 'identity' })).body.toString('utf8');
      const stamps = readStamps(html);
      const queries = queriesOf({ mode, status: 200, runs: [], proof: [], stamps, arrivals: [] });
      const firsts: number[] = [];
      let bytes = 0;
      for (let i = 0; i < (bench.quick ? 40 : 150); i++) {
        const answer = await get(site.origin + url, GZIP);
        firsts.push(answer.headMs);
        bytes = answer.body.length;
      }
      const rate = await load.fire(site.origin + url, bench.quick ? 2 : 5, GZIP);
      const [p50, p95] = [median(firsts), percentile(firsts, 0.95)];
      lines.push({
        name: mode,
        value: `${Math.round(rate)}/s; first byte ${milliseconds(p50)}, p95 ${milliseconds(p95)}; ${queries} queries; ${bytes} bytes`,
        numbers: { rate, p50, p95, queries, bytes },
      });
    }
    await site.stop();
    return lines;
  },
};
