import path from 'node:path';
import { addressesOf } from '../addresses';
import { type Measure, median, milliseconds } from '../bench';
import { get } from '../http';
import { startSite } from '../site';
import { pathOf, writeVault } from '../vault';

const NOTES = 300;
const WARMING = 10;
const VISITS = 20;
/** The server makes the first pages of a vault by itself when it starts; these are far from them. */
const FROM = 150;

/** How long the first visitor of a note waits that nobody asked for before, and how long the next one. */
export const firstVisit: Measure = {
  name: 'first-visit',
  about: 'the first visit of a note never rendered, against a stored one',
  run: async (bench) => {
    const { folder } = writeVault(path.join(bench.folder, 'visited'), NOTES);
    const site = await startSite(bench, folder, 'visited');
    const paths = Array.from({ length: WARMING + VISITS }, (_, i) => pathOf(FROM + i));
    const addresses = await addressesOf(bench, 'visited', paths);
    bench.say(`Visiting ${VISITS} notes for the first time`);
    const [first, stored]: [number[], number[]] = [[], []];
    for (const [i, address] of addresses.entries()) {
      const answer = await get(site.origin + address);
      const again = await get(site.origin + address);
      if (answer.status !== 200 || again.status !== 200) throw new Error(`${address} answers ${answer.status}`);
      if (i < WARMING) continue;
      first.push(answer.ms);
      stored.push(again.ms);
    }
    await site.stop();
    const [before, after] = [median(first), median(stored)];
    return [
      {
        name: 'first visit of a note',
        value: `${milliseconds(before)}, then ${milliseconds(after)} stored (${(before / after).toFixed(0)} times less)`,
        numbers: { firstMs: before, storedMs: after },
      },
    ];
  },
};
