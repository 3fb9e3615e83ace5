import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { withDatabase } from './support/database';
import { processes } from './support/processes';
import type { Site } from './support/site';
import { expect, test } from './support/test';

test.describe.configure({ mode: 'serial' });
test.skip(process.platform === 'win32', 'Windows has no signals to stop PostgreSQL with');

const PAGES = ['/workshop', '/workshop/Bread', '/workshop/-/tags', '/workshop/-/graph', '/workshop/-/feed.xml', '/'];

test('serving a public page asks the database nothing', async ({ site }) => {
  for (const address of PAGES) await site.ask(address);
  const idle = await statementsDuring(site, async () => {
    for (let i = 0; i < 50; i++) for (const address of PAGES) expect((await site.ask(address)).status).toBe(200);
  });
  expect(idle).toEqual([]);
  const busy = await statementsDuring(site, () => site.ask('/workshop/never-asked-before'));
  expect(busy.length, 'what is counted here would be seen').toBeGreaterThan(0);
});

/** The statements that PostgreSQL itself logged meanwhile, without those of the listener's heart beat. */
async function statementsDuring(site: Site, work: () => Promise<unknown>): Promise<string[]> {
  return withDatabase(site, async (sql) => {
    await sql`alter system set log_statement = 'all'`;
    await sql`select pg_reload_conf()`;
    const log = () => readFile(path.join(site.dataDir, 'postgres.log'), 'utf8');
    await expect
      .poll(async () => {
        await sql`select 'begin'`;
        return log();
      })
      .toContain("select 'begin'");
    const before = (await log()).length;
    await work();
    await sql`select 'end'`;
    await sql`alter system reset log_statement`;
    await sql`select pg_reload_conf()`;
    const [said = ''] = (await log()).slice(before).split("select 'end'");
    const statements = said.split('\n').filter((line) => /LOG: {2}(?:statement|execute [^:]*):/.test(line));
    return statements.filter(
      (line) => !/site_instance|cache_event|pg_current_snapshot|: *(?:select 'end'|$)/.test(line),
    );
  });
}

test('pages are served while the database does not answer, and the site says how it is', async ({ site }) => {
  for (const address of PAGES) await site.ask(address);
  const frozen = await postgresProcesses(site);
  for (const pid of frozen) process.kill(pid, 'SIGSTOP');
  try {
    for (const address of PAGES) expect((await site.ask(address)).status, address).toBe(200);
    const health = await site.ask('/healthz');
    expect([health.status, JSON.parse(health.text)]).toEqual([200, { status: 'degraded', database: 'down' }]);
    expect((await site.ask('/readyz')).status).toBe(503);
    const { etag = '' } = (await site.ask('/workshop/Bread')).headers;
    expect((await site.ask('/workshop/Bread', { headers: { 'if-none-match': etag } })).status).toBe(304);
  } finally {
    for (const pid of frozen) process.kill(pid, 'SIGCONT');
  }
  await expect.poll(async () => (await site.ask('/readyz')).status).toBe(200);
});

test('when PostgreSQL is killed, pages stay and the site mends itself', async ({ site, workshop }) => {
  const [postmaster] = await postgresProcesses(site);
  process.kill(postmaster ?? 0, 'SIGKILL');
  for (const address of PAGES) expect((await site.ask(address)).status, address).toBe(200);
  await expect.poll(async () => (await site.ask('/readyz')).status, { timeout: 40_000 }).toBe(200);
  await expect.poll(() => postgresProcesses(site), { timeout: 40_000 }).not.toContain(postmaster);
  await expect
    .poll(() => withDatabase(site, (sql) => sql`select 1`).then(() => 'there', String), { timeout: 40_000 })
    .toBe('there');
  await expect.poll(async () => (await site.ask('/readyz')).status, { timeout: 40_000 }).toBe(200);
  expect((await site.ask('/workshop/never-asked-after')).status).toBe(404);
  await workshop.edit('Bread.md', 'Ten minutes.', 'Eleven minutes.');
  await workshop.publish();
  await expect
    .poll(async () => (await site.ask('/workshop/Bread')).text, 'changes are heard again')
    .toContain('Eleven minutes.');
  await workshop.edit('Bread.md', 'Eleven minutes.', 'Ten minutes.');
  await workshop.publish();
  await expect.poll(async () => (await site.ask('/workshop/Bread')).text).toContain('Ten minutes.');
});

/** The embedded PostgreSQL: its postmaster first. */
async function postgresProcesses(site: Site): Promise<number[]> {
  const lock = await readFile(path.join(site.dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  const postmaster = Number(lock.split('\n')[0]);
  const children = processes().filter(({ parent }) => parent === postmaster);
  return [postmaster, ...children.map(({ pid }) => pid)];
}
