import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeShareToken } from '@/features/shares/token';
import { readRing } from '@/lib/crypto/key-ring';
import { withDatabase } from './support/database';
import { png } from './support/media';
import type { Site } from './support/site';
import { expect, test } from './support/test';
import { makeVault } from './support/vault';

const CONTENT = 'for your eyes only';

test.beforeAll(async ({ site }) => {
  await makeVault(site, 'closet', {
    'trastienda.yaml': 'access: private\n',
    'Home.md': '[[letter.txt]]\n',
    'Album.md': 'Between us: ![[loaf.png]] [[Home]]\n',
    'loaf.png': png(300, 200, [180, 120, 60]),
    'letter.txt': CONTENT,
  });
});

/** A link to the closed file, or to a closed note, as its maker would have got it. */
async function share(
  site: Site,
  given: { maxUses?: number; days?: number; note?: string } = {},
): Promise<{ id: string; page: string }> {
  const { maxUses = null, days = 1, note = null } = given;
  const ring = readRing(await readFile(path.join(site.dataDir, 'keys.json'), 'utf8'));
  return withDatabase(site, async (sql) => {
    const [row] = await sql<{ id: string; expires: Date; instance: string }[]>`
      insert into share (file_id, note_id, max_uses, expires_at)
      select case when ${note}::text is null then f.id end, n.id, ${maxUses}, date_trunc('second', now() + ${days} * interval '1 day')
      from file f left join note n on n.title = ${note} and n.vault_id = f.vault_id where f.name = 'letter.txt'
      returning id, expires_at as expires, (select value #>> '{}' from setting where name = 'instance') as instance`;
    const { id = '', expires = new Date(), instance = '' } = row ?? {};
    return { id, page: `/s/${makeShareToken(ring, instance, { shareId: id, expiresAt: expires })}` };
  });
}
const own = { 'sec-fetch-site': 'same-origin' };
const open = (site: Site, page: string) => site.ask(`${page}/open`, { method: 'POST', headers: own });
const used = (site: Site, id: string) =>
  withDatabase(site, async (sql) => {
    const [row] = await sql<{ used: number }[]>`select used from share where id = ${id}`;
    return row?.used;
  });

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('an outsider opens a link and saves the file', async ({ page, site }) => {
    const link = await share(site, { maxUses: 1 });
    await page.goto(link.page);
    await expect(page.getByText('letter.txt')).toBeVisible();
    await expect(page.getByText('once more')).toBeVisible();
    expect(await used(site, link.id), 'looking uses nothing').toBe(0);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('letter.txt');
    expect(await readFile(await saved.path(), 'utf8')).toBe(CONTENT);
    expect(await used(site, link.id)).toBe(1);
  });
});

test('a shared note is read with its pictures, and nothing more of the vault', async ({ page, site }) => {
  const link = await share(site, { note: 'Album' });
  await page.goto(`${link.page}/note`);
  expect(new URL(page.url()).pathname, 'first its page').toBe(link.page);
  await page.getByRole('button', { name: 'Read' }).click();
  await expect(page.getByRole('heading', { name: 'Album' })).toBeVisible();
  const picture = page.getByRole('img', { name: 'loaf' });
  await picture.scrollIntoViewIfNeeded();
  await expect(picture).toHaveJSProperty('naturalWidth', 300);
  await expect(page.locator('.prose .unresolved')).toHaveText('Home');
  expect(await page.content()).not.toContain('letter.txt');
});

test('looking at a link, by whatever means, uses nothing and tells nobody', async ({ site }) => {
  const link = await share(site, { maxUses: 1 });
  for (const method of ['GET', 'HEAD', 'GET']) {
    const { status, headers, text } = await site.ask(link.page, { method });
    expect(status).toBe(200);
    expect(headers['cache-control']).toMatch(/no-store/);
    expect(text).not.toContain(CONTENT);
    if (method === 'GET') {
      expect(text).toMatch(/<meta name="referrer" content="no-referrer"/);
      expect(text).toMatch(/<meta name="robots" content="noindex/);
    }
  }
  const file = await site.ask(`${link.page}/file/letter.txt`);
  expect([file.status, file.headers.location]).toEqual([303, link.page]);
  expect(await used(site, link.id)).toBe(0);
});

test('a redemption counts once, however often the file is taken with it', async ({ site }) => {
  const link = await share(site, { maxUses: 2 });
  const { status, headers } = await open(site, link.page);
  expect([status, headers.location]).toEqual([303, `${link.page}/file/letter.txt`]);
  const [cookie = ''] = headers['set-cookie'] ?? [];
  expect(cookie).toMatch(/^share-[0-9a-f-]+=[\w-]{43};.*HttpOnly/i);
  const carried = { cookie: cookie.split(';')[0] ?? '' };
  const path = `${link.page}/file/letter.txt`;
  const whole = await site.ask(path, { headers: carried });
  expect([whole.status, whole.text, whole.headers['cache-control']]).toEqual([
    200,
    CONTENT,
    'private, no-store, no-transform',
  ]);
  expect(whole.headers['referrer-policy']).toBe('no-referrer');
  const part = await site.ask(path, { headers: { ...carried, range: 'bytes=4-7' } });
  expect([part.status, part.text]).toEqual([206, 'your']);
  expect((await site.ask(path, { method: 'HEAD', headers: carried })).status).toBe(200);
  expect((await site.ask(path, { headers: { ...carried, 'if-none-match': whole.headers.etag ?? '' } })).status).toBe(
    304,
  );
  expect(await used(site, link.id)).toBe(1);
  await withDatabase(site, (sql) => sql`update share set revoked_at = now() where id = ${link.id}`);
  expect((await site.ask(path, { headers: carried })).status, 'closed, at once').toBe(410);
  expect((await site.ask(link.page)).status).toBe(410);
});

test('sixty who come at once share what a link allows, to the last one', async ({ site }) => {
  for (const [limit, clients] of [
    [25, 60],
    [1, 2],
  ] as const) {
    const link = await share(site, { maxUses: limit });
    const answers = await Promise.all(Array.from({ length: clients }, () => open(site, link.page)));
    const opened = answers.filter(({ headers }) => headers.location?.endsWith('/file/letter.txt'));
    expect(opened).toHaveLength(limit);
    expect(new Set(opened.map(({ headers }) => headers['set-cookie']?.[0]))).toHaveProperty('size', limit);
    expect(await used(site, link.id)).toBe(limit);
    const { status, text } = await site.ask(link.page);
    expect([status, /as often as it may be/.test(text)]).toEqual([410, true]);
  }
});

test.describe('a link that is none', () => {
  test.use({ expected: [/404|410/] });

  test('is not there; one that was is over', async ({ site, page }) => {
    const link = await share(site);
    for (const wrong of [`${link.page}x`, link.page.slice(0, -1), `${link.page.slice(0, -2)}AA`, '/s/x', '/s/...']) {
      expect((await site.ask(wrong)).status, wrong).toBe(404);
      expect((await site.ask(`${wrong}/file/letter.txt`)).status, wrong).toBe(404);
    }
    await withDatabase(
      site,
      (sql) => sql`update share set expires_at = now() - interval '1 minute' where id = ${link.id}`,
    );
    const answer = await page.goto(link.page);
    expect(answer?.status()).toBe(410);
    await expect(page.getByRole('heading', { name: 'no longer open' })).toBeVisible();
    expect((await open(site, link.page)).headers.location).toBe(link.page);
  });
});

test('a form from another site opens nothing', async ({ site }) => {
  const link = await share(site, { maxUses: 1 });
  const { status } = await site.ask(`${link.page}/open`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect([status, await used(site, link.id)]).toEqual([403, 0]);
});
