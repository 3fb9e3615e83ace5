import path from 'node:path';
import { addressesOf } from '../addresses';
import { type Bench, type Line, type Measure, median } from '../bench';
import { chooseLoad, type Load } from '../load';
import { type Served, startNext, startNginx, startSite, warm } from '../site';
import { usageOf } from '../usage';
import { pathOf, writeVault } from '../vault';

const NOTES = 100;
const NOTE = 42;
const NEXT_TIMES = 15;
const NGINX_TIMES = 0.5;
const BROTLI = { 'accept-encoding': 'br' };

/** Requests a second of one public note: ours, bare `next start`, and nginx with the same bytes in a file. */
export const serve: Measure = {
  name: 'serve',
  about: 'requests a second of a public note, against next start and nginx',
  run: async (bench) => {
    const { folder } = writeVault(path.join(bench.folder, 'served'), NOTES);
    const load = await chooseLoad();
    const site = await startSite(bench, folder, 'served');
    const [address = ''] = await addressesOf(bench, 'served', [pathOf(NOTE)]);
    bench.say(`Warming ${address} (load: ${load.name})`);
    const answer = await warm(site.origin, address, BROTLI);
    const next = await startNext(bench, address);
    await warm(next.origin, address);
    const nginx = await startNginx(bench, answer);
    const races: Race[] = [
      { of: 'site', served: site, address, headers: {} },
      { of: 'next', served: next, address, headers: {} },
      { of: 'siteBrotli', served: site, address, headers: BROTLI },
      ...(nginx ? [{ of: 'nginx', served: nginx, address: '/page', headers: BROTLI }] : []),
    ];
    const results = await takeTurns(bench, load, races);
    for (const { stop } of [site, next, ...(nginx ? [nginx] : [])]) await stop();
    return lines(results, load.name, nginx !== null);
  },
};

type Race = { of: string; served: Served; address: string; headers: Record<string, string> };
type Result = { rate: number[]; perCpu: number[] };

/** One after the other and again, so that whatever else the machine does troubles them alike. */
async function takeTurns(bench: Bench, load: Load, races: Race[]): Promise<Map<string, Result>> {
  const [rounds, seconds] = bench.quick ? [3, 1] : [5, 3];
  const results = new Map(races.map(({ of }): [string, Result] => [of, { rate: [], perCpu: [] }]));
  for (const { served, address, headers } of races) await load.fire(served.origin + address, 1, headers); // warming
  for (let round = 1; round <= rounds; round++) {
    bench.say(`Requests a second, round ${round} of ${rounds}`);
    for (const { of, served, address, headers } of races) {
      const before = usageOf(served.pid)?.cpuMs ?? Number.NaN;
      const rate = await load.fire(served.origin + address, seconds, headers);
      const used = (usageOf(served.pid)?.cpuMs ?? Number.NaN) - before;
      results.get(of)?.rate.push(rate);
      results.get(of)?.perCpu.push((rate * seconds * 1000) / used);
    }
  }
  return results;
}

function lines(results: Map<string, Result>, load: string, withNginx: boolean): Line[] {
  const against = (name: string, ours: string, theirs: string, target: number): Line => {
    const [a, b] = [results.get(ours), results.get(theirs)];
    const times = median((a?.rate ?? []).map((rate, i) => rate / (b?.rate[i] ?? Number.NaN)));
    const timesPerCpu = median((a?.perCpu ?? []).map((rate, i) => rate / (b?.perCpu[i] ?? Number.NaN)));
    const [mine, other] = [median(a?.rate ?? []), median(b?.rate ?? [])];
    const each = Number.isFinite(timesPerCpu) ? `; ${timesPerCpu.toFixed(2)} by the server's own CPU time` : '';
    return {
      name,
      value: `${times.toFixed(times < 5 ? 2 : 1)} times (${Math.round(mine)}/s to ${Math.round(other)}/s by ${load}${each})`,
      target: `≥ ${target}`,
      ok: times >= target,
      numbers: { times, timesPerCpu: Number.isFinite(timesPerCpu) ? timesPerCpu : null, ours: mine, theirs: other },
    };
  };
  const skipped: Line = { name: 'against nginx', value: 'nginx is not installed here', numbers: {} };
  return [
    against('against next start', 'site', 'next', NEXT_TIMES),
    withNginx ? against('against nginx', 'siteBrotli', 'nginx', NGINX_TIMES) : skipped,
  ];
}
