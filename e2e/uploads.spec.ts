import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { auditWords } from '../lib/language/audit';
import { formatBytes } from '../lib/language/bytes';
import { type UploadWords, uploadWords } from '../lib/language/uploads';
import { withDatabase } from './support/database';
import { makeFolder, removeFolder } from './support/folders';
import { pdf, png } from './support/media';
import { enter, expectSound, localeOf, WAYS } from './support/own-pages';
import { makePerson } from './support/people';
import { expect, test } from './support/test';
import { makeVault } from './support/vault';

/** What Chromium says by itself of files that were refused, and of a connection that was cut. */
test.use({
  expected: [/the server responded with a status of (?:400|404|409|415|422)|net::ERR_INTERNET_DISCONNECTED/],
});

const RED = png(40, 30, [200, 30, 30]);
const BLUE = png(60, 30, [30, 30, 200]);
const BYTES = 40_000_000;

let scratch: string;
let big: string;
let bigSum: string;

test.beforeAll(async ({ site }) => {
  scratch = await makeFolder('uploads');
  big = path.join(scratch, 'film.bin');
  const bytes = randomBytes(BYTES);
  bigSum = sum(bytes);
  await writeFile(big, bytes);
  for (const { language } of WAYS)
    await makeVault(site, `attic-${language}`, {
      'trastienda.yaml': `title: Attic ${language}\naccess: public\nlanguage: ${language}\n`,
      'Home.md': '![[cover.png]] and [[plan.pdf]]\n',
    });
});
test.afterAll(() => removeFolder(scratch));

const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const buffer = (name: string, bytes: Buffer, mimeType = 'application/octet-stream') => ({
  name,
  mimeType,
  buffer: bytes,
});

/** The row or line that tells of a file. */
const lineOf = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });

/** Downloads what a link of the page leads to, and sums it. */
async function take(page: Page, name: string | RegExp): Promise<string> {
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name }).first().click();
  return sum(await readFile(await (await saving).path()));
}

async function choose(page: Page, words: UploadWords, files: Parameters<Page['setInputFiles']>[1]): Promise<void> {
  await page.getByLabel(words.files, { exact: true }).setInputFiles(files);
  await page.getByRole('button', { name: words.submit, exact: true }).click();
}

for (const { language, javaScriptEnabled } of WAYS) {
  const words = uploadWords(language);
  const vault = `attic-${language}`;

  test.describe(`in ${language}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled, locale: localeOf[language] });

    test('an editor brings files, readers see them, and each can be what it was and be taken away', async ({
      page,
      context,
      browser,
      site,
    }) => {
      const outside = await browser.newContext({ javaScriptEnabled, baseURL: site.url });
      const reader = await outside.newPage();
      const readersSee = (count: number) =>
        expect(async () => {
          await reader.goto(`/${vault}`);
          await expect(reader.locator('article img')).toHaveCount(count, { timeout: 500 });
        }).toPass({ timeout: 10_000 });
      await readersSee(0);

      await enter(context, site, await makePerson(site, { role: 'editor', name: 'Eva' }));
      await page.goto('/studio/files');
      await page.getByRole('link', { name: words.link, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.title);
      await expectSound(page);
      await page.getByLabel(words.vault, { exact: true }).selectOption(vault);
      await choose(page, words, []);
      await expect(page.getByText(words.none)).toBeVisible();
      await page.getByLabel(words.vault, { exact: true }).selectOption(vault);
      await choose(page, words, [
        buffer('cover.png', RED, 'image/png'),
        buffer('plan.pdf', pdf(), 'application/pdf'),
        buffer('letter.png', Buffer.from('Dear Bo,\n'.repeat(200)), 'image/png'),
        buffer('empty.bin', Buffer.alloc(0)),
      ]);
      for (const name of ['cover.png', 'plan.pdf', 'empty.bin'])
        await expect(lineOf(page, name).getByText(words.done)).toBeVisible();
      await expect(lineOf(page, 'letter.png').getByText(words.refusal.kind)).toBeVisible();
      await expect(lineOf(page, 'cover.png').getByText('![[cover.png]]')).toBeVisible();
      await expect(lineOf(page, 'empty.bin').getByText('[[empty.bin]]')).toBeVisible();
      await expectSound(page);
      await readersSee(1);

      await choose(page, words, [buffer('cover.png', BLUE, 'image/png')]);
      await expect(lineOf(page, 'cover.png').last().getByText(words.refusal.taken)).toBeVisible();
      await expectSound(page);
      if (javaScriptEnabled) {
        await page.getByRole('button', { name: words.of(words.putInPlace, 'cover.png') }).click();
      } else {
        await page.getByLabel(words.replace).check();
        await choose(page, words, [buffer('cover.png', BLUE, 'image/png')]);
      }
      await expect(lineOf(page, 'cover.png').last().getByText(words.done)).toBeVisible();

      await lineOf(page, 'cover.png').last().getByRole('link', { name: 'cover.png' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('cover.png');
      await expect(page.getByRole('link', { name: 'Home' }).last()).toBeVisible();
      await expect(page.getByAltText(words.file.pictureOf('cover.png'))).toHaveJSProperty('naturalWidth', 60);
      await expectSound(page);
      expect(await take(page, words.file.download)).toBe(sum(BLUE));
      const versions = page.locator('#versions');
      await expect(versions).toContainText(words.file.replacedBy('Eva'));
      await versions.getByRole('button').click();
      await expect(page.getByText(words.file.restored)).toBeVisible();
      expect(await take(page, words.file.download)).toBe(sum(RED));

      await page.getByLabel(words.file.replaceFile).setInputFiles(buffer('another name.png', BLUE, 'image/png'));
      await page.getByRole('button', { name: words.file.replace, exact: true }).click();
      await expect(
        lineOf(page, javaScriptEnabled ? 'another name.png' : 'cover.png').getByText(words.done),
      ).toBeVisible();
      if (!javaScriptEnabled) await page.getByRole('link', { name: 'cover.png' }).click();
      await expect(versions.getByRole('button')).toHaveCount(2);
      expect(await take(page, words.file.download)).toBe(sum(BLUE));

      await page.getByRole('button', { name: words.file.remove, exact: true }).click();
      await expect(page.getByRole('button', { name: words.file.bringBack, exact: true })).toBeVisible();
      await expect(page.getByText(words.file.removedBy('Eva'))).toBeVisible();
      await expectSound(page);
      await readersSee(0);
      await page.goto('/studio/files');
      await page.getByRole('link', { name: words.removed.link(1) }).click();
      await expectSound(page);
      await page.getByRole('button', { name: words.removed.bringBackOf('cover.png') }).click();
      await expect(page.getByText(words.file.isBack)).toBeVisible();
      await expect(page.getByText(words.removed.none)).toBeVisible();
      await readersSee(1);
      await outside.close();

      await context.clearCookies();
      await enter(context, site, await makePerson(site, { role: 'owner' }));
      await page.goto('/studio/audit');
      const { deeds } = auditWords(language);
      for (const deed of ['upload', 'replace', 'turn-back', 'remove', 'restore'] as const)
        await expect(page.locator('.log').getByText(deeds[`file.${deed}`], { exact: true }).first()).toBeVisible();
      await expect(
        page
          .locator('.log')
          .getByText(/cover\.png/)
          .first(),
      ).toBeVisible();
    });

    test('what was begun and not ended is shown to whoever began it, and can be let go of', async ({
      page,
      context,
      site,
    }) => {
      const cookie = await enter(context, site, await makePerson(site, { role: 'editor' }));
      const begun = await site.ask('/api/uploads', {
        method: 'POST',
        headers: {
          cookie,
          origin: site.url,
          host: new URL(site.url).host,
          'tus-resumable': '1.0.0',
          'upload-length': '2000000',
          'upload-metadata': `vault ${btoa(vault)},filename ${btoa('half.bin')}`,
        },
      });
      expect(begun.status).toBe(201);
      await page.goto('/studio/files/upload');
      const unfinished = page.locator('#unfinished');
      const size = formatBytes(2_000_000, language);
      await expect(unfinished.getByText(words.progress(formatBytes(0, language), size))).toBeVisible();
      await expectSound(page);
      await page.getByRole('button', { name: words.of(words.cancel, 'half.bin') }).click();
      await expect(unfinished.getByText(words.canceled)).toBeVisible();
      await expect(unfinished.getByRole('button')).toHaveCount(0);
    });
  });
}

const words = uploadWords('en');

/** Lets bytes out of a browser at so many per second; 0 for none at all. */
async function line(page: Page): Promise<(bytes: number | 'all') => Promise<void>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  return async (bytes) => {
    await session.send('Network.emulateNetworkConditions', {
      offline: bytes === 0,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytes === 'all' ? -1 : bytes || -1,
    });
  };
}

/** Where the site said that it had come to, each time it was asked. */
function offsets(page: Page): number[] {
  const seen: number[] = [];
  page.on('response', (response) => {
    const told = response.headers()['upload-offset'];
    if (response.request().method() === 'HEAD' && told) seen.push(Number(told));
  });
  return seen;
}

async function open(page: Page, folder = ''): Promise<void> {
  await page.goto(`/studio/files/upload?vault=attic-en&folder=${folder}`);
  await page.locator('html[data-js]').waitFor();
  await expect(page.getByLabel(words.vault, { exact: true })).toHaveValue('attic-en');
  await expect(page.getByLabel(words.folder, { exact: true })).toHaveValue(folder);
}
const halfway = (page: Page) =>
  expect(async () => {
    const value = Number(await page.getByRole('progressbar').getAttribute('value'));
    expect(value).toBeGreaterThan(BYTES / 10);
  }).toPass({ timeout: 20_000 });

async function arrivesWhole(page: Page): Promise<void> {
  const row = page.locator('.queue').getByRole('listitem');
  await expect(row.getByText(words.done)).toBeVisible({ timeout: 30_000 });
  await row.getByRole('link', { name: 'film.bin' }).click();
  expect(await take(page, words.file.download)).toBe(bigSum);
}

test('when the network goes and comes back, an upload goes on where it was', async ({ page, context, site }) => {
  await enter(context, site, await makePerson(site, { role: 'editor' }));
  await open(page, 'cut');
  const seen = offsets(page);
  const limit = await line(page);
  await limit(1_500_000);
  await choose(page, words, big);
  await halfway(page);
  await expect(lineOf(page, 'film.bin').getByText(/[kM]B\/s · \d+ s left/)).toBeVisible();
  await expectSound(page);
  await limit(0);
  await expect(page.getByText(words.retrying)).toBeVisible();
  await limit('all');
  await arrivesWhole(page);
  expect(Math.max(...seen)).toBeGreaterThan(BYTES / 20);
});

test('paused, and the page left, it goes on when the same file is chosen again', async ({ page, context, site }) => {
  await enter(context, site, await makePerson(site, { role: 'editor' }));
  await open(page, 'left');
  const limit = await line(page);
  await limit(4_000_000);
  await choose(page, words, big);
  await halfway(page);
  await page.getByRole('button', { name: words.of(words.pause, 'film.bin') }).click();
  await expect(lineOf(page, 'film.bin').getByText(words.paused)).toBeVisible();
  await choose(page, words, big);
  await expect(lineOf(page, 'film.bin')).toHaveCount(1);
  const asked = page.waitForEvent('dialog');
  const leaving = page.reload();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await leaving;
  await limit('all');
  await expect(page.locator('#unfinished').getByText('left/film.bin')).toBeVisible();
  const seen = offsets(page);
  await page.locator('html[data-js]').waitFor();
  await choose(page, words, big);
  await expect(page.locator('#unfinished')).toBeHidden();
  await arrivesWhole(page);
  expect(Math.max(...seen)).toBeGreaterThan(BYTES / 20);
  await page.goBack();
  await expect(page.locator('#unfinished').getByText('left/film.bin')).toHaveCount(0);
});

test('whose session ends meanwhile is told, and goes on when signed in again', async ({ page, context, site }) => {
  const person = await makePerson(site, { role: 'editor' });
  await enter(context, site, person);
  await open(page, 'out');
  const seen = offsets(page);
  const limit = await line(page);
  await limit(4_000_000);
  await choose(page, words, big);
  await halfway(page);
  await page.getByRole('button', { name: words.of(words.pause, 'film.bin') }).click();
  await withDatabase(site, (sql) => sql`delete from session where person_id = ${person.id}`);
  await limit('all');
  await page.getByRole('button', { name: words.of(words.resume, 'film.bin') }).click();
  await expect(page.getByText(words.signedOut)).toBeVisible();
  await enter(context, site, person);
  await page.getByRole('button', { name: words.of(words.again, 'film.bin') }).click();
  await arrivesWhole(page);
  expect(Math.max(...seen)).toBeGreaterThan(BYTES / 20);
});

test('canceled, nothing of it is kept', async ({ page, context, site }) => {
  await enter(context, site, await makePerson(site, { role: 'editor' }));
  await open(page, 'given-up');
  const limit = await line(page);
  await limit(5_000_000);
  await choose(page, words, big);
  await halfway(page);
  await page.getByRole('button', { name: words.of(words.cancel, 'film.bin') }).click();
  await expect(lineOf(page, 'film.bin').getByText(words.canceled)).toBeVisible();
  await limit('all');
  const stillOpen = () =>
    withDatabase(site, (sql) => sql`select 1 from upload where state = 'open' and path = 'given-up/film.bin'`);
  await expect.poll(async () => (await stillOpen()).length).toBe(0);
  await page.reload();
  await expect(page.getByText('given-up/film.bin')).toHaveCount(0);
});

test('files dropped on the form are sent, two at a time, to the vault and folder it says', async ({
  page,
  context,
  site,
}) => {
  await enter(context, site, await makePerson(site, { role: 'editor' }));
  await open(page);
  await page.getByLabel(words.folder, { exact: true }).fill('dropped/here');
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    for (const name of ['one.txt', 'two.txt', 'three.txt']) transfer.items.add(new File([`this is ${name}`], name));
    return transfer;
  });
  const form = page.locator('#upload');
  await form.dispatchEvent('dragover', { dataTransfer: dropped });
  await expect(form).toHaveAttribute('data-over', 'true');
  await form.dispatchEvent('drop', { dataTransfer: dropped });
  await expect(form).toHaveAttribute('data-over', 'false');
  await expect(page.getByText(words.queue(3, 3)).first()).toBeVisible();
  await lineOf(page, 'two.txt').getByRole('link', { name: 'two.txt' }).click();
  await expect(page.getByText('dropped/here/two.txt').first()).toBeVisible();
  expect(await take(page, words.file.download)).toBe(sum(Buffer.from('this is two.txt')));
});

test('the way to the files is the keyboard’s too', async ({ page, context, site }) => {
  await enter(context, site, await makePerson(site, { role: 'editor' }));
  await open(page);
  await page.getByLabel(words.replace).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel(words.files, { exact: true })).toBeFocused();
  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await choosing).setFiles([buffer('typed.txt', Buffer.from('typed'))]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(lineOf(page, 'typed.txt').getByText(words.done)).toBeVisible();
});
