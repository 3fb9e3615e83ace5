import path from 'node:path';
import { addressesOf } from '../addresses';
import { type Bench, type Line, type Measure, median } from '../bench';
import { get } from '../http';
import { chooseLoad } from '../load';
import { type Served, startSite } from '../site';
import { usageOf } from '../usage';
import { pathOf, writeVault } from '../vault';

const NOTES = 100;
const NOTE = 42;
const DYNAMIC_REQUESTS = 200;
/** In each round. */
const TURNS = 10;
/** A kept page costs so little that only very many requests can be told apart. */
const STATIC_SECONDS = 2;
/** Of the time a dynamic page takes the server. */
const DYNAMIC_MAX = 0.05;
/** What a static page may differ by on a machine that does other things too. */
const STATIC_NOISE = 0.05;

/** What observing requests costs: the same site with and without, taking turns. */
export const xray: Measure = {
  name: 'xray',
  about: 'what X-ray costs a page, against the same site without it',
  run: async (bench: Bench): Promise<Line[]> => {
    const { folder } = writeVault(path.join(bench.folder, 'observed'), NOTES);
    const seen = await startSite(bench, folder, 'observed', { XRAY: 'true' });
    const unseen = await startSite(bench, folder, 'observed', { XRAY: 'false' });
    const [address = ''] = await addressesOf(bench, 'observed', [pathOf(NOTE)]);
    const many = bench.quick ? 0.4 : 1;
    const dynamic = await compare(bench, seen, unseen, `/compare/dynamic${address}`, DYNAMIC_REQUESTS * many);
    const kept = await compareLoaded(bench, seen, unseen, address);
    await seen.stop();
    await unseen.stop();
    return [line('a dynamic page', dynamic, DYNAMIC_MAX), line('a static page', kept, STATIC_NOISE)];
  },
};

/**
 * The server's own CPU time for a request, with X-ray over without, round by round. Within a round the two take turns after
 * every few requests, so that a slow moment of the machine is both's.
 */
async function compare(bench: Bench, seen: Served, unseen: Served, address: string, requests: number) {
  const rounds = bench.quick ? 5 : 11;
  for (const { origin } of [seen, unseen]) await ask(origin + address, requests); // compiled, and warm
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    bench.say(`${address}, round ${round} of ${rounds}`);
    const before = [cpuOf(seen), cpuOf(unseen)] as const;
    for (let turn = 0; turn < TURNS; turn++) {
      const order = turn % 2 ? [seen, unseen] : [unseen, seen];
      for (const { origin } of order) await ask(origin + address, requests / TURNS);
    }
    ratios.push((cpuOf(seen) - before[0]) / (cpuOf(unseen) - before[1]));
  }
  return ratios;
}

/** The same for what is served from memory, with as many requests as it takes in a while. */
async function compareLoaded(bench: Bench, seen: Served, unseen: Served, address: string) {
  const load = await chooseLoad();
  const perRequest = async (served: Served) => {
    const before = cpuOf(served);
    const rate = await load.fire(served.origin + address, STATIC_SECONDS, {});
    return (cpuOf(served) - before) / (rate * STATIC_SECONDS);
  };
  for (const served of [seen, unseen, seen, unseen]) await perRequest(served); // compiled, and warm
  const ratios: number[] = [];
  const rounds = bench.quick ? 5 : 11;
  for (let round = 1; round <= rounds; round++) {
    bench.say(`${address}, round ${round} of ${rounds}`);
    const costs = new Map<Served, number>();
    for (const served of round % 2 ? [seen, unseen] : [unseen, seen]) costs.set(served, await perRequest(served));
    ratios.push((costs.get(seen) ?? Number.NaN) / (costs.get(unseen) ?? Number.NaN));
  }
  return ratios;
}

const cpuOf = ({ pid }: Served): number => usageOf(pid)?.cpuMs ?? Number.NaN;

async function ask(url: string, requests: number): Promise<void> {
  for (let i = 0; i < requests; i++) {
    const { status } = await get(url);
    if (status !== 200) throw new Error(`${url} answers ${status}`);
  }
}

function line(name: string, ratios: number[], most: number): Line {
  const cost = median(ratios) - 1;
  return {
    name,
    value: `${(cost * 100).toFixed(1)} % more of the server's CPU time (rounds ${ratios.map((each) => `${((each - 1) * 100).toFixed(1)}`).join(', ')})`,
    target: `≤ ${most * 100} %`,
    ok: cost <= most,
    numbers: { cost },
  };
}
