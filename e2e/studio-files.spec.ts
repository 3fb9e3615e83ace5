import { readFile } from 'node:fs/promises';
import { downloadWords } from '../lib/language/downloads';
import { readingWords } from '../lib/language/reading';
import { shareWords } from '../lib/language/shares';
import { studioWords } from '../lib/language/studio';
import { withDatabase } from './support/database';
import { enter, expectSound, localeOf, WAYS } from './support/own-pages';
import { askWith, makePerson, signIn } from './support/people';
import { makeShare } from './support/shares';
import { expect, test } from './support/test';
import { makeVault } from './support/vault';

test.use({ expected: [/the server responded with a status of (?:404|410|422)/] });

const CONTENT = 'for your eyes only';

test.beforeAll(async ({ site }) => {
  await makeVault(site, 'wardrobe', {
    'trastienda.yaml': 'access: private\nlanguage: en\n',
    'Home.md': '[[letter-en.txt]] [[letter-es.txt]]\n',
    'letter-en.txt': CONTENT,
    'letter-es.txt': CONTENT,
  });
});

for (const { language, javaScriptEnabled } of WAYS) {
  const { make: words, files, ...shared } = shareWords(language);
  const name = `letter-${language}.txt`;

  test.describe(`in ${language}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled, locale: localeOf[language] });

    test('an owner makes a link to a file, an outsider opens it, and it is closed', async ({
      page,
      context,
      browser,
      site,
    }) => {
      await enter(context, site, await makePerson(site, { role: 'owner' }));
      await page.goto('/studio/files');
      await page.getByLabel(files.search).fill(name.toUpperCase());
      await page.getByRole('button', { name: files.submit, exact: true }).click();
      await expect(page.getByText(files.found('1'))).toBeVisible();
      await expectSound(page);
      await page.getByRole('link', { name: files.shareOf(name) }).click();
      await expect(page.getByRole('heading', { name: words.newTo(name) })).toBeVisible();
      await page.getByLabel(words.days).fill('99');
      await page.getByLabel(words.remark).fill('for Bo');
      await page.getByRole('button', { name: words.submit }).click();
      await expect(page.getByText(words.daysHint(30)).nth(1)).toBeVisible();
      await expect(page.getByLabel(words.remark)).toHaveValue('for Bo');
      await page.getByLabel(words.days).fill('2');
      await page.getByLabel(words.uses).fill('3');
      await page.getByRole('button', { name: words.submit }).click();
      await expect(page.getByText(words.done)).toBeVisible();
      const link = await page.getByRole('textbox', { name: words.label, exact: true }).inputValue();
      expect(link.startsWith(`${site.url}/s/`)).toBe(true);
      await expect(page.locator('#shares')).toContainText('for Bo');
      await expectSound(page);

      const outside = await browser.newContext({ javaScriptEnabled, locale: localeOf[language], baseURL: site.url });
      const visitor = await outside.newPage();
      await visitor.goto(link);
      const saving = visitor.waitForEvent('download');
      await visitor.getByRole('button', { name: shared.download }).click();
      expect(await readFile(await (await saving).path(), 'utf8')).toBe(CONTENT);

      await page.goto('/studio/shares');
      await expect(page.locator('#shares')).toContainText(words.used(1, 3));
      await page.getByRole('link', { name: words.takenOf(name) }).click();
      const ledger = downloadWords(language);
      await expect(page.getByText(ledger.onlyLink)).toBeVisible();
      await expect(page.getByText(ledger.byLink('for Bo'))).toBeVisible();
      await expect(page.getByText(ledger.outcome.finished).last()).toBeVisible();
      await expectSound(page);
      const saved = page.waitForEvent('download');
      await page.getByRole('link', { name: ledger.csv }).click();
      const csv = await readFile(await (await saved).path(), 'utf8');
      expect(csv.split('\r\n')).toHaveLength(3);
      expect(csv).toContain('"for Bo"');

      await page.goto('/studio/shares');
      await page.getByRole('button', { name: words.closeOf(name) }).click();
      await expect(page.getByText(words.closed)).toBeVisible();
      await expect(page.locator('#shares')).toContainText(words.state.revoked);
      expect((await visitor.goto(link))?.status()).toBe(410);
      await outside.close();
    });

    test('an editor shares a note from where it is read', async ({ page, context, site }) => {
      await enter(context, site, await makePerson(site, { role: 'editor' }));
      await page.goto('/wardrobe');
      await page.getByRole('link', { name: readingWords('en').mine.share, exact: true }).click();
      await expect(page.getByRole('heading', { name: words.newTo('Home') })).toBeVisible();
      await page.getByRole('button', { name: words.submit }).click();
      const link = await page.getByRole('textbox', { name: words.label, exact: true }).inputValue();
      expect((await site.ask(new URL(link).pathname)).text).toContain('Home');
    });
  });
}

test('what is asked for and is not there, is not there; what is malformed asks for nothing', async ({ site }) => {
  const owner = askWith(site, await signIn(site, await makePerson(site, { role: 'owner' })));
  for (const query of [
    'note=0',
    'note=99999999999',
    'note=2000000000',
    'file=x',
    `file=${'0'.repeat(8)}-0000-4000-8000-000000000000`,
  ])
    expect((await owner(`/studio/shares?${query}`)).status, query).toBe(404);
  for (const query of [
    'from=0000-01-01&to=9999-12-31',
    'before=9007199254740991',
    'before=x&outcome=x',
    'file=x&link=%00',
  ])
    for (const page of ['/studio/downloads', '/studio/downloads/export', '/account/downloads'])
      expect((await owner(`${page}?${query}`)).status, `${page}?${query}`).toBe(200);
  for (const query of ['q=%00', 'q=%25', 'page=-1', 'page=9999999999', `q=${'x'.repeat(1_000)}`])
    expect((await owner(`/studio/files?${query}`)).status, query).toBe(200);
});

test('a person sees what they took, and nobody else’s', async ({ page, context, site }) => {
  const person = await makePerson(site, { role: 'editor' });
  await enter(context, site, person);
  const [id, other] = await withDatabase(site, async (sql) => {
    const rows = await sql<{ id: string }[]>`select id from file where name like 'letter-%' order by name`;
    return rows.map((row) => row.id);
  });
  const mine = askWith(site, await signIn(site, person));
  const theirs = askWith(site, await signIn(site, await makePerson(site, { role: 'editor' })));
  expect((await mine(`/files/${id}/letter-en.txt`)).text).toBe(CONTENT);
  expect((await theirs(`/files/${other}/letter-es.txt`)).text).toBe(CONTENT);
  await page.goto('/account/downloads');
  await expect(page.getByRole('heading', { name: 'letter-en.txt' })).toBeVisible();
  await expect(page.locator('.lines')).not.toContainText('letter-es.txt');
  await expectSound(page);
});

for (const language of ['en', 'es'] as const)
  test(`an owner reads in ${language} who was refused and why, and says how long it is remembered`, async ({
    browser,
    site,
  }) => {
    const link = await makeShare(site, `letter-${language}.txt`);
    await withDatabase(site, (sql) => sql`update share set revoked_at = now() where id = ${link.id}`);
    const headers = { 'sec-fetch-site': 'same-origin' };
    await site.ask(`${link.page}/open`, { method: 'POST', headers });

    const words = downloadWords(language);
    const context = await browser.newContext({ locale: localeOf[language], baseURL: site.url });
    const owner = await makePerson(site, { role: 'owner' });
    await enter(context, site, owner);
    const page = await context.newPage();
    await page.goto(`/studio/downloads?link=${link.id}`);
    await page.getByLabel(words.outcomeLabel).selectOption('refused');
    await page.getByRole('button', { name: words.filter, exact: true }).click();
    await expect(page.locator('.lines li')).toHaveCount(1);
    await expect(page.locator('.lines')).toContainText(words.reason.revoked);
    const csv = await askWith(
      site,
      await signIn(site, owner),
    )(`/studio/downloads/export?link=${link.id}&outcome=refused`);
    expect(csv.text.split('\r\n')[1]).toContain('"refused","revoked"');
    await page.getByLabel(words.outcomeLabel).selectOption('finished');
    await page.getByRole('button', { name: words.filter, exact: true }).click();
    await expect(page.getByText(words.none)).toBeVisible();

    const { settings } = studioWords(language);
    await page.goto('/studio/settings');
    await expect(page.getByLabel(settings.downloadDays)).toHaveValue('180');
    await page.getByLabel(settings.downloadDays).fill('0');
    await page.getByRole('button', { name: settings.submit }).click();
    await expect(page.getByText(settings.downloadDaysHint(3_650)).nth(1), 'not only as a hint').toBeVisible();
    await page.getByLabel(settings.downloadDays).fill('30');
    await page.getByRole('button', { name: settings.submit }).click();
    await expect(page.getByText(settings.done)).toBeVisible();
    await page.reload();
    await expect(page.getByLabel(settings.downloadDays)).toHaveValue('30');
    await withDatabase(site, (sql) => sql`delete from setting where name = 'downloadDays'`);
    await context.close();
  });
