import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { withDatabase } from './support/database';
import { makeFolder } from './support/folders';
import { processes } from './support/processes';
import { type Site, startSite } from './support/site';
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

/** The statements that PostgreSQL itself logged meanwhile, without those of what beats like a heart and of the jobs. */
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
      (line) => !/site_instance|cache_event|pg_current_snapshot|"job"|select 1$|: *(?:select 'end'|$)/.test(line),
    );
  });
}

test('pages are served while the database does not answer, and the site says how it is', async ({ site }) => {
  for (const address of PAGES) await site.ask(address);
  const frozen = await postgresProcesses(site);
  for (const pid of frozen) process.kill(pid, 'SIGSTOP');
  try {
    for (const address of PAGES) expect((await site.ask(address)).status, address).toBe(200);
    await expectUnavailable(site); // also when it was there a moment ago
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

test('when PostgreSQL is away altogether, what is not kept is a 503 that says so', async () => {
  const dataDir = await makeFolder('data');
  const home = await startSite({ dataDir });
  const lonely = await startSite({
    dataDir: await makeFolder('data'),
    env: { DATABASE_URL: await home.databaseUrl() },
  });
  for (const address of ['/', '/en']) expect((await lonely.ask(address)).status).toBe(200);
  await home.stop();
  const [language, kept] = [{ 'accept-language': 'es' }, await lonely.ask('/en')];
  expect(kept.status).toBe(200);
  const answer = await lonely.ask('/en/1-The-request/Request-and-response', { headers: language });
  expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
  expect(answer.text).toContain('La trastienda no responde');
  expect(answer.text).not.toMatch(/ECONN|at async|node_modules/);
  expect((await lonely.ask('/en', { headers: { cookie: 'sid=x' } })).text).toBe(kept.text);
  await lonely.stop();
});

/** What was never made, asked by anybody: quickly a 503 in the visitor's language, never an error or a long wait. */
async function expectUnavailable(site: Site): Promise<void> {
  const asked = [
    ['/workshop/Never-made', { 'accept-language': 'es' }, '<html lang="es">'],
    ['/workshop/-/tags/never-made', { 'accept-language': 'en' }, '<html lang="en">'],
    ['/workshop/Never-made', { 'accept-language': 'es', cookie: 'sid=x' }, '<html lang="es">'],
  ] as const;
  for (const [address, headers, words] of asked) {
    const began = performance.now();
    const answer = await site.ask(address, { headers });
    expect([answer.status, answer.headers['retry-after']], address).toEqual([503, '5']);
    expect(answer.text).toContain(words);
    expect(performance.now() - began).toBeLessThan(3_000);
  }
  const kept = await site.ask('/workshop/Bread', { headers: { cookie: 'sid=x' } });
  expect([kept.status, kept.text]).toEqual([200, (await site.ask('/workshop/Bread')).text]);
}

/** The embedded PostgreSQL: its postmaster first. */
async function postgresProcesses(site: Site): Promise<number[]> {
  const lock = await readFile(path.join(site.dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  const postmaster = Number(lock.split('\n')[0]);
  const children = processes().filter(({ parent }) => parent === postmaster);
  return [postmaster, ...children.map(({ pid }) => pid)];
}
