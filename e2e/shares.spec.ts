import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { hash } from '@node-rs/argon2';
import { withDatabase } from './support/database';
import { ledgerOf } from './support/ledger';
import { png } from './support/media';
import { makeShare } from './support/shares';
import type { Site } from './support/site';
import { expect, test } from './support/test';
import { makeVault } from './support/vault';

const CONTENT = 'for your eyes only';
/** More than fits into what the network holds by itself. */
const TOME = Buffer.alloc(30_000_000, 'tome');

test.beforeAll(async ({ site }) => {
  await makeVault(site, 'closet', {
    'trastienda.yaml': 'access: private\n',
    'Home.md': '[[letter.txt]] [[tome.bin]]\n',
    'tome.bin': TOME,
    'Album.md': 'Between us: ![[loaf.png]] [[Home]]\n',
    'loaf.png': png(300, 200, [180, 120, 60]),
    'letter.txt': CONTENT,
  });
});

/** A link to the closed file, or to a closed note. */
const share = (site: Site, given: Parameters<typeof makeShare>[2] = {}) => makeShare(site, 'letter.txt', given);
const own = { 'sec-fetch-site': 'same-origin' };
const open = (site: Site, page: string, password = '') =>
  site.ask(`${page}/open`, {
    method: 'POST',
    headers: { ...own, 'content-type': 'application/x-www-form-urlencoded' },
    body: `password=${password}`,
  });
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

test('whoever has a link and is refused is in the ledger, with the reason', async ({ site }) => {
  const closed = await share(site);
  const carried = { cookie: (await open(site, closed.page)).headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
  const path = `${closed.page}/file/letter.txt`;
  expect((await site.ask(path, { headers: carried })).text).toBe(CONTENT);
  await withDatabase(site, (sql) => sql`update share set revoked_at = now() where id = ${closed.id}`);
  expect((await site.ask(path, { headers: carried })).status).toBe(410);
  expect((await site.ask(path, { method: 'HEAD', headers: carried })).status, 'looking is not taking').toBe(410);
  expect((await site.ask(closed.page)).status).toBe(410);
  const refusal = { name: 'letter.txt', outcome: 'refused', requests: 1 };
  await expect
    .poll(() => ledgerOf(site, closed.id))
    .toEqual([
      { name: 'letter.txt', outcome: 'finished', reason: null, requests: 1 },
      { ...refusal, reason: 'revoked' },
    ]);

  const over = await share(site);
  await withDatabase(site, (sql) => sql`update share set expires_at = now() where id = ${over.id}`);
  await open(site, over.page);
  expect(await ledgerOf(site, over.id)).toEqual([{ ...refusal, reason: 'expired' }]);

  const once = await share(site, { maxUses: 1 });
  for (let i = 0; i < 3; i++) await open(site, once.page);
  expect(await ledgerOf(site, once.id)).toEqual(Array(2).fill({ ...refusal, reason: 'exhausted' }));

  const guarded = await share(site, { note: 'Album', passwordHash: await hash('quince') });
  expect((await open(site, guarded.page, 'pear')).headers.location).toBe(`${guarded.page}?wrong`);
  expect((await open(site, guarded.page, 'quince')).headers.location).toBe(`${guarded.page}/note`);
  expect(await ledgerOf(site, guarded.id)).toEqual([{ ...refusal, name: 'Album', reason: 'password' }]);

  await Promise.all(Array.from({ length: 30 }, () => open(site, over.page)));
  expect((await ledgerOf(site, over.id)).length, 'nobody fills the ledger with it').toBe(10);
});

test('a link that is closed lets the download under way end, and no other begin', async ({ site }) => {
  const link = await makeShare(site, 'tome.bin');
  const carried = { cookie: (await open(site, link.page)).headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
  const path = `${link.page}/file/tome.bin`;
  const taking = await begin(site, path, carried);
  await withDatabase(site, (sql) => sql`update share set revoked_at = now() where id = ${link.id}`);
  expect((await site.ask(path, { headers: { ...carried, range: 'bytes=9000000-' } })).status).toBe(410);
  expect(await taking.rest()).toBe(TOME.length);
  await expect
    .poll(async () => (await ledgerOf(site, link.id)).map(({ outcome, reason }) => reason ?? outcome))
    .toEqual(['finished', 'revoked']);
});

/** Begins to take a file, and goes on when it is told to. */
function begin(site: Site, path: string, headers: Record<string, string>): Promise<{ rest: () => Promise<number> }> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port: site.port, path, headers }, (response) => {
      response.once('readable', () => {
        const rest = async () => {
          let bytes = 0;
          for await (const part of response) bytes += part.length;
          return bytes;
        };
        resolve({ rest });
      });
    });
    request.once('error', reject);
  });
}
