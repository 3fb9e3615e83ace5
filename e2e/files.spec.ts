import { readFile } from 'node:fs/promises';
import type { Site } from './support/site';
import { expect, test } from './support/test';
import { workshop as files } from './support/workshop';

/** The address under which the oven's note refers to a file. */
async function hrefOf(site: Site, name: string): Promise<string> {
  const { text } = await site.ask('/workshop/Tools/Oven');
  return new RegExp(`"(/files/[^"#? ]+/${name})[?#"]`).exec(text)?.[1] ?? `no ${name}`;
}

test('pictures have their size before they load, and load', async ({ page, workshop }) => {
  await page.goto(`/${workshop.slug}/Bread`);
  const loaf = page.getByRole('img', { name: 'loaf' });
  await loaf.scrollIntoViewIfNeeded();
  await expect(loaf).toHaveAttribute('width', '320');
  await expect(loaf).toHaveAttribute('height', '200');
  await expect(loaf).toHaveJSProperty('complete', true);
  await expect(loaf).toHaveJSProperty('naturalWidth', 320); // a picture that is chosen for its place is as wide as that
  await page.goto(`/${workshop.slug}/Tools/Oven`);
  await expect(page.getByRole('img', { name: 'loaf' })).toHaveAttribute('height', '400');
  const drawing = page.getByRole('img', { name: 'drawing' });
  await drawing.scrollIntoViewIfNeeded();
  await expect(drawing).toHaveJSProperty('naturalWidth', 120);
});

test('sound and PDF are shown in the note, a table is downloaded', async ({ page, workshop }) => {
  await page.goto(`/${workshop.slug}/Tools/Oven`);
  const sound = page.locator('audio');
  await sound.scrollIntoViewIfNeeded();
  await sound.evaluate((element: HTMLAudioElement) => {
    element.preload = 'metadata';
    element.load();
  });
  await expect.poll(() => sound.evaluate((element: HTMLAudioElement) => element.duration)).toBeCloseTo(0.1, 1);
  await expect(page.locator('iframe')).toHaveAttribute('src', /\/files\/[^/]+\/plan\.pdf\?inline#page=1$/);
  await expect(page.locator('iframe')).toHaveAttribute('title', /plan/);
  await expect(page.getByRole('link', { name: 'plan.pdf' })).toBeVisible();
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'measures.csv' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('measures.csv');
  expect(await readFile(await saved.path(), 'utf8')).toBe(files['measures.csv']);
});

test('a file leaves with its type, its length, its name and nothing to guess', async ({ site }) => {
  for (const [name, type, shown] of [
    ['loaf.png', 'image/png', 'inline'],
    ['drawing.svg', 'image/svg+xml', 'attachment'],
    ['bell.wav', 'audio/', 'inline'],
    ['plan.pdf', 'application/pdf', 'inline'],
    ['measures.csv', 'application/octet-stream', 'attachment'],
  ] as const) {
    const href = await hrefOf(site, name);
    const { status, headers, bytes } = await site.ask(href);
    expect(status, name).toBe(200);
    expect(bytes.equals(Buffer.from(files[name] ?? '')), name).toBe(true);
    expect(headers['content-type'], name).toMatch(new RegExp(`^${type.replace('+', '\\+')}`));
    expect(headers['content-length'], name).toBe(String(bytes.length));
    expect(headers['content-disposition'], name).toBe(`attachment; filename=${name}`);
    const viewed = await site.ask(`${href}?inline`);
    expect(viewed.headers['content-disposition'], name).toBe(`${shown}; filename=${name}`);
    expect(viewed.headers['referrer-policy'], name).toBe('no-referrer');
    expect(headers['x-content-type-options'], name).toBe('nosniff');
    expect(headers['set-cookie'], name).toBeUndefined();
    const head = await site.ask(href, { method: 'HEAD' });
    expect([head.status, head.bytes.length, head.headers['content-length']], name).toEqual([
      200,
      0,
      String(bytes.length),
    ]);
    const again = await site.ask(href, { headers: { 'if-none-match': headers.etag ?? '' } });
    expect([again.status, again.bytes.length], name).toEqual([304, 0]);
  }
});

test.describe('opened by itself', () => {
  test.use({ expected: [/^\S+: (?:Blocked script execution in|Loading the image) /] });

  test('a drawing can run nothing and ask nobody', async ({ page, site, workshop }) => {
    const href = await hrefOf(site, 'drawing.svg');
    expect((await site.ask(href)).headers['content-security-policy']).toMatch(
      /sandbox(?!\s+allow-scripts).*default-src 'none'/,
    );
    const asked: string[] = [];
    page.on('requestfinished', (request) => asked.push(request.url()));
    await page.goto(`/${workshop.slug}/Tools/Oven`);
    await page.evaluate((address) => {
      const frame = document.createElement('iframe');
      frame.src = address;
      document.body.append(frame);
      const picture = new Image();
      picture.src = `${address}?inline`;
      document.body.append(picture);
      return picture.decode();
    }, href);
    expect(asked.filter((url) => url.includes('canary') || url.includes('elsewhere'))).toEqual([]);
  });
});

test('a file’s name in its address is for people: only the id decides, and it has to be one', async ({ site }) => {
  const href = await hrefOf(site, 'measures.csv');
  const [, , id = ''] = href.split('/');
  expect((await site.ask(`/files/${id}/other-name.csv`)).status).toBeLessThan(400);
  const nothing = await site.ask('/files/3f2c1a52-3b1e-4d4f-9a55-0d2c8f4e9b11/a');
  expect(nothing.status).toBe(404);
  for (const odd of [`${id}x`, id.slice(1), '1', 'null', '%00', `${id}'--`, id.replaceAll('-', '')]) {
    const { status, text } = await site.ask(`/files/${odd}/measures.csv`);
    expect(status, odd).toBeGreaterThanOrEqual(400);
    expect(status, odd).toBeLessThan(500);
    expect(text, odd).not.toContain('grams');
  }
});
