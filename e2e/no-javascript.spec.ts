import { expect, test } from './support/test';

test.use({ javaScriptEnabled: false });

test('without JavaScript a visitor chooses a language and reads from the window to a lesson', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'español' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notas con escaparate. Y con trastienda.');
  await page.getByRole('link', { name: 'Qué es un backend' }).click();
  await page.getByRole('main').getByRole('link', { name: 'Petición y respuesta' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Petición y respuesta');
  await page.getByRole('link', { name: /^Siguiente/ }).click();
  await expect(page).toHaveURL(/C%C3%B3digos-de-estado/);
  await page.getByRole('link', { name: 'Read in English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Status codes and wrong input');
});

test('without JavaScript a note shows its pictures, formulas, diagrams and folded callouts', async ({
  page,
  workshop,
}) => {
  await page.goto(`/${workshop.slug}/Everything`);
  await expect(page.getByText('Behind it')).toBeHidden();
  await page.getByText('Folded').click();
  await expect(page.getByText('Behind it')).toBeVisible();
  await expect(page.locator('math').first()).toBeVisible();
  await expect(page.locator('.diagram svg')).toBeVisible();
  await expect(page.getByRole('button', { name: /Colours/ })).toBeHidden();
  await page.goto(`/${workshop.slug}/Bread`);
  await expect(page.getByRole('img', { name: 'loaf' })).toBeVisible();
});

test('without JavaScript the tree, the tags, the graph and the feed are a link away', async ({ page, workshop }) => {
  await page.goto(`/${workshop.slug}/Bread`);
  const tree = page.getByRole('navigation', { name: 'Notes of this vault' });
  await tree.getByRole('link', { name: 'Tags' }).click();
  await page.getByRole('link', { name: /^#bench(?!\/)/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('#bench');
  await tree.getByRole('link', { name: 'Graph' }).click();
  await page.getByRole('main').getByRole('link', { name: 'Oven', exact: true }).first().click();
  await expect(page).toHaveURL('/workshop/Tools/Oven');
  const feed = await tree.getByRole('link', { name: 'Feed' }).getAttribute('href');
  expect((await page.request.get(feed ?? '')).headers()['content-type']).toContain('application/atom+xml');
});

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('without JavaScript the tree and the outline open with one tap', async ({ page, workshop }) => {
    await page.goto(`/${workshop.slug}/Bread`);
    await page.getByRole('button', { name: 'Notes' }).click();
    await page
      .getByRole('navigation', { name: 'Notes of this vault' })
      .getByRole('link', { name: 'Recipe card' })
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Recipe card');
    await page.goBack();
    await page.getByRole('button', { name: 'On this page' }).click();
    await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Resting' }).click();
    await expect(page).toHaveURL('/workshop/Bread#resting');
  });
});
