import type { Page } from '@playwright/test';
import { type Crawled, crawl, idsOf, isPage, linksIn } from './support/crawl';
import { expect, test } from './support/test';

/** The course's own example of an address where nothing is. */
const MEANT_TO_BE_MISSING = /\/no-such-page$|\/no-existe/;

test.describe.configure({ timeout: 180_000 });

let crawled: Map<string, Crawled>;
let pages: Crawled[];

test.beforeAll(async ({ site, workshop, shelf }) => {
  crawled = await crawl(site, ['/', '/sitemap.xml', `/${workshop.slug}/-/feed.xml`, `/${shelf.slug}/-/feed.xml`]);
  pages = [...crawled.values()].filter(isPage);
});

test('every page can be reached from the home', () => {
  for (const path of [
    '/en',
    '/es',
    '/workshop',
    '/shelf',
    '/workshop/Everything',
    '/en/-/graph',
    '/workshop/-/tags/bench',
  ])
    expect(crawled.get(path)?.answer.status, path).toBe(200);
  expect(pages.length).toBeGreaterThan(60);
});

test('every link within the site leads somewhere', () => {
  const broken = [...crawled.values()]
    .filter(({ path, answer }) => answer.status !== 200 && !MEANT_TO_BE_MISSING.test(path))
    .map(({ path, answer, from }) => `${answer.status} ${path} on ${from}`);
  expect(broken).toEqual([]);
});

test('every link to a part of a page finds that part', ({ site }) => {
  const lost = new Set<string>();
  const ids = new Map(pages.map((page) => [page.path, new Set(idsOf(page.answer))]));
  for (const { path, answer } of pages) {
    for (const href of linksIn(site, path, answer)) {
      const url = new URL(href, site.url);
      const target = ids.get(url.pathname);
      const id = decodeURIComponent(url.hash.slice(1));
      if (id && target && !target.has(id)) lost.add(`${path} → ${href}`);
    }
  }
  expect([...lost]).toEqual([]);
});

test('no page repeats an id', () => {
  const twice = pages.flatMap(({ path, answer }) => {
    const all = idsOf(answer);
    return all.filter((id, i) => all.indexOf(id) !== i).map((id) => `${path} #${id}`);
  });
  expect(twice).toEqual([]);
});

test('every page says what it is, once, in its language, and where its only address is', ({ site }) => {
  for (const { path, answer } of pages) {
    const { text } = answer;
    expect.soft(text.match(/<h1[\s>]/g), path).toHaveLength(1);
    expect.soft(text.split('<body')[0]?.match(/<title>[^<]{3,}<\/title>/g), path).toHaveLength(1);
    const canonical = /<link rel="canonical" href="([^"]+)"/.exec(text)?.[1];
    const listed = !/<meta name="robots" content="noindex/.test(text);
    if (listed) expect.soft(canonical && new URL(canonical).origin, path).toBe(site.url);
    if (path.startsWith('/es')) expect.soft(text, path).toContain('<html lang="es"');
    if (path.startsWith('/en') || path.startsWith('/workshop')) expect.soft(text, path).toContain('<html lang="en"');
  }
});

test('opened in a browser, no page shows raw syntax, complains, breaks its policy or asks another site', async ({
  page,
}) => {
  const raw: string[] = [];
  for (const { path } of pages) {
    await page.goto(path);
    for (const found of await rawSyntax(page)) raw.push(`${path}: ${found}`);
  }
  expect(raw).toEqual([]);
});

/** What is left of Markdown or Obsidian in the words a reader sees, where no code is shown. */
function rawSyntax(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const copy = document.body.cloneNode(true) as HTMLElement;
    for (const code of copy.querySelectorAll('code, pre, script, style, math, svg')) code.remove();
    const marks = /!?\[\[|\]\]|%%|==\S[^=]*==|> ?\[!|\^[a-z-]+$|\*\*\S|^#{1,6} |```|\$\$/gm;
    return [...copy.textContent.matchAll(marks)].map(({ index }) => copy.textContent.slice(index - 20, index + 40));
  });
}
