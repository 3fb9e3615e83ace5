import path from 'node:path';
import { connect } from '@/db/connection';
import { readComments } from '@/features/comments/queries';
import { readNoteWith } from '@/features/notes/queries';
import { findPerson } from '@/features/people/sessions';
import { readMine } from '@/features/reading/queries';
import { duringTrace, type Trace } from '@/lib/observe/trace';
import { addressesOf } from '../addresses';
import { type Bench, type Line, type Measure, median, milliseconds } from '../bench';
import { get } from '../http';
import { chooseLoad, type Load } from '../load';
import { type Guest, invite } from '../people';
import { type Served, startNext, startSite, warm } from '../site';
import { usageOf } from '../usage';
import { pathOf, writeVault } from '../vault';

const SLUG = 'read';
const NOTES = 100;
const NOTE = 21;
const PEOPLE = 20;
const COMMENTS = 10;
const ROUND_TRIPS = 3;
const NEXT_SHARE = 0.8;
/** How many at once ask for a page made for them: with many more, all are answered together after seconds, and few are counted. */
const READERS = [1, 4, 16];
/** A person who reads fast opens a page every so often. */
const PAGE_EVERY_MS = 20_000;
/** What "unchanged" allows, on a machine whose measurements differ by as much from one second to the next. */
const UNCHANGED = 0.9;

/** The page of a note for someone who is signed in, and what the others notice of it. */
export const reader: Measure = {
  name: 'reader',
  about: 'a note for a person who is signed in, and for everyone else meanwhile',
  run: async (bench) => {
    const { folder } = writeVault(path.join(bench.folder, SLUG), NOTES);
    const load = await chooseLoad();
    const site = await startSite(bench, folder, SLUG);
    const addresses = await addressesOf(
      bench,
      SLUG,
      Array.from({ length: 40 }, (_, i) => pathOf(i + 1)),
    );
    const address = addresses[NOTE] ?? '';
    const guests = await invite(bench, PEOPLE);
    await talk(bench);
    const lines = [
      ...(await weigh(bench, guests[0], address)),
      ...(await againstNext(bench, load, site, guests[0], address)),
      await besidePeople(bench, load, site, guests, addresses),
    ];
    await site.stop();
    return lines;
  },
};

/** A few words under each note. */
async function talk(bench: Bench): Promise<void> {
  const { sql, close } = connect(bench.databaseUrl, { max: 1 });
  await sql`
    insert into comment (note_id, person_id, source, html)
    select note.id, (select id from person order by email limit 1), 'Words.', '<p>Words.</p>'
    from note join vault on vault.id = note.vault_id, generate_series(1, ${COMMENTS}) where vault.slug = ${SLUG}`;
  await close();
}

/** The page's queries as the page makes them: how often it waits for the database, and for how long in all. */
async function weigh(bench: Bench, guest: Guest | undefined, address: string): Promise<Line[]> {
  const connection = connect(bench.databaseUrl);
  globalThis.trastiendaConnection = connection;
  const note = decodeURIComponent(address.slice(SLUG.length + 2));
  const pages: { waits: number; queries: number; ms: number }[] = [];
  for (let i = 0; i < (bench.quick ? 50 : 200); i++) pages.push(await weighOnce(guest?.token ?? '', note));
  globalThis.trastiendaConnection = undefined;
  await connection.close();
  const waits = Math.max(...pages.map((page) => page.waits));
  const queries = median(pages.map((page) => page.queries));
  const ms = median(pages.map((page) => page.ms));
  return [
    {
      name: 'round trips, signed in',
      value: `${waits} with the session’s (${queries} queries in all)`,
      target: `≤ ${ROUND_TRIPS}`,
      ok: waits <= ROUND_TRIPS,
      numbers: { waits, queries },
    },
    { name: 'waiting for the database', value: `${milliseconds(ms)} a page (median)`, numbers: { ms } },
  ];
}

async function weighOnce(token: string, note: string) {
  const trace: Trace = { id: 'b'.repeat(32), origin: performance.now(), spans: [], omitted: 0, person: null };
  const read = await duringTrace(trace, async () => {
    const viewer = await findPerson(token);
    if (viewer.kind !== 'person') throw new Error('The session is not there.');
    return readNoteWith(viewer, SLUG, note, (id) =>
      Promise.all([readMine(viewer, id), readComments(viewer, id, null)]),
    );
  });
  if (read?.around[1].items.length !== COMMENTS) throw new Error('The page is not whole.');
  const waves: { wave: number; begin: number; end: number }[] = [];
  for (const { begin, end } of trace.spans
    .filter(({ kind }) => kind === 'query')
    .toSorted((a, b) => a.begin - b.begin)) {
    const before = waves.filter((each) => each.end <= begin).map(({ wave }) => wave);
    waves.push({ wave: Math.max(0, ...before) + 1, begin, end: end ?? begin });
  }
  const waits = Math.max(...waves.map(({ wave }) => wave));
  const lasted = Array.from({ length: waits }, (_, i) => waves.filter(({ wave }) => wave === i + 1)).map(
    (wave) => Math.max(...wave.map(({ end }) => end)) - Math.min(...wave.map(({ begin }) => begin)),
  );
  return { waits, queries: waves.length, ms: lasted.reduce((a, b) => a + b, 0) };
}

/** The same page, session, queries and markup under `next start`: what our own server adds to a dynamic page. */
async function againstNext(bench: Bench, load: Load, site: Served, guest: Guest | undefined, address: string) {
  const next = await startNext(bench, address);
  const headers = { cookie: guest?.cookie ?? '' };
  for (const { origin } of [site, next]) {
    const { body } = await get(origin + address, headers);
    if (!body.includes('Words.')) throw new Error(`${origin}${address} is not made for the person who asks`);
    await load.fire(origin + address, 3, headers, Math.max(...READERS));
  }
  const lines: Line[] = [];
  for (const readers of READERS) lines.push(await compare(bench, load, { site, next }, { address, headers, readers }));
  await next.stop();
  return lines;
}

type Asking = { address: string; headers: Record<string, string>; readers: number };

async function compare(
  bench: Bench,
  load: Load,
  { site, next }: { site: Served; next: Served },
  asking: Asking,
): Promise<Line> {
  const [rounds, seconds] = bench.quick ? [3, 4] : [5, 8];
  const rates: { ours: Rate; theirs: Rate }[] = [];
  for (let round = 1; round <= rounds; round++) {
    bench.say(`Signed in, ${asking.readers} at once, round ${round} of ${rounds}`);
    const ours = await rate(load, site, seconds, asking);
    rates.push({ ours, theirs: await rate(load, next, seconds, asking) });
  }
  const share = median(rates.map(({ ours, theirs }) => ours.perSecond / theirs.perSecond));
  const perCpu = median(rates.map(({ ours, theirs }) => ours.perCpu / theirs.perCpu));
  const [mine, other] = [
    median(rates.map((each) => each.ours.perSecond)),
    median(rates.map((each) => each.theirs.perSecond)),
  ];
  return {
    name: `against the same build under next start, ${asking.readers} at once`,
    value: `${share.toFixed(2)} times (${mine.toFixed(0)}/s to ${other.toFixed(0)}/s by ${load.name}; ${perCpu.toFixed(2)} by the server's own CPU time)`,
    target: `≥ ${NEXT_SHARE}`,
    ok: share >= NEXT_SHARE,
    numbers: { times: share, timesPerCpu: perCpu, ours: mine, theirs: other, readers: asking.readers },
  };
}

type Rate = { perSecond: number; perCpu: number };

async function rate(load: Load, served: Served, seconds: number, { address, headers, readers }: Asking): Promise<Rate> {
  const before = usageOf(served.pid)?.cpuMs ?? Number.NaN;
  const perSecond = await load.fire(served.origin + address, seconds, headers, readers);
  const used = (usageOf(served.pid)?.cpuMs ?? Number.NaN) - before;
  return { perSecond, perCpu: (perSecond * seconds * 1000) / used };
}

/** Requests a second for everyone, alone and while people who are signed in go from page to page. */
async function besidePeople(
  bench: Bench,
  load: Load,
  site: Served,
  guests: Guest[],
  addresses: string[],
): Promise<Line> {
  const [address = ''] = addresses;
  await warm(site.origin, address);
  await load.fire(site.origin + address, 1, {});
  const [rounds, seconds] = bench.quick ? [3, 5] : [5, 10];
  const times: number[] = [];
  let pages = 0;
  for (let round = 1; round <= rounds; round++) {
    bench.say(`Everyone beside ${guests.length} people, round ${round} of ${rounds}`);
    const alone = await load.fire(site.origin + address, seconds, {});
    const browsing = browse(site, guests, addresses);
    const beside = await load.fire(site.origin + address, seconds, {});
    pages += await browsing.stop();
    times.push(beside / alone);
  }
  const share = median(times);
  return {
    name: `for everyone, beside ${guests.length} people`,
    value: `${share.toFixed(2)} times what it is alone (each opens a page every ${PAGE_EVERY_MS / 1000} s, ${pages} in all)`,
    target: `≥ ${UNCHANGED}`,
    ok: share >= UNCHANGED,
    numbers: { times: share, pages, people: guests.length },
  };
}

/** Has each person open one note after the other, none at the same moment; `stop` returns how many pages were answered. */
function browse(site: Served, guests: Guest[], addresses: string[]): { stop: () => Promise<number> } {
  const asked: Promise<unknown>[] = [];
  let turn = 0;
  const open = () => {
    const guest = guests[turn % guests.length];
    const address = addresses[(turn * 7) % addresses.length] ?? '';
    turn++;
    asked.push(
      get(site.origin + address, { cookie: guest?.cookie ?? '' }).then(({ status }) => {
        if (status !== 200) throw new Error(`${address} answers ${status} to a person`);
      }),
    );
  };
  const timer = setInterval(open, PAGE_EVERY_MS / guests.length);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(asked);
      return asked.length;
    },
  };
}
