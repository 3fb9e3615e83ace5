import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { withDatabase } from './support/database';
import { makeFolder, removeFolder } from './support/folders';
import { askWith, makePerson, multipart, signIn } from './support/people';
import { pause, type Site, startSite } from './support/site';
import { expect, test } from './support/test';

const NOTE = '/en/3-Delivery/Rendering-modes';
const PAGE = `/compare${NOTE}`;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const BUTTON = 'Take the database away for 15 seconds';
const UNAVAILABLE = /status of 503/;

test.describe.configure({ mode: 'serial' });

/** An owner's session, in a browser. */
async function asOwner(context: BrowserContext, site: Site): Promise<string> {
  const cookie = await signIn(site, await makePerson(site, { role: 'owner' }));
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: site.url }]);
  return cookie;
}

const health = async (site: Site) => JSON.parse((await site.ask('/healthz')).text).database;

async function expectResult(page: Page): Promise<void> {
  const fates = page.locator('#outage li');
  await expect(fates).toHaveCount(5, { timeout: 40_000 });
  const stands = await fates.evaluateAll((all) => all.map((each) => each.getAttribute('data-stands')));
  expect(stands).toEqual(['whole', 'whole', 'whole', 'part', 'refused']);
  for (const row of await page.locator('#outage tbody tr').all())
    expect(Number(await row.locator('td').last().textContent())).toBeGreaterThan(1);
}

test.describe('the switch that takes the database away', () => {
  test.use({ expected: [UNAVAILABLE] });
  test.slow();

  test('counts down, shows which modes stand, ends by itself, and nothing else breaks', async ({
    page,
    site,
    workshop,
  }) => {
    const cookie = await asOwner(page.context(), site);
    const ask = askWith(site, cookie);
    await site.ask('/workshop/Bread');
    await page.goto(PAGE);
    await page.getByRole('button', { name: BUTTON }).click();
    await expect(page.getByRole('timer')).toContainText(/comes back in \d+ s/, { timeout: 20_000 });
    expect(await health(site)).toBe('down');
    expect((await site.ask('/readyz')).status).toBe(503);
    // It is real: whatever needs the database fails for anybody, and what is kept does not
    expect((await site.ask('/compare/dynamic/workshop/Bread')).status).toBe(503);
    expect((await site.ask('/workshop/Never-made')).status).toBe(503);
    const away = await ask('/account');
    expect([away.status, away.text]).toEqual([503, expect.stringMatching(/on purpose.*comes back in \d+ second/)]);
    expect((await site.ask('/workshop/Bread')).status).toBe(200);
    const job = withDatabase(
      site,
      (sql) => sql`insert into job (kind, payload) values ('files.sweep', '{}') returning id`,
    );
    const [{ id } = { id: 0 }] = await job; // PostgreSQL itself is there, and others reach it
    await expectResult(page);
    await expect(page.getByRole('timer')).toHaveCount(0);
    expect(await health(site)).toBe('up');
    expect((await ask('/account')).status, 'the session still counts').toBe(200);
    await workshop.edit('Bread.md', 'Ten minutes.', 'Twelve minutes.');
    await workshop.publish();
    await expect
      .poll(async () => (await site.ask('/workshop/Bread')).text, 'changes are heard')
      .toContain('Twelve minutes.');
    await workshop.edit('Bread.md', 'Twelve minutes.', 'Ten minutes.');
    await workshop.publish();
    await expect
      .poll(() => withDatabase(site, (sql) => sql`select 1 from job where id = ${id}`.then((rows) => rows.length)), {
        message: 'jobs are done',
        timeout: 30_000,
      })
      .toBe(0);
    const noted = await withDatabase(
      site,
      (sql) => sql`select detail from audit where action = 'outage.begin' and not refused`,
    );
    expect(noted).toEqual([{ detail: { seconds: 15, page: NOTE } }]);
  });

  test('works without JavaScript: the page is a 503 meanwhile, and has the numbers afterwards', async ({
    browser,
    site,
  }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL: site.url, locale: 'en-GB' });
    await asOwner(context, site);
    const page = await context.newPage();
    await page.goto(PAGE);
    await page.getByRole('button', { name: BUTTON }).click();
    await expect(page.getByText('The back room does not answer')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText(/comes back in \d+ seconds?/)).toBeVisible();
    await expectResult(page);
    await context.close();
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`axe finds nothing in what it shows, in Spanish on a telephone, ${colorScheme}`, async ({ browser, site }) => {
      const context = await browser.newContext({
        colorScheme,
        reducedMotion: 'reduce',
        locale: 'es-ES',
        viewport: { width: 390, height: 844 },
        baseURL: site.url,
      });
      await asOwner(context, site);
      const page = await context.newPage();
      await page.goto(PAGE);
      await expect(page.locator('#outage li')).toHaveCount(5);
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await context.close();
    });
});

test('nobody but an owner sees it, and it is the recorded run for the others', async ({ page, site }) => {
  await page.goto(PAGE);
  await expect(page.getByRole('button', { name: BUTTON })).toHaveCount(0);
  await expect(page.locator('.down li')).toHaveCount(5);
  for (const role of ['member', 'editor'] as const) {
    const ask = askWith(site, await signIn(site, await makePerson(site, { role })));
    expect((await ask(PAGE)).text).not.toContain('id="outage"');
  }
});

test('an owner’s form from another site begins nothing', async ({ site }) => {
  const ask = askWith(site, await signIn(site, await makePerson(site, { role: 'owner' })));
  const { status } = await sendForm(site, ask, 'http://evil.example');
  await pause(2_500);
  expect([status, await health(site)]).toEqual([403, 'up']);
});

test('on a site that others rely on there is no such switch, for nobody and by no means', async () => {
  const dataDir = await makeFolder('data');
  const site = await startSite({ dataDir, env: { REHEARSALS: 'true' } });
  const owner = await makePerson(site, { role: 'owner' });
  const form = outageForm((await askWith(site, await signIn(site, owner))(PAGE)).text);
  expect(form.length).toBeGreaterThan(1);
  await site.stop();
  const live = await startSite({ dataDir, env: { REHEARSALS: 'false' } });
  const ask = askWith(live, await signIn(live, owner));
  const { text } = await ask(PAGE);
  expect(text).not.toContain('id="outage"');
  expect(text).toContain('others may be reading');
  const { status } = await sendForm(live, ask, live.url, form); // the form of the other one
  await pause(2_500);
  expect([status, await health(live)]).toEqual([404, 'up']);
  expect((await live.stop()).code).toBe(0);
  await removeFolder(dataDir);
});

test('whoever stops the site in the middle of it finds the database there at the next start', async () => {
  const dataDir = await makeFolder('data');
  const site = await startSite({ dataDir });
  const ask = askWith(site, await signIn(site, await makePerson(site, { role: 'owner' })));
  expect((await sendForm(site, ask, site.url)).status).toBe(200);
  await expect.poll(() => health(site), { timeout: 15_000 }).toBe('down');
  const { code, left } = await site.stop();
  expect({ code, left }).toEqual({ code: 0, left: [] });
  const again = await startSite({ dataDir });
  expect(await health(again)).toBe('up');
  await again.stop();
  await removeFolder(dataDir);
});

function outageForm(html: string): [string, string][] {
  const form = /id="outage"[\s\S]*?(<form[\s\S]*?<\/form>)/.exec(html)?.[1] ?? '';
  return [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]): [string, string] => {
    const value = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
    return [value('name'), value('value').replaceAll('&quot;', '"')];
  });
}

/** Sends the form as a browser without JavaScript does. */
async function sendForm(site: Site, ask: Site['ask'], origin: string, fields?: [string, string][]) {
  const { body, type } = multipart(fields ?? outageForm((await ask(PAGE)).text));
  const headers = { 'content-type': type, origin, host: new URL(site.url).host };
  return ask(PAGE, { method: 'POST', headers, body });
}
