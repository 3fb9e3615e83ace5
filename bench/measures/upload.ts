import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { connect } from '@/db/connection';
import { person } from '@/db/schema';
import { type Bench, type Line, type Measure, median, megabytes } from '../bench';
import { invite } from '../people';
import { freePort, start, untilReady } from '../processes';
import { send } from '../send';
import { type Served, startSite } from '../site';
import { usageOf, watchUsage } from '../usage';

const MEGABYTE = 1_000_000;
const PART_BYTES = 32 * 1024 * 1024;
const THROUGHPUT = 0.6;
const MEMORY_BYTES = 100 * MEGABYTE;

/** Uploads, encrypted as they come, against the same bytes written in clear by a bare server. */
export const upload: Measure = {
  name: 'upload',
  about: 'uploads, encrypted as they come, against a plain streamed write',
  run: async (bench) => {
    const size = (bench.quick ? 400 : 2_000) * MEGABYTE;
    const folder = path.join(bench.folder, 'uploaded');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'Home.md'), 'Hello\n');
    const site = await startSite(bench, folder, 'uploaded');
    const plain = await startSink(bench);
    const way = await inviteEditor(bench, site);
    const lines = await compare(bench, { site, plain, size, way });
    for (const served of [site, plain]) await served.stop();
    return lines;
  },
};

/** How an upload is told apart, and whose it is. */
type Way = { origin: string; cookie: string };
type Sending = (seed: number, size: number) => Promise<number>;

async function startSink(bench: Bench): Promise<Served> {
  const port = await freePort();
  const file = path.join(bench.folder, 'plain.bin');
  const running = start(bench, process.execPath, ['--import', 'tsx', 'bench/sink.ts', file, String(port)]);
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(running, `${origin}/`, 60_000);
  return { ...running, origin };
}

async function inviteEditor(bench: Bench, { origin }: Served): Promise<Way> {
  const [guest] = await invite(bench, 1);
  const { db, close } = connect(bench.databaseUrl, { max: 1 });
  await db.update(person).set({ role: 'editor' }).finally(close);
  return { origin, cookie: guest?.cookie ?? '' };
}

/** Bytes a second of each way to send a file, in turns, and the memory that each takes. */
async function compare(
  bench: Bench,
  { site, plain, size, way }: { site: Served; plain: Served; size: number; way: Way },
): Promise<Line[]> {
  const ways: { of: string; by: Sending }[] = [
    { of: 'plain', by: (seed, bytes) => sendPlain(plain.origin, seed, bytes) },
    { of: 'one request', by: (seed, bytes) => sendParts(way, seed, bytes, bytes) },
    { of: 'parts of 32 MiB', by: (seed, bytes) => sendParts(way, seed, bytes, PART_BYTES) },
    { of: 'plain form', by: (seed, bytes) => sendForm(way, seed, bytes) },
  ];
  const idle = usageOf(site.pid)?.residentBytes ?? Number.NaN;
  const small = await weigh(ways, site.pid, 0, size / 10, new Map()); // nobody is measured cold
  const rates = new Map<string, number[]>();
  let large = 0;
  for (let round = 1; round <= (bench.quick ? 2 : 3); round++) {
    bench.say(`Uploading ${megabytes(size)} in each way, round ${round}`);
    large = Math.max(large, await weigh(ways, site.pid, round * ways.length, size, rates));
  }
  return [...ways.slice(1).map(({ of }) => lineOf(of, rates)), memoryLine({ idle, small, large })];
}

/** Sends a file in each way, each round beginning with another, notes how fast, and returns the most memory that the site had meanwhile. */
async function weigh(
  ways: { of: string; by: Sending }[],
  pid: number,
  seed: number,
  size: number,
  rates: Map<string, number[]>,
): Promise<number> {
  const watch = watchUsage(pid);
  const first = (seed / ways.length) % ways.length;
  for (const [i, { of, by }] of [...ways.slice(first), ...ways.slice(0, first)].entries())
    rates.set(of, [...(rates.get(of) ?? []), size / 1_000 / (await by(seed + i, size))]);
  return watch.stop()?.peakBytes ?? Number.NaN;
}

function lineOf(of: string, rates: Map<string, number[]>): Line {
  const [own, plain] = [rates.get(of) ?? [], rates.get('plain') ?? []];
  const times = median(own.map((rate, i) => rate / (plain[i] ?? Number.NaN)));
  return {
    name: of,
    value: `${times.toFixed(2)} times (${Math.round(median(own))} MB/s to ${Math.round(median(plain))} MB/s)`,
    target: `≥ ${THROUGHPUT}`,
    ok: times >= THROUGHPUT,
    numbers: { times, ours: median(own), plain: median(plain) },
  };
}

function memoryLine({ idle, small, large }: { idle: number; small: number; large: number }): Line {
  const more = large - small;
  if (!Number.isFinite(more)) return { name: 'memory', value: 'not told by this system', numbers: {} };
  return {
    name: 'memory',
    value: `${megabytes(more)} more than for a tenth of it, which takes ${megabytes(small - idle)} above ${megabytes(idle)}`,
    target: `≤ ${megabytes(MEMORY_BYTES)} more`,
    ok: more <= MEMORY_BYTES,
    numbers: { idle, small, large },
  };
}

async function sendPlain(origin: string, seed: number, size: number): Promise<number> {
  const { ms } = await send(origin, 'PUT', {}, { size, seed });
  return ms;
}

async function sendParts({ origin, cookie }: Way, seed: number, size: number, most: number): Promise<number> {
  const began = performance.now();
  const headers = { cookie, 'sec-fetch-site': 'same-origin', 'tus-resumable': '1.0.0' };
  const name = Buffer.from(`${seed}.bin`).toString('base64');
  const told = `vault ${Buffer.from('uploaded').toString('base64')},filename ${name},replace ${Buffer.from('on').toString('base64')}`;
  const creation = { ...headers, 'upload-length': String(size), 'upload-metadata': told };
  const made = await send(`${origin}/api/uploads`, 'POST', creation, { size: 0, seed });
  expectStatus(made.status, 201);
  for (let at = 0; at < size; at += most) {
    const part = { ...headers, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(at) };
    const body = { size: Math.min(most, size - at), seed: seed + at };
    expectStatus((await send(`${origin}${made.headers.location}`, 'PATCH', part, body)).status, 204);
  }
  return performance.now() - began;
}

async function sendForm({ origin, cookie }: Way, seed: number, size: number): Promise<number> {
  const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'multipart/form-data; boundary=b' };
  const disposition = `content-disposition: form-data; name="files"; filename="${seed}.bin"`;
  const before = Buffer.from(
    `--b\r\ncontent-disposition: form-data; name="vault"\r\n\r\nuploaded\r\n--b\r\n${disposition}\r\n\r\n`,
  );
  const body = { size, seed, before, after: Buffer.from('\r\n--b--\r\n') };
  const { status, ms } = await send(`${origin}/api/uploads/form`, 'POST', headers, body);
  expectStatus(status, 303);
  return ms;
}

function expectStatus(status: number, expected: number): void {
  if (status !== expected) throw new Error(`answered ${status}, and not ${expected}`);
}
