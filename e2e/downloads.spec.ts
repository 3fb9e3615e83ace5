import { connect } from 'node:net';
import { withDatabase } from './support/database';
import { sendRaw } from './support/http';
import { refusals } from './support/ledger';
import { pdf, png, wav, webm } from './support/media';
import { pause, type Site } from './support/site';
import { expect, test } from './support/test';
import { makeVault, type Vault } from './support/vault';

const THOUSAND = Buffer.from(Array.from({ length: 1_000 }, (_, i) => i % 256));
const ODD = 'año “ü” 日本.bin';
const files: Record<string, string | Buffer> = {
  'trastienda.yaml': 'title: Downloads\nlanguage: en\naccess: public\n',
  'All.md': `[[thousand.bin]] [[empty.bin]] [[${ODD}]] [[long.bin]]\n\n![[song.wav]]\n\n![[film.webm]]\n\n![[wide.png]]\n\n![[sheet.pdf]]\n`,
  'Closed.md': '---\naccess: private\n---\n[[closed.bin]]\n',
  'thousand.bin': THOUSAND,
  'empty.bin': '',
  [ODD]: 'odd',
  'closed.bin': 'closed',
  'long.bin': Buffer.alloc(20_000_000, 'long'),
  'song.wav': longWav(),
  'sheet.pdf': pdf(),
  'wide.png': png(1_000, 500, [9, 99, 199]),
};

/** Ten minutes of silence: more than a browser takes before it is asked to. */
function longWav(): Buffer {
  const [head, samples] = [wav().subarray(0, 44), Buffer.alloc(8_000 * 600, 128)];
  head.writeUInt32LE(36 + samples.length, 4);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

let vault: Vault;
let href: (name: string) => string;
test.beforeAll(async ({ site }) => {
  vault = await makeVault(site, 'downloads', { ...files, 'film.webm': await webm(240) });
  const { text } = await site.ask('/downloads/All');
  href = (name) => new RegExp(`"(/files/[^"#? ]+/${encodeURIComponent(name)})[?#"]`).exec(text)?.[1] ?? `no ${name}`;
});

test('a range, a condition or neither is answered as RFC 9110 has it', async ({ site }) => {
  const path = href('thousand.bin');
  const whole = await site.ask(path);
  const { etag = '', 'last-modified': modified = '' } = whole.headers;
  expect(whole.status).toBe(200);
  expect(whole.bytes.equals(THOUSAND)).toBe(true);
  expect(etag).toMatch(/^"[0-9a-f-]{36}"$/);
  for (const [headers, status, range] of [
    [{ range: 'bytes=0-0' }, 206, [0, 0]],
    [{ range: 'bytes=990-1990' }, 206, [990, 999]],
    [{ range: 'bytes=-10' }, 206, [990, 999]],
    [{ range: 'bytes=-5000' }, 206, [0, 999]],
    [{ range: 'bytes=5-9,0-6' }, 206, [0, 9]],
    [{ range: 'bytes=0-1,5-6' }, 200, null],
    [{ range: 'bytes=-0' }, 416, null],
    [{ range: 'bytes=1000-' }, 416, null],
    [{ range: 'bytes=9-1' }, 200, null],
    [{ range: 'items=0-1' }, 200, null],
    [{ range: 'alpha' }, 200, null],
    [{ range: 'bytes=10' }, 200, null],
    [{ range: 'bytes=10-alpha' }, 200, null],
    [{ range: 'bytes=0-8', 'if-range': etag }, 206, [0, 8]],
    [{ range: 'bytes=0-8', 'if-range': modified }, 206, [0, 8]],
    [{ range: 'bytes=0-8', 'if-range': '"other"' }, 200, null],
    [{ range: 'bytes=0-8', 'if-range': `W/${etag}` }, 200, null],
    [{ range: 'bytes=0-8', 'if-range': 'Sat, 01 Jan 2000 00:00:00 GMT' }, 200, null],
    [{ 'if-none-match': etag }, 304, null],
    [{ 'if-none-match': `"other", ${etag}` }, 304, null],
    [{ 'if-none-match': '*' }, 304, null],
    [{ 'if-none-match': '"other"', 'if-modified-since': modified }, 200, null],
    [{ 'if-none-match': `W/${etag}`, range: 'bytes=0-8' }, 304, null],
    [{ 'if-modified-since': modified }, 304, null],
    [{ 'if-match': '"other"' }, 412, null],
    [{ 'if-unmodified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' }, 412, null],
  ] as const) {
    const answer = await site.ask(path, { headers: { ...headers } });
    const what = JSON.stringify(headers);
    expect(answer.status, what).toBe(status);
    expect(answer.headers.etag, what).toBe(etag);
    expect(answer.headers['cache-control'], what).toBe(whole.headers['cache-control']);
    expect(answer.headers.date, what).toBeTruthy();
    const sent = range ? THOUSAND.subarray(range[0], range[1] + 1) : status === 200 ? THOUSAND : Buffer.alloc(0);
    expect(answer.bytes.equals(sent), what).toBe(true);
    const told = range ? `bytes ${range[0]}-${range[1]}/1000` : status === 416 ? 'bytes */1000' : undefined;
    expect(answer.headers['content-range'], what).toBe(told);
    if (status < 300) expect(answer.headers['content-type'], what).toBe(whole.headers['content-type']);
    if (status !== 304) expect(answer.headers['content-length'], what).toBe(String(sent.length));
    const head = await site.ask(path, { method: 'HEAD', headers: { ...headers } });
    expect(head.status, `HEAD ${what}`).toBe(status === 206 || status === 416 ? 200 : status);
    expect(head.bytes.length, `HEAD ${what}`).toBe(0);
  }
  for (const range of ['bytes=0-0', 'bytes=-1', 'bytes=0-']) {
    const empty = await site.ask(href('empty.bin'), { headers: { range } });
    expect([empty.status, empty.headers['content-length']], range).toEqual([200, '0']);
  }
});

test('a download says all that is to be known of it, and is never changed on its way', async ({ site }) => {
  for (const method of ['GET', 'HEAD']) {
    const { headers } = await site.ask(href('thousand.bin'), { method, headers: { 'accept-encoding': 'gzip, br' } });
    expect(headers).toMatchObject({
      'accept-ranges': 'bytes',
      'content-length': '1000',
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename=thousand.bin',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-accel-buffering': 'no',
      'last-modified': expect.stringMatching(/ GMT$/),
      'cache-control': 'public, max-age=0, must-revalidate, no-transform',
    });
    for (const name of ['content-encoding', 'transfer-encoding', 'vary', 'set-cookie', 'access-control-allow-origin'])
      expect(headers[name], `${method} ${name}`).toBeUndefined();
  }
});

test('no header of any size or kind breaks it, and other methods are refused', async ({ site }) => {
  const path = href('thousand.bin');
  const many = await site.ask(path, { headers: { range: `bytes=${'0-0,'.repeat(3_000)}1-1` } });
  expect(many.status).toBe(200);
  const huge = await site.ask(path, { headers: { range: `bytes=${'9'.repeat(5_000)}-` } });
  expect(huge.status).toBe(416);
  const overlong = await site.ask(path, { headers: { range: `bytes=${'0-0,'.repeat(9_000)}1-1` } });
  expect(overlong.status).toBe(431);
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    const refused = await site.ask(path, { method });
    expect([refused.status, refused.headers.allow], method).toEqual([405, 'GET, HEAD']);
  }
  expect(await sendRaw(site.port, `TRACE ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)).toBe(405);
});

test('requests that come together over one connection are answered in turn, also those of HTTP/1.0', async ({
  site,
}) => {
  const path = href('thousand.bin');
  const ranges = ['0-0', '1-2', '990-'].map(
    (range) => `GET ${path} HTTP/1.1\r\nHost: a\r\nRange: bytes=${range}\r\n\r\n`,
  );
  const last = `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
  const together = await exchange(site, [...ranges, last].join(''));
  expect(together.match(/HTTP\/1\.1 \d+/g)).toEqual([...Array(3).fill('HTTP/1.1 206'), 'HTTP/1.1 200']);
  const old = await exchange(site, `GET ${path} HTTP/1.0\r\n\r\n`);
  expect(old).toMatch(/^HTTP\/1\.1 200/);
  expect(old).toContain('content-length: 1000');
  expect(old.endsWith(THOUSAND.toString('latin1'))).toBe(true);
});

test.describe('where there is nothing', () => {
  test.use({ expected: [/404/] });

  test('what is closed and what there is not are one answer, for programs and for people', async ({ site, page }) => {
    const { text } = await site.ask('/downloads/All');
    expect(text).not.toContain('closed.bin');
    const closed = await idOf(site, 'closed.bin');
    const nothing = '3f2c1a52-3b1e-4d4f-9a55-0d2c8f4e9b11';
    const told = async (id: string, headers: Record<string, string>, method = 'GET') => {
      const answer = await site.ask(`/files/${id}/closed.bin`, { headers, method });
      const { date: _, ...rest } = answer.headers;
      return { status: answer.status, headers: rest, text: answer.text };
    };
    const asked: Record<string, string>[] = [
      {},
      { accept: 'text/html' },
      { range: 'bytes=0-0' },
      { 'if-none-match': '*' },
    ];
    for (const headers of asked) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await told(closed, headers, method);
        expect(answer.status).toBe(404);
        expect(answer).toEqual(await told(nothing, headers, method));
      }
    }
    const response = await page.goto(`/files/${closed}/closed.bin`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });

  test('a page that is closed takes its files with it at once', async ({ site }) => {
    const path = href('thousand.bin');
    const { etag = '' } = (await site.ask(path)).headers;
    await replace('All.md', `---\naccess: private\n---\n${files['All.md']}`);
    await expect.poll(async () => (await site.ask('/downloads/All')).status).toBe(404);
    expect((await site.ask(path, { headers: { 'if-none-match': etag } })).status).toBe(404);
    await replace('All.md', String(files['All.md']));
    await expect.poll(async () => (await site.ask(path)).status).toBe(200);
  });
});

test('a file that is replaced between two parts of a download is sent anew, never mixed', async ({ site }) => {
  const path = href('thousand.bin');
  const first = await site.ask(path, { headers: { range: 'bytes=0-499' } });
  await replace('thousand.bin', Buffer.from(THOUSAND).reverse());
  await expect.poll(async () => (await site.ask(path)).headers.etag).not.toBe(first.headers.etag);
  const second = await site.ask(path, { headers: { range: 'bytes=500-', 'if-range': first.headers.etag ?? '' } });
  expect([second.status, second.bytes.equals(Buffer.from(THOUSAND).reverse())]).toEqual([200, true]);
  await replace('thousand.bin', THOUSAND);
  await expect.poll(async () => (await site.ask(path)).bytes.equals(THOUSAND)).toBe(true);
});

test('a name in any language is the name it is saved under', async ({ page }) => {
  await page.goto('/downloads/All');
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: ODD }).click();
  expect((await saving).suggestedFilename()).toBe(ODD);
});

for (const [name, kind, place, end] of [
  ['song.wav', 'audio', 580, 600],
  ['film.webm', 'video', 230, 240],
] as const)
  test(`${kind} is played from any place without being taken whole`, async ({ page }) => {
    await page.goto('/downloads/All');
    const parts: { status: number; range: string }[] = [];
    page.on('response', (response) => {
      if (response.url().includes(name))
        parts.push({ status: response.status(), range: response.request().headers().range ?? '' });
    });
    const player = page.locator(kind);
    await player.scrollIntoViewIfNeeded();
    const reached = await player.evaluate(async (element: HTMLMediaElement, place) => {
      element.preload = 'auto';
      element.load();
      await new Promise((resolve) => element.addEventListener('loadedmetadata', resolve, { once: true }));
      element.currentTime = place;
      await new Promise((resolve) => element.addEventListener('seeked', resolve, { once: true }));
      return [element.currentTime, element.duration, element.readyState >= 2];
    }, place);
    expect(reached).toEqual([place, end, true]);
    expect(new Set(parts.map(({ status }) => status))).toEqual(new Set([206]));
    expect(parts.some(({ range }) => Number(/^bytes=(\d+)/.exec(range)?.[1]) > 1_000_000)).toBe(true);
  });

test('a PDF is shown in the page it is embedded in, by the browser’s own viewer', async ({ page }) => {
  const shown = page.waitForResponse((response) => response.url().includes('/sheet.pdf?inline'));
  await page.goto('/downloads/All');
  await page.locator('iframe').scrollIntoViewIfNeeded();
  const response = await shown;
  expect([response.status(), response.headers()['content-disposition']]).toEqual([200, 'inline; filename=sheet.pdf']);
  expect(response.headers()['content-security-policy'], 'some viewers stay empty in a sandbox').not.toContain(
    'sandbox',
  );
});

test('a picture comes in a smaller size and a modern format, once it is made', async ({ site, page }) => {
  await page.goto('/downloads/All');
  const picture = page.getByRole('img', { name: 'wide' });
  await expect(picture).toHaveAttribute('width', '1000');
  await expect(picture).toHaveAttribute('loading', 'lazy');
  const smaller = `${href('wide.png')}?w=480&as=webp`;
  await expect
    .poll(async () => (await site.ask(smaller)).headers['content-type'], { timeout: 30_000 })
    .toBe('image/webp');
  await page.reload();
  await picture.scrollIntoViewIfNeeded();
  await expect
    .poll(() => picture.evaluate((element: HTMLImageElement) => element.currentSrc))
    .toMatch(/as=(?:avif|webp)$/);
  await expect(picture).toHaveJSProperty('complete', true);
});

test('so many downloads at once are too many for one visitor, and room is made when they end', async ({ site }) => {
  const path = href('long.bin');
  const begin = () => {
    const socket = connect(site.port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`));
    socket.on('error', () => {});
    socket.once('data', () => socket.pause());
    return socket;
  };
  const slow = Array.from({ length: 64 }, begin);
  const more = async () => {
    slow.push(begin()); // a browser that is just gone may have held one
    return (await site.ask(path, { headers: { range: 'bytes=0-999999' } })).status;
  };
  await expect.poll(more).toBe(429);
  const refused = await site.ask(path, { headers: { range: 'bytes=0-999999' } });
  expect(refused.headers['retry-after']).toMatch(/^\d+$/);
  expect(await refusals(site), 'the ledger says why').toEqual([{ name: 'long.bin', reason: 'busy' }]);
  expect((await site.ask(href('thousand.bin'))).status, 'small ones are always served').toBe(200);
  expect((await site.ask('/downloads/All')).status).toBe(200);
  const busy = () =>
    withDatabase(site, async (sql) => [
      ...(await sql`
        select state, query from pg_stat_activity where application_name like 'trastienda%' and state <> 'idle'`),
    ]);
  await expect.poll(busy, { message: 'a download under way asks nothing of the database' }).toEqual([]);
  for (const socket of slow) socket.destroy();
  await pause(1_000);
  expect((await site.ask(path, { headers: { range: 'bytes=0-999999' } })).status).toBe(206);
});

/** Everything a connection answers to what is written to it, until it is closed. */
function exchange(site: Site, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect(site.port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')));
  });
}

const idOf = (site: Site, name: string): Promise<string> =>
  withDatabase(site, async (sql) => {
    const [row] = await sql<{ id: string }[]>`select id from file where name = ${name}`;
    return row?.id ?? '';
  });

async function replace(name: string, content: string | Buffer): Promise<void> {
  await vault.write(name, content);
  await vault.publish();
}
