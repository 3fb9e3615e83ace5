import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { withDatabase } from './support/database';
import { ROOT } from './support/folders';
import type { Asked } from './support/http';
import { memoryOf } from './support/processes';
import type { Site } from './support/site';
import { expect, test } from './support/test';

/** With E2E_LONG=1, as many as the product promises. */
const ADDRESSES = process.env.E2E_LONG ? 100_000 : 3_000;
/** The heap breathes; what were kept of these many pages would be several times as much. */
const BREATH_BYTES = 60_000_000;
const AT_ONCE = 8;

test(`${ADDRESSES} different addresses where nothing is leave memory, disk and database as they were`, async ({
  site,
}) => {
  test.setTimeout(process.env.E2E_LONG ? 3_600_000 : 120_000);
  await ask(site, 'first', ADDRESSES / 3); // by then the heap has grown to what it needs
  const before = { files: await filesIn('.next'), rows: await rowsOf(site), memory: memoryOf(site.pid) };
  await ask(site, 'second', ADDRESSES);
  expect(await filesIn('.next')).toEqual(before.files);
  expect(await rowsOf(site)).toEqual(before.rows);
  expect(memoryOf(site.pid) - before.memory).toBeLessThan(BREATH_BYTES);
  expect((await site.ask('/workshop/Bread')).status).toBe(200);
});

test('an unknown address beside the vaults is as cheap as one within', async ({ site }) => {
  const within = await site.ask('/workshop/never-was');
  for (const place of ['/api', '/_next', '/_next/static/chunks', '/search', '/-', '/-/en', '/signin']) {
    const { status, headers, text } = await site.ask(`${place}/never-was`);
    const { date: _, ...same } = within.headers;
    expect([status, text], place).toEqual([404, within.text]);
    expect(headers, place).toMatchObject(same);
  }
});

/** Of every kind: vaults, notes, tags, files, router requests, and known pages with ever new questions. */
const KINDS: ((name: string) => [string, number, Asked?])[] = [
  (name) => [`/${name}`, 404],
  (name) => [`/workshop/${name}`, 404],
  (name) => [`/workshop/${name}/deeper/${name}`, 404],
  (name) => [`/workshop/-/tags/${name}`, 404],
  (name) => [`/workshop/-/folders/${name}`, 404],
  (name) => [`/workshop/-/preview/${name}`, 404],
  (name) => [`/workshop/-/og/${name}`, 404],
  (name) => [`/files/${name}/${name}.png`, 404],
  (name) => [`/workshop/${name}`, 404, { headers: { rsc: '1' } }],
  (name) => [`/workshop/Bread?${name}`, 200],
  (name) => [`/?q=${name}`, 200],
];

async function ask(site: Site, name: string, count: number): Promise<void> {
  let next = 0;
  const work = async () => {
    for (let i = next++; i < count; i = next++) {
      const kind = KINDS[i % KINDS.length];
      const [address, status, asked] = kind?.(`${name}-${i}`) ?? ['/', 200];
      const answer = await site.ask(address, asked);
      if (answer.status !== status) throw new Error(`${address} is answered with ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function filesIn(folder: string): Promise<{ files: number; bytes: number }> {
  const entries = await readdir(path.join(ROOT, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (file) => (await stat(path.join(file.parentPath, file.name))).size));
  return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

function rowsOf(site: Site): Promise<{ name: string; rows: number }[]> {
  return withDatabase(site, async (sql) => {
    const tables = await sql<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
    return Promise.all(
      tables.map(async ({ name }) => {
        const [row] = await sql<{ rows: number }[]>`select count(*)::int as rows from ${sql(name)}`;
        return { name, rows: row?.rows ?? -1 };
      }),
    );
  });
}
