import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Answer } from './support/http';
import { decode } from './support/http';
import { expect, test } from './support/test';

const NOTE = '/workshop/Bread';
const KINDS = ['/', '/workshop', NOTE, '/workshop/-/tags', '/workshop/-/tags/bench', '/workshop/-/folders/Tools'];
const MORE = ['/workshop/-/graph', '/workshop/-/feed.xml', '/workshop/-/preview/Bread', '/sitemap.xml', '/robots.txt'];

test.beforeAll(async ({ site }) => {
  for (const path of [...KINDS, ...MORE]) await site.ask(path);
});

test('a page is the same bytes plain, in brotli and in gzip, each with its length', async ({ site }) => {
  for (const path of [...KINDS, ...MORE]) {
    const plain = await site.ask(path, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.status, path).toBe(200);
    expect(plain.headers['content-encoding'], path).toBeUndefined();
    for (const encoding of ['br', 'gzip'] as const) {
      const ask = () => site.ask(path, { headers: { 'accept-encoding': encoding } });
      // Pages are compressed behind the first visitor's back
      if (plain.bytes.length > 600)
        await expect.poll(async () => (await ask()).headers['content-encoding'], `${path} ${encoding}`).toBe(encoding);
      const answer = await ask();
      const encoded = answer.headers['content-encoding'];
      expect(decode(answer.bytes, encoded).equals(plain.bytes), `${path} ${encoding}`).toBe(true);
      expect(answer.headers['content-length'], path).toBe(String(answer.bytes.length));
      expect(answer.headers.vary, path).toMatch(/accept-encoding/i);
    }
  }
  const both = await site.ask(NOTE, { headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } });
  expect(both.headers['content-encoding']).toBe('br');
});

test('whoever has a page is told so, in whatever encoding they have it', async ({ site }) => {
  for (const path of KINDS) {
    for (const encoding of ['br', 'gzip', 'identity']) {
      const headers = { 'accept-encoding': encoding };
      const { etag = '' } = (await site.ask(path, { headers })).headers;
      const again = await site.ask(path, { headers: { ...headers, 'if-none-match': `"other", W/${etag}` } });
      expect([again.status, again.bytes.length, again.headers.etag], path).toEqual([304, 0, etag]);
      const other = await site.ask(path, { headers: { ...headers, 'if-none-match': '"other"' } });
      expect(other.status, path).toBe(200);
    }
  }
});

test('HEAD says what GET would, without a body', async ({ site }) => {
  for (const path of [...KINDS, ...MORE]) {
    const [get, head] = [await site.ask(path), await site.ask(path, { method: 'HEAD' })];
    expect(head.bytes.length, path).toBe(0);
    expect(stable(head), path).toEqual(stable(get));
  }
  for (const path of ['/workshop/never', '/never']) {
    const head = await site.ask(path, { method: 'HEAD' });
    expect([head.status, head.bytes.length], path).toEqual([404, 0]);
  }
});

const stable = ({ status, headers: { date: _date, ...headers } }: Answer) => ({ status, headers });

test('curl, over HTTP/1.1, gets a page, its compressed form, a 304 and a redirect', async ({ site }) => {
  const curl = async (...args: string[]) => (await promisify(execFile)('curl', ['-sS', '--http1.1', ...args])).stdout;
  const found = await promisify(execFile)('curl', ['--version']).catch(() => null);
  test.skip(found === null, 'curl is not installed');
  const url = site.url + NOTE;
  expect(await curl(url)).toContain('How a loaf is made.');
  const head = await curl('-I', url);
  expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
  const etag = /^etag: (.*)\r$/im.exec(head)?.[1] ?? '';
  expect(
    await curl('-H', `If-None-Match: ${etag}`, '-o', '/dev/null', '-w', '%{http_code} %{size_download}', url),
  ).toBe('304 0');
  expect(await curl('--compressed', url)).toBe(await curl(url));
  expect(await curl('-o', '/dev/null', '-w', '%{http_code} %{redirect_url}', `${site.url}/workshop/bread.md`)).toBe(
    `308 ${url}`,
  );
});

test('a page may be kept, but is asked about each time; it never sets a cookie', async ({ site }) => {
  for (const path of [...KINDS, ...MORE, '/workshop/never']) {
    const { status, headers } = await site.ask(path, { headers: { cookie: 'theme=dark; lang=en' } });
    expect(headers['set-cookie'], path).toBeUndefined();
    expect(headers['cache-control'], path).toBe(
      status === 200 ? 'public, max-age=0, must-revalidate' : 'private, no-store',
    );
    expect(headers['x-content-type-options'], path).toBe('nosniff');
  }
});

test('the policy of a page names its inline scripts one by one, and the page comes alive under it', async ({
  site,
  page,
}) => {
  for (const path of [...KINDS, '/workshop/never', '/-/es']) {
    const policy = String((await site.ask(path)).headers['content-security-policy']);
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
    expect(scripts, path).toMatch(/^'self'( 'sha256-[A-Za-z0-9+/=]+')+$/);
    expect(policy, path).toMatch(/object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'/);
  }
  await page.goto(NOTE);
  await page.getByRole('button', { name: 'Colours: as the device' }).click();
  await expect(page.getByRole('button', { name: 'Colours: light' })).toBeVisible();
});

test.describe('if something got past the importer', () => {
  test.use({ expected: [/violates the following Content Security Policy directive/] });

  test('a script in a page would not run', async ({ page }) => {
    await page.route(`**${NOTE}`, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace('</body>', '<script>document.title = "taken over"</script></body>');
      await route.fulfill({ response, body });
    });
    const refused = page.waitForEvent('console', (message) => message.text().includes('Content Security Policy'));
    await page.goto(NOTE);
    await refused;
    await expect(page).toHaveTitle('Bread · The workshop');
  });
});

test('the home is stored once for each language', async ({ site }) => {
  const ask = (headers: Record<string, string>) => site.ask('/', { headers });
  const spanish = await ask({ 'accept-language': 'es-MX,es;q=0.9,en;q=0.8' });
  expect(spanish.text).toContain('<html lang="es"');
  expect(spanish.headers.vary).toMatch(/accept-language/i);
  expect((await ask({ 'accept-language': 'fr, en;q=0.5' })).text).toContain('<html lang="en"');
  expect((await ask({ 'accept-language': 'es', cookie: 'lang=en' })).text).toContain('<html lang="en"');
  expect((await ask({ cookie: 'a=b; lang=es' })).text).toContain('<html lang="es"');
  expect((await ask({ 'accept-language': '*, *;q=0, ;;;' })).status).toBe(200);
});
