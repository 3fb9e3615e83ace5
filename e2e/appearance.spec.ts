import type { Page } from '@playwright/test';
import { MISSING, PAGES } from './support/pages';
import { expect, test } from './support/test';

test.use({ expected: [MISSING] });

test('the chosen colours last, and are there before anything is drawn', async ({ page, workshop }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`/${workshop.slug}/Bread`);
  const paper = () => paperOf(page);
  const light = await paper();
  await page.getByRole('button', { name: 'Colours: as the device' }).click();
  await page.getByRole('button', { name: 'Colours: light' }).click();
  await expect(page.getByRole('button', { name: 'Colours: dark' })).toBeVisible();
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      observer.disconnect();
      document.documentElement.dataset.themeAtFirst = document.documentElement.dataset.theme ?? 'none';
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`/${workshop.slug}/Tools/Oven`);
  await expect(page.locator('html')).toHaveAttribute('data-theme-at-first', 'dark');
  expect(await paper()).toBe(dark);
  await expect(page.getByRole('button', { name: 'Colours: dark' })).toBeVisible();
  await page.goto('/');
  expect(await paper()).toBe(dark);
  await page.getByRole('button', { name: 'Colours: dark' }).click();
  expect(await paper()).toBe(light);
});

test('without a choice the colours are the device’s', async ({ page, workshop }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`/${workshop.slug}/Bread`);
  const dark = await paperOf(page);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await paperOf(page)).not.toBe(dark);
});

/** The colour behind everything. */
const paperOf = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

test('on paper there is the text alone', async ({ page, workshop }) => {
  await page.emulateMedia({ media: 'print' });
  await page.goto(`/${workshop.slug}/Bread`);
  await expect(page.getByRole('article')).toBeVisible();
  for (const name of ['Notes of this vault', 'On this page', 'Previous and next note'])
    await expect(page.getByRole('navigation', { name })).toBeHidden();
  for (const button of await page.getByRole('button').all()) await expect(button).toBeHidden();
  await expect(page.getByRole('link', { name: 'Trastienda: all the vaults' })).toBeHidden();
});

test('nothing moves for who asked for less motion', async ({ page, workshop, shelf }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const address of ['/', `/${workshop.slug}/Everything`, `/${shelf.slug}`, '/workshop/-/graph']) {
    await page.goto(address);
    const moving = await page.evaluate(() => {
      const long = (value: string) => value.split(',').some((part) => Number.parseFloat(part) > 0.02);
      return [...document.querySelectorAll('*')].flatMap((element) => {
        const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element);
        const moves = long(transitionDuration) || long(animationDuration) || scrollBehavior === 'smooth';
        return moves ? [`${element.tagName}.${element.getAttribute('class')}`] : [];
      });
    });
    expect(moving, address).toEqual([]);
  }
});

for (const [width, zoom, what] of [
  [320, 1, 'on 320 px'],
  [640, 1, 'at 200 % on a laptop'],
  [1280, 2, 'with letters twice as large'],
] as const) {
  test(`no page scrolls sideways ${what}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const wide: string[] = [];
    for (const [name, address] of PAGES) {
      await page.goto(address);
      const over = await page.evaluate((scale) => {
        if (scale > 1) document.documentElement.style.fontSize = `${scale * 100}%`;
        const root = document.documentElement;
        if (root.scrollWidth <= root.clientWidth) return null;
        const parts = [...document.querySelectorAll('main *, header *')];
        const out = parts.filter((part) => part.getBoundingClientRect().right > root.clientWidth + 1);
        return `${root.scrollWidth} px: ${out[0]?.outerHTML.slice(0, 120)}`;
      }, zoom);
      if (over) wide.push(`${name} (${address}) is ${over}`);
    }
    expect(wide).toEqual([]);
  });
}
