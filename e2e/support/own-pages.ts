import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { type Member, signIn } from './people';
import type { Site } from './site';
import { expect } from './test';

/** What Chromium says by itself of forms that were refused and pages that are not there. */
export const REFUSED = /the server responded with a status of (?:403|404|409|422)/;

/** In English with JavaScript, in Spanish without. */
export const WAYS = [
  { language: 'en', javaScriptEnabled: true },
  { language: 'es', javaScriptEnabled: false },
] as const;
export const localeOf = { en: 'en-GB', es: 'es-ES' };

/** Lets a browser in as somebody, and returns the cookie it holds. */
export async function enter(context: BrowserContext, site: Site, person: Member): Promise<string> {
  const cookie = await signIn(site, person);
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url: site.url }]);
  return cookie;
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Looks at a page light and dark, on a telephone and on a desk: axe finds nothing, and nothing is wider than the window. Both
 * are asked by scripts: where there are none, nothing is looked at.
 */
export async function expectSound(page: Page): Promise<void> {
  if ((await page.locator('html[data-js]').count()) === 0) return;
  const found: string[] = [];
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page).toHaveTitle(/\S/); // after one page took the place of another, its title comes last
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      for (const { id, nodes } of violations)
        found.push(
          ...nodes.map(({ html }) => `${page.url()} ${width} px, ${colorScheme}: ${id}: ${html.slice(0, 160)}`),
        );
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) found.push(`${page.url()} is ${over} px wider than ${width}`);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(found).toEqual([]);
}
