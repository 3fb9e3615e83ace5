import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './support/folders';
import { expect, test } from './support/test';

const BUDGET_BYTES = 15 * 1024;

/**
 * Counted is every script that a note's page loads, also those it asks for later, except the ones Next names as its own
 * in every page of any application (`rootMainFiles`, `polyfillFiles`). That is more than ours: the chunk of Next's own
 * client components, which a bare page loads too, is counted as well.
 */
test(`a note asks for less than ${BUDGET_BYTES / 1024} KB of JavaScript beyond Next’s own`, async ({
  page,
  workshop,
}) => {
  const manifest: unknown = JSON.parse(await readFile(path.join(ROOT, '.next', 'build-manifest.json'), 'utf8'));
  const nexts = new Set([...namesIn(manifest, 'rootMainFiles'), ...namesIn(manifest, 'polyfillFiles')]);
  expect(nexts.size).toBeGreaterThan(2);
  const sizes = new Map<string, number>();
  page.on('response', async (response) => {
    const name = new URL(response.url()).pathname.replace('/_next/', '');
    if (response.request().resourceType() !== 'script' || nexts.has(name)) return;
    sizes.set(name, gzipSync(await response.body(), { level: 6 }).length);
  });
  await page.goto(`/${workshop.slug}/Everything`, { waitUntil: 'networkidle' });
  await page.getByRole('main').getByRole('link', { name: 'way back' }).hover();
  await expect(page.getByRole('tooltip')).toBeVisible();
  const inline = await page
    .locator('script:not([src])')
    .evaluateAll((scripts) =>
      scripts.map((script) => script.textContent).filter((code) => !/__next_f|TURBOPACK/.test(code)),
    );
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0) + gzipSync(inline.join('\n')).length;
  expect(sizes.size, 'the reader’s own script is among them').toBeGreaterThan(0);
  expect(total, JSON.stringify([...sizes])).toBeLessThan(BUDGET_BYTES);
});

function namesIn(manifest: unknown, key: string): string[] {
  const names: unknown = manifest && typeof manifest === 'object' ? Reflect.get(manifest, key) : null;
  return Array.isArray(names) ? names.map(String) : [];
}
