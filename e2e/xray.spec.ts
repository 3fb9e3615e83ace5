import AxeBuilder from '@axe-core/playwright';
import { withDatabase } from './support/database';
import { makeFolder, removeFolder } from './support/folders';
import { enter } from './support/own-pages';
import { askWith, makePerson, signIn } from './support/people';
import { pause, type Site, startSite } from './support/site';
import { expect, test } from './support/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const MISSING = /the server responded with a status of 404/;

/** The link at the foot of a page made for one visitor. */
const linkIn = (html: string) => /href="(\/xray\/[0-9a-f]{32}\.[^"]+)"/.exec(html)?.[1] ?? '';
const asBrowser = (name: string) => ({ 'user-agent': `Mozilla/5.0 ${name}` });

test('a page made for one visitor opens up: queries, route, session, headers', async ({ page }) => {
  await page.goto('/compare/dynamic/workshop/Bread');
  await page.getByRole('link', { name: /^X-ray/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('X-ray: GET /compare/dynamic/workshop/Bread');
  const main = page.getByRole('main');
  await expect(main).toContainText('app/compare/dynamic/[vault]/[[...path]]/page.tsx');
  await expect(main).toContainText('No session.');
  await expect(main).toContainText('the view of what is public');
  await expect(page.locator('.xray-queries li').first()).toBeVisible();
  expect(await page.locator('.xray-queries li').count()).toBeGreaterThan(5);
  await expect(main.locator('.xray-names').getByText('private, no-cache, no-store', { exact: false })).toBeVisible();
});

test('a kept page opens up: a delivery without a query, and the request that made it', async ({ page, site }) => {
  await page.goto('/workshop/Bread');
  const member = askWith(site, await signIn(site, await makePerson(site, { name: 'Wombatcanary' })));
  expect((await member('/workshop/Bread')).text).toContain('Wombatcanary');
  await page.getByRole('link', { name: /^X-ray/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('X-ray: GET /workshop/Bread');
  await expect(page.locator('.xray-summary')).toContainText('Queries0');
  await expect(page.getByText('nobody asked the database anything')).toBeVisible();
  const made = page.locator('section', { has: page.getByRole('heading', { name: 'How the kept page was made' }) });
  expect(await made.last().locator('.xray-queries li').count()).toBeGreaterThan(5);
  await expect(made.last()).toContainText('app/(public)/[vault]/[[...path]]/page.tsx');
  await expect(page.locator('body')).not.toContainText(/\/reader\/|select "person"/); // what was done for somebody else
});

test('what took how long is told in the headers of what was made just now, and of nothing else', async ({ site }) => {
  const { headers, text } = await site.ask('/compare/dynamic/workshop/Bread');
  const told = /^first;dur=([\d.]+), db;dur=([\d.]+);desc="(\d+) queries"$/.exec(String(headers['server-timing']));
  const [first, db, queries] = (told ?? []).slice(1).map(Number);
  expect(first).toBeGreaterThan(db ?? Number.NaN);
  expect(queries).toBeGreaterThanOrEqual(Number(/data-queries="(\d+)"/.exec(text)?.[1]));
  for (const kept of ['/workshop/Bread', '/workshop/Bread', '/workshop/never-was'])
    expect((await site.ask(kept)).headers['server-timing'], kept).toBeUndefined();
});

test('a lesson leads to its own queries, asked just now', async ({ page }) => {
  await page.goto('/en/2-The-data/Reading-from-the-database');
  await page.getByRole('link', { name: 'Every query of this very lesson' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Reading-from-the-database');
  expect(await page.locator('.xray-queries li').count()).toBeGreaterThan(5);
});

test('whoever is signed in opens up what is kept for everyone too', async ({ site }) => {
  const member = askWith(site, await signIn(site, await makePerson(site)));
  const { status, headers } = await member('/xray/here', {
    headers: { host: new URL(site.url).host, referer: `${site.url}/compare/static/workshop/Bread` },
  });
  expect([303, 307]).toContain(status);
  const shown = await member(String(headers.location));
  expect(shown.status).toBe(200);
  expect(shown.text).toContain('/compare/static/workshop/Bread');
});

test('in Spanish on a telephone axe finds nothing, light and dark', async ({ browser, site }) => {
  const context = await browser.newContext({
    locale: 'es-ES',
    viewport: { width: 390, height: 844 },
    baseURL: site.url,
  });
  const page = await context.newPage();
  await page.goto('/workshop/Bread');
  await page.getByRole('link', { name: /^X-ray/ }).click();
  await expect(page.getByRole('heading', { name: 'La petición' })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await context.close();
});

test.describe('who may look', () => {
  test.use({ expected: [MISSING] });

  test('only who asked, with their own reference', async ({ site }) => {
    const mine = asBrowser('one');
    const { text } = await site.ask('/signin', { headers: mine });
    const link = linkIn(text);
    expect(link).not.toBe('');
    expect((await site.ask(link, { headers: mine })).status).toBe(200);
    for (const headers of [asBrowser('two'), {}]) expect((await site.ask(link, { headers })).status).toBe(404);
    const bare = link.slice(0, '/xray/'.length + 32);
    expect((await site.ask(bare, { headers: mine })).status).toBe(404);
    expect((await site.ask(`${link}/otlp`, { headers: asBrowser('two') })).status).toBe(404);
  });

  test('a person’s requests are for that person and for owners, whoever brings the link', async ({ site }) => {
    const [ada, eve, owner] = [
      await makePerson(site),
      await makePerson(site),
      await makePerson(site, { role: 'owner' }),
    ];
    const [asAda, asEve, asOwner] = [
      askWith(site, await signIn(site, ada)),
      askWith(site, await signIn(site, eve)),
      askWith(site, await signIn(site, owner)),
    ];
    const link = linkIn((await asAda('/workshop/Bread')).text);
    expect((await asAda(link)).text).toContain('member');
    expect((await asEve(link)).status).toBe(404);
    expect((await site.ask(link)).status).toBe(404);
    expect((await asOwner(link)).status).toBe(200);
    expect((await asAda(link)).text).not.toContain('$1 =');
    expect((await asOwner(link)).text).toContain('$1 =');
  });

  test('an owner decides in the studio who may look at their own', async ({ page, site }) => {
    const member = askWith(site, await signIn(site, await makePerson(site)));
    const owner = askWith(site, await enter(page.context(), site, await makePerson(site, { role: 'owner' })));
    const visit = async (ask: typeof member) => {
      const headers = asBrowser('settings');
      const link = linkIn((await ask('/compare/dynamic/workshop/Bread', { headers })).text);
      return (await ask(link, { headers })).status;
    };
    const decide = async (value: string) => {
      await page.goto('/xray');
      await page.getByRole('link', { name: 'Decide who may look' }).click();
      await page.getByLabel('X-ray: who may look').selectOption(value);
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('Saved. It counts from now on.')).toBeVisible();
    };
    expect([await visit(site.ask), await visit(member), await visit(owner)]).toEqual([200, 200, 200]);
    await decide('members');
    expect([await visit(site.ask), await visit(member), await visit(owner)]).toEqual([404, 200, 200]);
    await decide('owners');
    expect([await visit(site.ask), await visit(member), await visit(owner)]).toEqual([404, 404, 200]);
    await decide('everyone');
  });
});

test.describe('counted by PostgreSQL itself', () => {
  let site: Site;
  let dataDir: string;

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    dataDir = await makeFolder('counted');
    const first = await startSite({ dataDir });
    await withDatabase(first, (sql) => sql`alter system set shared_preload_libraries = 'pg_stat_statements'`);
    await first.stop();
    site = await startSite({ dataDir });
    await withDatabase(site, (sql) => sql`create extension pg_stat_statements`);
  });
  test.afterAll(async () => {
    await site.stop();
    await removeFolder(dataDir);
  });

  test('the queries that are shown are the queries that were made', async () => {
    const path = '/compare/dynamic/en';
    const headers = asBrowser('counting');
    for (let i = 0; i < 12; i++) await site.ask(path, { headers }); // every connection of the pool is open
    // Not what the site asks by itself, such as whether the database is there
    const calls = () =>
      withDatabase(site, async (sql) => {
        const rows = await sql<{ query: string; calls: string }[]>`
          select query, sum(calls)::text as calls from pg_stat_statements
          where query !~* 'pg_stat|pg_catalog|site_instance|cache_event|^select \$1$|^select 1$|"?job"?' group by query`;
        return new Map(rows.map((row) => [row.query, Number(row.calls)]));
      });
    const before = await calls();
    const { text } = await site.ask(path, { headers });
    await pause(200);
    const after = await calls();
    const made = [...after].reduce((sum, [query, count]) => sum + count - (before.get(query) ?? 0), 0);
    const shown = (await site.ask(linkIn(text), { headers })).text;
    const listed = [...shown.matchAll(/<ol class="xray-queries">([\s\S]*?)<\/ol>/g)][0]?.[1]?.match(/<li>/g)?.length;
    expect(listed).toBe(made);
    expect(made).toBeGreaterThan(5);
  });
});
