import { devices } from '@playwright/test';
import { expect, test } from './support/test';

const { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch } = devices['Pixel 7'];
test.use({ viewport: { ...viewport, width: 390 }, userAgent, deviceScaleFactor, isMobile, hasTouch });

test('on a telephone the text comes first, the tree and the outline one tap away', async ({ page, workshop }) => {
  await page.goto(`/${workshop.slug}/Bread`);
  const tree = page.getByRole('navigation', { name: 'Notes of this vault' });
  const outline = page.getByRole('navigation', { name: 'On this page' });
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
  await expect(tree).toBeHidden();
  await expect(outline).toBeHidden();
  await page.getByRole('button', { name: 'Notes' }).tap();
  await expect(tree).toBeVisible();
  await tree.getByRole('button', { name: 'Close' }).tap();
  await expect(tree).toBeHidden();
  await page.getByRole('button', { name: 'On this page' }).tap();
  await outline.getByRole('link', { name: 'Baking' }).tap();
  await expect(outline).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Baking' })).toBeInViewport();
});

test('on a telephone the backlinks and the neighbours follow the text', async ({ page, workshop }) => {
  await page.goto(`/${workshop.slug}/Bread`);
  const text = await page.getByRole('article').boundingBox();
  for (const part of [
    page.getByRole('region', { name: 'Linked from' }),
    page.getByRole('navigation', { name: 'Previous and next note' }),
  ]) {
    const box = await part.boundingBox();
    expect(box?.y).toBeGreaterThan((text?.y ?? 0) + (text?.height ?? 0) - 1);
  }
});

test('a panel closes with Esc and gives the focus back', async ({ page, workshop }) => {
  await page.goto(`/${workshop.slug}/Bread`);
  const button = page.getByRole('button', { name: 'Notes' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Notes of this vault' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('navigation', { name: 'Notes of this vault' })).toBeHidden();
  await expect(button).toBeFocused();
});

test('touching a link follows it, without a preview', async ({ page, workshop }) => {
  await page.goto(`/${workshop.slug}`);
  await page.getByRole('main').getByRole('link', { name: 'Bread', exact: true }).tap();
  await expect(page).toHaveURL('/workshop/Bread');
  await expect(page.getByRole('tooltip')).toHaveCount(0);
});
