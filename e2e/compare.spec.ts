import { execFile } from 'node:child_process';
import { request as httpRequest } from 'node:http';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { MARGIN, summarise } from '@/lib/compare/measured';
import { withDatabase } from './support/database';
import { askWith, makePerson, signIn } from './support/people';
import type { Site } from './support/site';
import { expect, test } from './support/test';

const NOTE = '/workshop/Bread';
const CHANGING = '/en/Appendix/A-note-that-changes';
const at = (mode: string, note = NOTE) => `/compare/${mode}${note}`;
const MODES = ['static', 'revalidated', 'partial', 'streamed', 'dynamic'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Stamp = { at: string; queries: number };
function stampOf(html: string, part: string): Stamp | null {
  const tag = new RegExp(`<p class="stamp-facts" data-stamp="${part}"[^>]*>`).exec(html)?.[0];
  if (!tag) return null;
  const value = (name: string) => new RegExp(`data-${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return { at: value('at'), queries: Number(value('queries')) };
}

test('static: kept, with a tag, the same stamp for everyone until the note changes', async ({ site, workshop }) => {
  await site.ask(at('static'));
  const one = await site.ask(at('static'));
  expect(one.status).toBe(200);
  expect(one.headers['x-nextjs-cache']).toBe('HIT');
  expect(one.headers['x-nextjs-prerender']).toBe('1');
  expect(one.headers['x-nextjs-postponed']).toBeUndefined();
  const member = askWith(site, await signIn(site, await makePerson(site)));
  const other = await member(at('static'));
  expect(other.bytes.equals(one.bytes)).toBe(true);
  const again = await site.ask(at('static'), { headers: { 'if-none-match': String(one.headers.etag) } });
  expect(again.status).toBe(304);
  await workshop.edit('Bread.md', 'Ten minutes.', 'Eleven minutes.');
  await workshop.publish();
  const fresh = await site.ask(at('static'));
  expect(fresh.text).toContain('Eleven minutes.');
  expect(stampOf(fresh.text, 'page')?.at).not.toBe(stampOf(one.text, 'page')?.at);
  await workshop.edit('Bread.md', 'Eleven minutes.', 'Ten minutes.');
  await workshop.publish();
});

test('revalidated: an edited text waits for its time, what is no longer public does not', async ({
  site,
  workshop,
}) => {
  test.slow();
  await workshop.write('Fresh.md', 'First words.\n');
  await workshop.publish();
  const path = at('revalidated', '/workshop/Fresh');
  const made = await site.ask(path);
  expect(made.headers['x-nextjs-prerender']).toBe('1');
  const first = stampOf(made.text, 'page')?.at;
  const kept = await site.ask(path);
  expect(kept.headers['x-nextjs-cache']).toBe('HIT');
  expect(stampOf(kept.text, 'page')?.at).toBe(first);
  await workshop.edit('Fresh.md', 'First words.', 'Second words.');
  await workshop.publish();
  expect((await site.ask(path)).text).toContain('First words.');
  const states: unknown[] = [];
  await expect
    .poll(
      async () => {
        const answer = await site.ask(path);
        states.push(answer.headers['x-nextjs-cache']);
        return answer.text.includes('Second words.');
      },
      { timeout: 40_000, intervals: [1_000] },
    )
    .toBe(true);
  expect(states).toContain('STALE');
  await workshop.write('Fresh.md', '---\naccess: members\n---\nSecond words.\n');
  await workshop.publish();
  expect((await site.ask(path)).status).toBe(404);
  await workshop.remove('Fresh.md');
  await workshop.publish();
});

test('partial: the text is kept, the hole is filled at each visit and knows who asks', async ({ site }) => {
  await site.ask(at('partial'));
  await expect.poll(async () => (await site.ask(at('partial'))).headers['x-nextjs-postponed']).toBe('1');
  const one = await site.ask(at('partial'));
  const two = await site.ask(at('partial'));
  expect(one.headers['cache-control']).toContain('no-store');
  expect(one.headers.etag).toBeUndefined();
  await expect
    .poll(async () => {
      const [a, b] = [await site.ask(at('partial')), await site.ask(at('partial'))];
      return stampOf(a.text, 'page')?.at === stampOf(b.text, 'page')?.at;
    })
    .toBe(true);
  expect(stampOf(one.text, 'visit')?.at).not.toBe(stampOf(two.text, 'visit')?.at);
  const quince = await makePerson(site, { name: 'Quince Baker' });
  const member = askWith(site, await signIn(site, quince));
  expect((await member(at('partial'))).text).toContain('Quince Baker');
  expect(stampOf((await member(at('partial'))).text, 'visit')?.queries).toBeGreaterThan(0);
  expect((await site.ask(at('partial'))).text).not.toContain('Quince Baker');
});

test('streamed: the frame comes before the text, in the same answer', async ({ site }) => {
  await site.ask(at('streamed'));
  const chunks = await arrivals(site.port, at('streamed'));
  const whole = chunks.map(({ text }) => text).join('');
  const textAt = chunks.findIndex((_, i) =>
    chunks
      .slice(0, i + 1)
      .map(({ text }) => text)
      .join('')
      .includes('class="prose"'),
  );
  expect(textAt).toBeGreaterThan(0);
  expect(chunks[0]?.text).toContain('site-header');
  expect(chunks[0]?.text).not.toContain('class="prose"');
  expect(chunks[textAt]?.at ?? 0).toBeGreaterThan(chunks[0]?.at ?? 0);
  expect(stampOf(whole, 'visit')?.queries).toBeGreaterThan(5);
});

test('dynamic: made anew each time, kept by nobody, for whoever asks', async ({ site }) => {
  const one = await site.ask(at('dynamic'));
  const two = await site.ask(at('dynamic'));
  for (const { headers } of [one, two]) {
    expect(headers['cache-control']).toMatch(/private.*no-store/);
    expect(headers.etag).toBeUndefined();
    expect(headers['x-nextjs-cache']).toBeUndefined();
    expect(headers['x-nextjs-postponed']).toBeUndefined();
  }
  expect(stampOf(one.text, 'page')?.at).not.toBe(stampOf(two.text, 'page')?.at);
  expect(stampOf(one.text, 'page')?.queries).toBeGreaterThan(5);
});

test('a note for members is there in the dynamic mode only, and for members only', async ({ site, workshop }) => {
  await workshop.write('For us.md', '---\naccess: members\n---\nQuokka words.\n');
  await workshop.publish();
  const note = '/workshop/For-us';
  const member = askWith(site, await signIn(site, await makePerson(site)));
  for (const mode of MODES) {
    expect((await site.ask(at(mode, note))).status, mode).toBe(404);
    const answer = await member(at(mode, note));
    expect(answer.status, mode).toBe(mode === 'dynamic' ? 200 : 404);
    expect(answer.text.includes('Quokka'), mode).toBe(mode === 'dynamic');
  }
  expect((await site.ask(`/compare${note}`)).status).toBe(404);
  expect((await member(`/compare${note}`)).text).toContain('not for everyone');
  await workshop.remove('For us.md');
  await workshop.publish();
});

test('the browser measures every mode, and its numbers can be taken away', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/compare${NOTE}`);
  await page.getByLabel('Times for each mode').first().selectOption('3');
  await page.getByRole('button', { name: 'Measure from my browser' }).click();
  await expect(page.getByRole('heading', { name: 'What was measured' })).toBeVisible({ timeout: 40_000 });
  await expect(page.locator('.numbers tbody tr')).toHaveCount(5);
  for (const row of await page.locator('.numbers tbody tr').all()) {
    const cells = await row.locator('td').allTextContents();
    expect(cells[0]).toBe('3');
    for (const i of [1, 4, 7]) expect(Number(cells[i])).toBeGreaterThan(0);
    expect(Number(cells[7])).toBeGreaterThanOrEqual(Number(cells[1]));
  }
  const queries = await page.locator('.numbers tbody tr td:last-child').allTextContents();
  expect(queries.map((text) => Number(text) > 0)).toEqual([false, false, false, true, true]);
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  expect(csv.trim().split('\r\n')).toHaveLength(6);
});

test('a note is changed for real, and seen at once but where a page waits for its time', async ({ page, site }) => {
  test.slow();
  for (const mode of MODES) await site.ask(at(mode, CHANGING));
  await page.goto(`/compare${NOTE}`);
  const panel = page.locator('#change');
  const before = /It now says “(\w+)”/.exec((await panel.textContent()) ?? '')?.[1];
  await page.getByRole('button', { name: 'Change the word' }).click();
  const shown = (mode: string) => panel.locator('li', { has: page.locator(`[data-mode="${mode}"]`) });
  for (const mode of ['static', 'partial', 'streamed', 'dynamic']) await expect(shown(mode)).toContainText('at once');
  await expect(shown('revalidated')).toContainText(/after \d+ s/, { timeout: 45_000 });
  const after = /The note now says “(\w+)”/.exec((await panel.textContent()) ?? '')?.[1];
  expect(after).not.toBe(before);
  await page.goto(CHANGING);
  await expect(page.locator('.prose mark').first()).toHaveText(String(after));
});

test('ten visitors come at once, and each mode takes them', async ({ page }) => {
  await page.goto(`/compare${NOTE}`);
  await page.getByRole('button', { name: 'Let ten come' }).click();
  const crowd = page.locator('.crowd');
  await expect(crowd.locator('.numbers tbody tr')).toHaveCount(5, { timeout: 30_000 });
  await expect(crowd.locator('svg .chart-run')).toHaveCount(50);
});

test('numbers agree with an outside client’s, within the margin that the page states', async ({ page, site }) => {
  test.slow();
  const apart = await measureBoth(page, site);
  test.info().annotations.push({ type: 'shown and curled', description: JSON.stringify([...apart]) });
  expect(apart.size).toBe(10);
  expect([...apart].filter(([, [one, other]]) => isBeyond(one, other))).toEqual([]);
});

const TURNS = 5;
const isBeyond = (one: number, other: number) =>
  Math.abs(one - other) > Math.max(MARGIN.milliseconds, MARGIN.share * Math.max(one, other));

/** The medians of what the page shows and of what curl measures, taken in turns. */
async function measureBoth(page: Page, site: Site): Promise<Map<string, [number, number]>> {
  const [shown, curled] = [new Map<string, number[]>(), new Map<string, number[]>()];
  for (let turn = 0; turn < TURNS; turn++) {
    await withDatabase(site, (sql) => sql`delete from throttle where key like 'compare:%'`);
    await page.goto(`/compare${NOTE}`);
    await page.getByLabel('Times for each mode').last().selectOption('10');
    await page.getByRole('button', { name: 'Measure from the server' }).click();
    await expect(page.locator('.numbers tbody tr')).toHaveCount(5, { timeout: 30_000 });
    await expect(page.locator('.results').first()).toContainText(`${MARGIN.milliseconds} ms`);
    await expect(page.locator('.results').first()).toContainText(`${Math.round(MARGIN.share * 100)} %`);
    for (const [i, mode] of MODES.entries()) {
      const row = page.locator('.numbers tbody tr').nth(i).locator('td');
      for (const [metric, cell] of [
        ['first byte', 1],
        ['complete', 7],
      ] as const)
        gather(shown, `${mode}, ${metric}`, [Number(await row.nth(cell).textContent())]);
      const { first, complete } = await curl(site.url + at(mode), 10);
      gather(curled, `${mode}, first byte`, first);
      gather(curled, `${mode}, complete`, complete);
    }
  }
  return new Map([...shown].map(([what, values]) => [what, [middle(values), middle(curled.get(what) ?? [])]]));
}

const middle = (values: number[]) => summarise(values)?.median ?? Number.NaN;

function gather(all: Map<string, number[]>, what: string, values: number[]): void {
  all.set(what, [...(all.get(what) ?? []), ...values]);
}

/** What curl itself measures of an address asked for again and again, on one connection that is open already. */
async function curl(url: string, times: number): Promise<{ first: number[]; complete: number[] }> {
  const each = Array.from({ length: times + 1 }, () => ['-o', '/dev/null', url]).flat();
  const format = '%{time_pretransfer} %{time_starttransfer} %{time_total}\n';
  const { stdout } = await promisify(execFile)('curl', ['-s', '--compressed', '-w', format, ...each]);
  const lines = stdout
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(' ').map((seconds) => Number(seconds) * 1000));
  const since = (i: number) => lines.map((line) => (line[i] ?? Number.NaN) - (line[0] ?? Number.NaN));
  return { first: since(1), complete: since(2) };
}

test('every mode opens in a browser without a complaint', async ({ page }) => {
  for (const mode of MODES) {
    await page.goto(at(mode));
    await expect(page.locator('.stamp time').first()).toBeVisible();
    await expect(page.getByRole('heading', { level: 1, name: 'Bread' })).toBeVisible();
    await expect(page.locator('.prose')).toContainText('Ten minutes');
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('every mode shows its text, and the server measures', async ({ page }) => {
    for (const mode of MODES) {
      await page.goto(at(mode));
      await expect(page.locator('.prose').first()).toContainText('Ten minutes');
    }
    await page.goto(`/compare${NOTE}`);
    await expect(page.getByRole('button', { name: 'Measure from my browser' })).toBeHidden();
    await page.getByLabel('Times for each mode').last().selectOption('3');
    await page.getByRole('button', { name: 'Measure from the server' }).click();
    await expect(page.locator('.numbers tbody tr')).toHaveCount(5);
    await expect(page.locator('svg.chart')).toHaveCount(4);
    await page.getByRole('button', { name: 'Change the word' }).click();
    await expect(page.locator('#change li')).toHaveCount(5);
    await expect(page.locator('#change li').last()).toContainText('at once');
    await page.getByRole('button', { name: 'Look again' }).click();
    await expect(page.locator('#change li')).toHaveCount(5);
  });
});

for (const [locale, words] of [
  ['es-ES', 'Cinco maneras de hacer una página'],
  ['en-GB', 'Five ways to make a page'],
] as const) {
  test.describe(`in ${locale}, on a telephone`, () => {
    test.use({ locale, viewport: { width: 390, height: 844 } });

    test('axe finds nothing, and nothing is wider than the screen', async ({ page }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto('/compare');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words);
      const found: string[] = [];
      const look = async () => {
        const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
        found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${page.url()} ${id}: ${html}`)));
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      };
      await look();
      await page.goto(`/compare${NOTE}`);
      await page.locator('#runs-browser').selectOption('3');
      await page.locator('.measure button[type=submit]').first().click();
      await page.locator('#results-browser').waitFor({ timeout: 40_000 });
      await page.locator('#change button').first().click();
      await page.locator('#change li').first().waitFor();
      await page.locator('.crowd button').click();
      await page.locator('.crowd tbody tr').first().waitFor({ timeout: 30_000 });
      await look();
      for (const mode of MODES) {
        await page.goto(at(mode));
        await page.locator('.stamp time').first().waitFor();
        await look();
      }
      expect(found).toEqual([]);
    });
  });
}

/** The pieces of an answer as they come. */
function arrivals(port: number, path: string): Promise<{ at: number; text: string }[]> {
  return new Promise((resolve, reject) => {
    const chunks: { at: number; text: string }[] = [];
    const request = httpRequest({ host: '127.0.0.1', port, path }, (response) => {
      response.setEncoding('utf8');
      response.on('data', (text: string) => chunks.push({ at: performance.now(), text }));
      response.on('end', () => resolve(chunks));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end();
  });
}
