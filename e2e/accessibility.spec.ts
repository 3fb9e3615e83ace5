import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { MISSING, PAGES } from './support/pages';
import { expect, test } from './support/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const TARGET_PX = 44;

test.use({ expected: [MISSING] });

for (const [name, address] of PAGES) {
  test(`axe finds nothing on ${name}, light and dark, on a telephone and on a desk`, async ({ page }) => {
    await page.goto(address);
    const found: string[] = [];
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        found.push(...(await violations(page)).map((each) => `${width} px, ${colorScheme}: ${each}`));
      }
    }
    expect(found).toEqual([]);
  });
}

async function violations(page: Page): Promise<string[]> {
  const results = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
  );
}

test('on a telephone the opened panels have no fault either', async ({ page, workshop }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`/${workshop.slug}/Bread`);
  await page.getByRole('button', { name: 'Notes' }).click();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'On this page' }).click();
  expect(await violations(page)).toEqual([]);
});

test.describe('under a thumb', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test(`every control is ${TARGET_PX} px large`, async ({ page }) => {
    const small = new Set<string>();
    for (const [, address] of PAGES) {
      await page.goto(address);
      for (const each of await smallTargets(page)) small.add(each);
    }
    expect([...small]).toEqual([]);
  });
});

/** Links within sentences may be as small as their words (WCAG 2.5.8); all the rest is for a thumb. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const controls = document.querySelectorAll<HTMLElement>('a[href], button, summary, select, textarea, input');
    return [...controls].flatMap((control) => {
      const written = control.closest('.prose, .properties, .crumbs') && !control.matches('summary, button');
      const drawn = control.closest('svg') || control.matches('input[disabled], .skip');
      if (written || drawn || !control.checkVisibility()) return [];
      const { width, height } = control.getBoundingClientRect();
      if (height >= least - 0.5 && width >= least - 0.5) return [];
      return [
        `${control.tagName} .${control.className} “${control.textContent.trim().slice(0, 30)}” ${Math.round(width)}×${Math.round(height)}`,
      ];
    });
  }, TARGET_PX);
}

test('nothing jumps while a note with pictures loads and is read to its end', async ({ page, workshop }) => {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    const who: string[] = [];
    Object.assign(window, { shifts, who });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (!('value' in entry && 'sources' in entry && Array.isArray(entry.sources))) continue;
        shifts.push(Number(entry.value));
        for (const { node } of entry.sources) who.push(`${entry.value} ${node?.nodeName} ${node?.className}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 700 });
    for (const address of [`/${workshop.slug}/Bread`, `/${workshop.slug}/Tools/Oven`, '/en']) {
      await page.goto(address, { waitUntil: 'networkidle' });
      for (const picture of await page.getByRole('article').getByRole('img').all()) {
        await picture.scrollIntoViewIfNeeded();
        await expect(picture).toHaveJSProperty('complete', true);
      }
      await page.getByRole('contentinfo').or(page.locator('.made')).last().scrollIntoViewIfNeeded();
      const [total, who] = await page.evaluate(() => {
        const { shifts, who } = window as unknown as { shifts: number[]; who: string[] };
        return [shifts.reduce((a, b) => a + b, 0), who.join('\n')] as const;
      });
      expect(total, `${address} on ${width} px\n${who}`).toBeLessThan(0.02);
    }
  }
});
