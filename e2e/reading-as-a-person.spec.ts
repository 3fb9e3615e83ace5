import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { readingWords } from '../lib/language/reading';
import { withDatabase } from './support/database';
import { type Member, makePerson, signIn } from './support/people';
import type { Site } from './support/site';
import { expect, test } from './support/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const NOTE = '/workshop/Bread';
const OTHER = '/workshop/Tools/Oven';
type Language = 'en' | 'es';

/** What Chromium says by itself of a form that was wrong. */
const EXPECTED = /the server responded with a status of 4(?:22|29)/;
/** What the pages of people complained of. */
let complained: string[] = [];

test.describe.configure({ timeout: 120_000 });

type As = { page: Page; context: BrowserContext; person: Member };

/** A browser of a person's own, signed in. */
async function as(
  site: Site,
  browser: Browser,
  name: string,
  { js, language = 'en', role = 'member' }: { js: boolean; language?: Language; role?: 'member' | 'editor' },
): Promise<As> {
  const person = await makePerson(site, { name, role });
  await withDatabase(site, (sql) => sql`update person set language = ${language} where id = ${person.id}`);
  const context = await browser.newContext({ baseURL: site.url, javaScriptEnabled: js, reducedMotion: 'reduce' });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !EXPECTED.test(message.text()))
      complained.push(message.text());
  });
  context.on('weberror', (error) => complained.push(error.error().message));
  await context.addCookies([await cookieOf(site, person)]);
  return { page: await context.newPage(), context, person };
}

async function cookieOf(site: Site, person: Member) {
  const [name = '', value = ''] = (await signIn(site, person)).split(/=(.*)/s);
  return { name, value, url: site.url, httpOnly: true, sameSite: 'Lax' as const };
}

async function violations(page: Page): Promise<string[]> {
  const results = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return results.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

const comment = (page: Page, text: string) => page.locator('.comment').filter({ hasText: text });
const forget = (site: Site) =>
  withDatabase(site, async (sql) => {
    await sql`truncate comment, progress, bookmark`;
    await sql`delete from throttle where key like 'comment:%'`;
  });

test.beforeEach(({ site, workshop }) => {
  expect(workshop.slug).toBe('workshop');
  complained = [];
  return forget(site);
});
test.afterEach(() => expect(complained).toEqual([]));

for (const js of [true, false]) {
  for (const language of ['en', 'es'] as const) {
    const how = `${js ? 'with' : 'without'} JavaScript, in ${language === 'en' ? 'English' : 'Spanish'}`;
    const { comments: words, home, mine } = readingWords(language);

    test(`two people talk under a note, and who is answered finds it at home, ${how}`, async ({ site, browser }) => {
      const ada = await as(site, browser, 'Ada', { js, language });
      const bo = await as(site, browser, 'Bo', { js, language });
      await ada.page.goto(NOTE);
      await expect(ada.page.getByText(words.none)).toBeVisible();
      await ada.page.getByLabel(words.text).fill('Does the crust want **steam**?');
      await ada.page.getByRole('button', { name: words.send }).click();
      await expect(comment(ada.page, 'Does the crust want steam?')).toBeVisible();
      await expect(ada.page.locator('.comment strong').filter({ hasText: 'steam' })).toBeVisible();

      await bo.page.goto(NOTE);
      await bo.page.getByText(words.answerTo('Ada'), { exact: true }).click();
      await bo.page.getByLabel(words.yourAnswer).fill('A lot of it.');
      await bo.page.locator('.comment-answer').getByRole('button', { name: words.send }).click();
      await expect(bo.page).toHaveURL(/#comment-\d+$/);
      await expect(bo.page.locator('.comment-answers')).toContainText('A lot of it.');

      await ada.page.goto('/');
      await ada.page.getByRole('link', { name: 'A lot of it.' }).click();
      await expect(ada.page).toHaveURL(/\/workshop\/Bread\?comments=\d+#comment-\d+$/);
      await expect(comment(ada.page, 'A lot of it.')).toBeInViewport();

      const own = comment(ada.page, 'Does the crust want steam?').first();
      await own.getByText(words.edit, { exact: true }).click();
      await own.getByLabel(words.text).fill('How much steam?');
      await own.getByRole('button', { name: words.save }).click();
      await expect(comment(ada.page, 'How much steam?').first()).toContainText(words.edited);
      await comment(ada.page, 'How much steam?').first().getByText(words.remove, { exact: true }).click();
      await ada.page.getByRole('button', { name: words.removeSure }).first().click();
      await expect(ada.page.getByText(words.deleted)).toBeVisible();
      await expect(comment(ada.page, 'A lot of it.')).toBeVisible();
      for (const { context } of [ada, bo]) await context.close();
    });

    test(`a note is bookmarked, read and found again at home, ${how}`, async ({ site, browser }) => {
      const { page, context } = await as(site, browser, 'Ada', { js, language });
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(home.title('Ada'));
      await expect(page.getByText(home.startedNone)).toBeVisible();
      await expect(page.getByText(home.bookmarksNone)).toBeVisible();
      await page.goto(NOTE);
      await page.getByRole('button', { name: mine.bookmark, exact: true }).click();
      await expect(page.getByRole('button', { name: mine.bookmarked, pressed: true })).toBeVisible();
      await expect(page).toHaveURL(NOTE);
      await page.goto('/');
      const section = (title: string) => page.locator('.desk section').filter({ hasText: title });
      await expect(section(home.started).getByRole('link', { name: 'Bread' })).toBeVisible();
      await section(home.bookmarks).getByRole('link', { name: 'Bread' }).click();
      await page.getByRole('button', { name: mine.markRead }).click();
      await expect(page.getByRole('button', { name: mine.markUnread })).toBeVisible();
      await page.goto('/');
      await expect(page.getByText(home.startedNone)).toBeVisible();
      await expect(page.locator('.desk')).toContainText(home.because.next('Bread'));
      await context.close();
    });
  }

  test(`what was typed stays when it is wrong, ${js ? 'with' : 'without'} JavaScript`, async ({ site, browser }) => {
    const { comments: words } = readingWords('en');
    const { page, context } = await as(site, browser, 'Ada', { js });
    await page.goto(NOTE);
    const long = `The loaf. ${'x'.repeat(4_100)}`;
    await page.getByLabel(words.text).fill(long);
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('button', { name: words.send }).click();
    expect((await answered).status()).toBe(422);
    await expect(page.getByText(words.length(4_000))).toBeVisible();
    await expect(page.getByLabel(words.text)).toHaveValue(long);
    await page.getByLabel(words.text).fill('The loaf.');
    await page.getByRole('button', { name: words.send }).click();
    await expect(comment(page, 'The loaf.')).toBeVisible();
    await context.close();
  });

  test(`an editor hides, shows and deletes a comment, ${js ? 'with' : 'without'} JavaScript`, async ({
    site,
    browser,
  }) => {
    const { comments: words } = readingWords('en');
    const ada = await as(site, browser, 'Ada', { js });
    const edith = await as(site, browser, 'Edith', { js, role: 'editor' });
    await ada.page.goto(NOTE);
    await ada.page.getByLabel(words.text).fill('Buy my flour!');
    await ada.page.getByRole('button', { name: words.send }).click();
    await expect(comment(ada.page, 'Buy my flour!')).toBeVisible();
    await expect(ada.page.getByRole('button', { name: words.hide })).toHaveCount(0);
    const bo = await as(site, browser, 'Bo', { js });
    await edith.page.goto(NOTE);
    await edith.page.getByRole('button', { name: words.hide }).click();
    await expect(edith.page.getByText(words.hiddenToOthers)).toBeVisible();
    await bo.page.goto(NOTE);
    await expect(bo.page.getByText(words.hidden)).toBeVisible();
    expect(await bo.page.content()).not.toContain('Buy my flour!');
    await edith.page.getByRole('button', { name: words.show }).click();
    await expect(edith.page.getByText(words.hiddenToOthers)).toHaveCount(0);
    await bo.page.goto(NOTE);
    await expect(comment(bo.page, 'Buy my flour!')).toBeVisible();
    await edith.page.locator('.comment').getByText(words.remove, { exact: true }).click();
    await edith.page.getByRole('button', { name: words.removeSure }).click();
    await expect(edith.page.getByText(words.none)).toBeVisible();
    for (const { context } of [ada, bo, edith]) await context.close();
  });
}

test('how far somebody came survives the session, and is where they go on', async ({ site, browser }) => {
  const { mine, home } = readingWords('en');
  const { page, context, person } = await as(site, browser, 'Ada', { js: true });
  await page.setViewportSize({ width: 1000, height: 500 });
  await page.goto(NOTE);
  const position = () =>
    withDatabase(site, async (sql) => (await sql`select position from progress where person_id = ${person.id}`)[0]);
  const scrolled = async () => {
    // Again and again, since the script may not listen yet, and with rests, in which it tells
    await page.evaluate(() => window.scrollTo(0, window.scrollY === 500 ? 510 : 500));
    return Number((await position())?.position);
  };
  await expect.poll(scrolled, { timeout: 60_000, intervals: [3_000] }).toBeGreaterThan(10);
  await context.close();

  const again = await browser.newContext({ baseURL: site.url });
  await again.addCookies([await cookieOf(site, person)]);
  const back = await again.newPage();
  await back.setViewportSize({ width: 1000, height: 500 });
  await back.goto('/');
  await expect(back.getByText(home.started)).toBeVisible();
  await expect(back.getByRole('progressbar')).toBeVisible();
  await back.getByRole('link', { name: 'Bread' }).first().click();
  const carryOn = back.getByRole('button', { name: mine.continueAt(Number((await position())?.position)) });
  await carryOn.click({ timeout: 30_000 });
  await expect.poll(() => back.evaluate(() => window.scrollY)).toBeGreaterThan(200);
  await again.close();
});

test('too many comments in a short time wait, with all that was typed', async ({ site, browser }) => {
  const { comments: words } = readingWords('en');
  const { page, context, person } = await as(site, browser, 'Ada', { js: false });
  await withDatabase(site, (sql) => sql`insert into throttle (key, count) values (${`comment:${person.id}`}, 20)`);
  await page.goto(NOTE);
  await page.getByLabel(words.text).fill('One more.');
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: words.send }).click();
  const response = await answered;
  expect(response.status()).toBe(429);
  expect(Number(response.headers()['retry-after'])).toBeGreaterThan(0);
  await expect(page.getByRole('alert')).toContainText('You have written a lot');
  await expect(page.getByLabel(words.text)).toHaveValue('One more.');
  await context.close();
});

test('the page for everyone invites, and holds no word of what people say', async ({ site, browser, page }) => {
  const { comments: words } = readingWords('en');
  const before = await site.ask(NOTE);
  const { page: theirs, context } = await as(site, browser, 'Ada', { js: false });
  await theirs.goto(NOTE);
  await theirs.getByLabel(words.text).fill('Quokkacanary');
  await theirs.getByRole('button', { name: words.send }).click();
  await expect(comment(theirs, 'Quokkacanary')).toBeVisible();
  const after = await site.ask(NOTE);
  expect(after.bytes.equals(before.bytes)).toBe(true);
  expect(after.text).not.toContain('Quokkacanary');
  await page.goto(NOTE);
  await page.getByRole('link', { name: words.signIn }).click();
  await expect(page).toHaveURL(/\/signin/);
  await context.close();
});

test('nobody keeps a place, a bookmark or a word without a session', async ({ site }) => {
  const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' };
  const body = JSON.stringify({ note: 1, position: 50 });
  expect((await site.ask('/reading/position', { method: 'POST', headers, body })).status).toBe(403);
  const cookie = await signIn(site, await makePerson(site));
  const send = async (body: string, more: Record<string, string> = {}) =>
    (await site.ask('/reading/position', { method: 'POST', headers: { ...headers, cookie, ...more }, body })).status;
  for (const wrong of [
    '',
    '{',
    '[]',
    '{"note":"x","position":5}',
    '{"note":1,"position":-1}',
    '{"note":1,"position":101}',
  ])
    expect(await send(wrong), wrong).toBe(422);
  expect(await send('x'.repeat(300))).toBe(413);
  expect(await send(body, { 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await send('{"note":999999999,"position":5}')).toBe(204);
  for (const path of ['/reading/bookmarks', '/reading/started', '/reading/new', '/reading/answers']) {
    expect((await site.ask(path)).status, path).toBe(303);
    expect((await site.ask(path, { headers: { cookie } })).status, path).toBe(200);
  }
  expect((await site.ask('/reading/nothing', { headers: { cookie } })).status).toBe(404);
});

test('a long list goes on, page by page', async ({ site, browser }) => {
  const { home } = readingWords('en');
  const { page, context, person } = await as(site, browser, 'Ada', { js: false });
  const all = await withDatabase(
    site,
    async (sql) =>
      (
        await sql`insert into bookmark (person_id, note_id) select ${person.id}, id from note where access = 'public' order by id limit 35 returning note_id`
      ).length,
  );
  await page.goto('/');
  await page.getByRole('link', { name: `${home.all}: ${home.bookmarks}` }).click();
  await expect(page.locator('.desk-list > li')).toHaveCount(30);
  await page.getByRole('link', { name: home.older }).click();
  await expect(page.locator('.desk-list > li')).toHaveCount(all - 30);
  await page.getByRole('link', { name: home.newest }).click();
  await expect(page.locator('.desk-list > li')).toHaveCount(30);
  await context.close();
});

for (const path of [NOTE, '/', '/reading/bookmarks']) {
  test(`axe finds nothing on ${path}, with comments, answers and a bookmark, light and dark`, async ({
    site,
    browser,
  }) => {
    const { comments: words } = readingWords('en');
    const { page, context } = await as(site, browser, 'Edith', { js: true, role: 'editor' });
    await page.goto(NOTE);
    await page.getByLabel(words.text).fill('> quoted\n\n- one\n\n```\ncode\n```');
    await page.getByRole('button', { name: words.send }).click();
    await page.locator('.comment-answer summary').click();
    await page.getByLabel(words.yourAnswer).fill('An answer.');
    await page.locator('.comment-answer').getByRole('button', { name: words.send }).click();
    await expect(comment(page, 'An answer.')).toBeVisible();
    await page.getByRole('button', { name: 'Bookmark' }).click();
    await expect(page.getByRole('button', { name: 'Bookmarked' })).toBeVisible();
    await page.goto(OTHER);
    const found: string[] = [];
    await page.goto(path);
    for (const each of await page.locator('.comment-tools summary, .comment-answer summary').all()) await each.click();
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        found.push(...(await violations(page)).map((each) => `${width} px, ${colorScheme}: ${each}`));
      }
    }
    expect(found).toEqual([]);
    await context.close();
  });
}
