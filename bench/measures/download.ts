import { setMaxListeners } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Bench, type Line, type Measure, median, megabytes, milliseconds, percentile } from '../bench';
import { get } from '../http';
import { startNginxFolder } from '../nginx-folder';
import { freePort, start, untilReady } from '../processes';
import { Random } from '../random';
import { receive } from '../receive';
import { type Served, startSite } from '../site';
import { usageOf, watchUsage } from '../usage';

const MEGABYTE = 1_000_000;
const THROUGHPUT = 0.7;
const FIRST_BYTE_MS = 15;
/** Long enough for what a request costs besides not to count most: that is what the first byte tells. */
const PART_BYTES = 64 * MEGABYTE;
const PARALLEL = 50;
const MEMORY_BYTES = 100 * MEGABYTE;

/** Downloads of an encrypted file, against the same bytes in clear by the same server, and by nginx. */
export const download: Measure = {
  name: 'download',
  about: 'downloads of an encrypted file, against the same bytes in clear',
  run: async (bench) => {
    const size = (bench.quick ? 400 : 2_000) * MEGABYTE;
    const folder = path.join(bench.folder, 'downloaded');
    const file = path.join(folder, 'large.bin');
    bench.say(`Writing and importing a file of ${megabytes(size)}`);
    await writeRandom(folder, file, size);
    const site = await startSite(bench, folder, 'downloaded');
    const { body } = await get(`${site.origin}/downloaded/Note`);
    const address = /\/files\/[^"]+\/large\.bin/.exec(body.toString('utf8'))?.[0] ?? '';
    const clear = await startClear(bench, file);
    const nginx = await startNginxFolder(bench, folder, '/Note.md');
    const ours: Racer = { of: 'ours', url: site.origin + address, pid: site.pid };
    const theirs: Racer[] = [
      { of: 'clear', url: `${clear.origin}/`, pid: clear.pid },
      ...(nginx ? [{ of: 'nginx', url: `${nginx.origin}/large.bin`, pid: nginx.pid }] : []),
    ];
    const lines = [
      ...(await compareWhole(bench, ours, theirs, size)),
      ...(await compareParts(bench, ours, theirs, size)),
      ...(await compareRanges(bench, ours, theirs, size)),
      ...(nginx ? [] : [{ name: 'nginx', value: 'not installed: nothing is compared with it', numbers: {} }]),
      ...(await weigh(bench, site, ours.url, Math.min(size, 1_000 * MEGABYTE))),
    ];
    for (const served of [site, clear, ...(nginx ? [nginx] : [])]) await served.stop();
    return lines;
  },
};

type Racer = { of: string; url: string; pid: number };

async function writeRandom(folder: string, file: string, size: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'trastienda.yaml'), 'access: public\n');
  await writeFile(path.join(folder, 'Home.md'), 'Hello\n');
  await writeFile(path.join(folder, 'Note.md'), '[[large.bin]]\n');
  const block = Buffer.from(Array.from({ length: MEGABYTE }, (_, i) => (i * 7919 + (i >> 7)) & 255));
  const blocks = function* () {
    for (let at = 0; at < size; at += block.length) {
      block.writeUInt32LE(at % 2 ** 32);
      yield Buffer.from(block);
    }
  };
  await pipeline(Readable.from(blocks()), createWriteStream(file));
}

async function startClear(bench: Bench, file: string): Promise<Served> {
  const port = await freePort();
  const running = start(bench, process.execPath, ['--import', 'tsx', 'bench/clear.ts', file, String(port)]);
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(running, `${origin}/`, 60_000);
  return { ...running, origin };
}

/** Bytes a second of the whole file, one download at a time, in turns. */
async function compareWhole(bench: Bench, ours: Racer, theirs: Racer[], size: number): Promise<Line[]> {
  const race = new Race();
  for (let round = 1; round <= (bench.quick ? 3 : 5); round++) {
    bench.say(`Downloading the whole, round ${round}`);
    for (const racer of [ours, ...theirs]) await race.run(racer, null, size);
  }
  return theirs.map(({ of }) => race.line(`whole, against ${of}`, of));
}

/** Bytes a second of single ranges anywhere in the file, in turns. */
async function compareParts(bench: Bench, ours: Racer, theirs: Racer[], size: number): Promise<Line[]> {
  bench.say(`Downloading parts of ${megabytes(PART_BYTES)}`);
  const race = new Race();
  const random = new Random(11);
  for (let i = 0; i < (bench.quick ? 15 : 40); i++) {
    const first = random.between(0, size - PART_BYTES);
    for (const racer of [ours, ...theirs]) await race.run(racer, `${first}-${first + PART_BYTES - 1}`, PART_BYTES);
  }
  return theirs.map(({ of }) => race.line(`parts of ${megabytes(PART_BYTES)}, against ${of}`, of));
}

/** Downloads of the same bytes by several servers, compared round by round. */
class Race {
  readonly #rates = new Map<string, number[]>();
  readonly #perCpu = new Map<string, number[]>();

  async run({ of, url, pid }: Racer, range: string | null, size: number): Promise<void> {
    const before = usageOf(pid)?.cpuMs ?? Number.NaN;
    const { bytes, ms } = await receive(url, range);
    const used = (usageOf(pid)?.cpuMs ?? Number.NaN) - before;
    if (bytes !== size) throw new Error(`${of} sent ${bytes} bytes of ${size}`);
    this.#rates.set(of, [...(this.#rates.get(of) ?? []), bytes / 1_000 / ms]);
    this.#perCpu.set(of, [...(this.#perCpu.get(of) ?? []), bytes / 1_000 / used]);
  }

  line(name: string, of: string): Line {
    const [own, other] = [this.#rates.get('ours') ?? [], this.#rates.get(of) ?? []];
    const times = timesOf(own, other);
    const timesPerCpu = timesOf(this.#perCpu.get('ours') ?? [], this.#perCpu.get(of) ?? []);
    const known = Number.isFinite(timesPerCpu);
    const each = known ? `; ${timesPerCpu.toFixed(2)} by the server's own CPU time` : '';
    const target = of === 'clear' ? { target: `≥ ${THROUGHPUT}`, ok: times >= THROUGHPUT } : {};
    return {
      name,
      value: `${times.toFixed(2)} times (${Math.round(median(own))} MB/s to ${Math.round(median(other))} MB/s${each})`,
      ...target,
      numbers: { times, timesPerCpu: known ? timesPerCpu : null, ours: median(own), theirs: median(other) },
    };
  }
}

const timesOf = (own: number[], other: number[]): number =>
  median(own.map((rate, i) => rate / (other[i] ?? Number.NaN)));

/** Time to the first byte of a megabyte anywhere in the file. */
async function compareRanges(bench: Bench, ours: Racer, theirs: Racer[], size: number): Promise<Line[]> {
  bench.say('Asking for ranges');
  const random = new Random(7);
  const times = new Map<string, number[]>();
  for (let i = 0; i < (bench.quick ? 100 : 400); i++) {
    const first = random.between(0, size - MEGABYTE);
    for (const { of, url } of [ours, ...theirs]) {
      const { bytes, firstMs } = await receive(url, `${first}-${first + MEGABYTE - 1}`);
      if (bytes !== MEGABYTE) throw new Error(`${of} sent ${bytes} bytes of a range`);
      times.set(of, [...(times.get(of) ?? []), firstMs]);
    }
  }
  const [own, clear] = [percentile(times.get('ours') ?? [], 0.95), percentile(times.get('clear') ?? [], 0.95)];
  const nginx = percentile(times.get('nginx') ?? [], 0.95);
  return [
    {
      name: 'first byte of a range, 95 %',
      value: `${milliseconds(own - clear)} over ${milliseconds(clear)} in clear${
        Number.isFinite(nginx) ? `; nginx ${milliseconds(nginx)}` : ''
      }`,
      target: `≤ ${FIRST_BYTE_MS} ms over`,
      ok: own - clear <= FIRST_BYTE_MS,
      numbers: { ours: own, clear, nginx: Number.isFinite(nginx) ? nginx : null },
    },
  ];
}

/** Memory while many take a gigabyte each. */
async function weigh(bench: Bench, site: Served, url: string, size: number): Promise<Line[]> {
  const idle = usageOf(site.pid)?.residentBytes;
  if (idle === undefined) return [{ name: `memory of ${PARALLEL}`, value: 'not told by this system', numbers: {} }];
  const seconds = bench.quick ? 8 : 25;
  bench.say(`${PARALLEL} downloads at once, for ${seconds} s`);
  const watch = watchUsage(site.pid);
  const ending = new AbortController();
  setMaxListeners(PARALLEL, ending.signal);
  const timer = setTimeout(() => ending.abort(), seconds * 1_000);
  const all = await Promise.all(Array.from({ length: PARALLEL }, () => receive(url, `0-${size - 1}`, ending.signal)));
  clearTimeout(timer);
  const above = (watch.stop()?.peakBytes ?? Number.NaN) - idle;
  const sent = all.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    {
      name: `memory of ${PARALLEL} at once`,
      value: `${megabytes(above)} above ${megabytes(idle)}, ${megabytes(sent)} sent`,
      target: `≤ ${megabytes(MEMORY_BYTES)}`,
      ok: above <= MEMORY_BYTES,
      numbers: { above, idle, sent },
    },
  ];
}
