import { expect, test } from './support/test';

test.describe('a visitor from Argentina', () => {
  test.use({ locale: 'es-AR' });

  test('reads the home, and what is missing, in Spanish', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notas con escaparate. Y con trastienda.');
    await expect(page.locator('html')).toHaveAttribute('lang', 'es');
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notes with a shop window. And a back room.');
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });
});

test('a visitor reads the home in English, or in Spanish once they choose it', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('button', { name: 'español' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notas con escaparate. Y con trastienda.');
  await page.goto('/en');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
});

test('a visitor goes from the window into a vault and through its lessons', async ({ page }) => {
  await page.goto('/');
  const vaults = page.getByRole('region', { name: 'In the window' });
  await vaults.getByRole('link', { name: 'What a backend is' }).click();
  await expect(page).toHaveURL('/en');
  await page.getByRole('main').getByRole('link', { name: 'Request and response' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Request and response');
  const ways = page.getByRole('navigation', { name: 'Previous and next note' });
  await ways.getByRole('link', { name: /^Next/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Status codes and wrong input');
  await ways.getByRole('link', { name: /^Previous/ }).click();
  await expect(page).toHaveURL('/en/1-The-request/Request-and-response');
  await page.getByRole('link', { name: 'Trastienda: all the vaults' }).click();
  await expect(page).toHaveURL('/');
});

test('a link leads to a note, to a heading of it, and to a paragraph', async ({ page, workshop }) => {
  await page.goto(`/${workshop.slug}`);
  await page.getByRole('link', { name: 'the kneading' }).click();
  await expect(page).toHaveURL('/workshop/Bread#kneading');
  await expect(page.getByRole('heading', { name: 'Kneading' })).toBeInViewport();
  await page.getByRole('link', { name: 'the oven', exact: true }).click();
  await expect(page).toHaveURL('/workshop/Tools/Oven#heat');
  await page.goBack();
  await page.getByRole('link', { name: 'the flour', exact: true }).click();
  await expect(page).toHaveURL(/\/workshop\/Recipe-card#block-flour$/);
  await expect(page.getByText('first words').first()).toBeInViewport();
});

test('a note says which notes lead to it, and a page shows the text it embeds', async ({ page, workshop }) => {
  await page.goto(`/${workshop.slug}/Bread`);
  const back = page.getByRole('region', { name: 'Linked from' });
  for (const name of [/^The workshop/, /^Recipe card/, /^Oven/, /^Everything/, /^Ünïcode/])
    await expect(back.getByRole('link', { name })).toHaveCount(1);
  await expect(page.getByRole('complementary', { name: 'Recipe card' })).toContainText('first words');
  await back.getByRole('link', { name: /^Oven/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Oven');
});

test('tags and folders gather their notes', async ({ page, workshop }) => {
  await page.goto(`/${workshop.slug}/Bread`);
  await page.getByRole('list', { name: 'Tags' }).getByRole('link', { name: '#bench' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('#bench');
  const main = page.getByRole('main');
  for (const name of [/^The workshop/, /^Bread/, /^Oven/, /^Everything/])
    await expect(main.getByRole('link', { name })).toBeVisible();
  await main.getByRole('link', { name: 'All the tags' }).click();
  await main.getByRole('link', { name: /^#food\/bread/ }).click();
  await expect(main.getByRole('link', { name: /^Bread/ })).toBeVisible();
  await page
    .getByRole('navigation', { name: 'Notes of this vault' })
    .getByRole('link', { name: /^Tools/ })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tools');
  await main.getByRole('link', { name: /^Oven/ }).click();
  await expect(page).toHaveURL('/workshop/Tools/Oven');
});

test('the keyboard alone goes from a note over the graph to another', async ({ page, workshop }) => {
  await page.goto(`/${workshop.slug}/Bread`);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the text' })).toBeFocused();
  await tabTo('Graph');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Graph');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await tabTo('Everything a page can hold');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/workshop/Everything');

  async function tabTo(name: string) {
    const target = page.getByRole('link', { name, exact: true });
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab');
      if (await target.evaluateAll((links) => links.some((link) => link === document.activeElement))) return;
    }
    throw new Error(`The keyboard does not reach ${name}`);
  }
});

test('the outline leads to each part and marks the one being read', async ({ page, workshop }) => {
  await page.goto(`/${workshop.slug}/Bread`);
  const outline = page.getByRole('navigation', { name: 'On this page' });
  await expect(outline.getByRole('link')).toContainText(['Kneading', 'Baking', 'Resting']);
  await outline.getByRole('link', { name: 'Baking' }).click();
  await expect(page).toHaveURL('/workshop/Bread#baking');
  await expect(page.getByRole('heading', { name: 'Baking' })).toBeInViewport();
  await expect(outline.getByRole('link', { name: 'Baking' })).toHaveAttribute('aria-current', 'location');
});

test('a lesson and its translation lead to each other', async ({ page }) => {
  await page.goto('/en/3-Delivery/Static-sites');
  await page.getByRole('link', { name: 'Leer en español' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sitios estáticos');
  await page.getByRole('link', { name: 'Read in English' }).click();
  await expect(page).toHaveURL('/en/3-Delivery/Static-sites');
});

test('hovering over a link, or reaching it with the keyboard, shows where it leads; Esc closes it', async ({
  page,
  workshop,
}) => {
  await page.goto(`/${workshop.slug}`);
  const glimpse = page.getByRole('tooltip');
  await page.getByRole('main').getByRole('link', { name: 'Bread', exact: true }).hover();
  await expect(glimpse).toContainText('How a loaf is made.');
  await page.keyboard.press('Escape');
  await expect(glimpse).toBeHidden();
  await page.mouse.move(0, 0);
  await page.getByRole('main').getByRole('link', { name: 'bench' }).focus();
  await page.keyboard.press('Tab');
  const link = page.getByRole('main').getByRole('link', { name: 'Bread', exact: true });
  await expect(link).toBeFocused();
  await expect(glimpse).toContainText('How a loaf is made.');
  await expect(link).toHaveAttribute('aria-describedby', 'glimpse');
  await page.keyboard.press('Escape');
  await expect(glimpse).toBeHidden();
});

test('code can be copied', async ({ page, context, workshop }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/${workshop.slug}/Everything`);
  await page.getByRole('button', { name: 'Copy' }).first().click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^const aLine.*'nine'\];$/);
});

test('what a note brings along cannot run or ask another site', async ({ page, workshop }) => {
  await page.goto(`/${workshop.slug}/Everything`);
  await expect(page).toHaveTitle('Everything a page can hold · The workshop');
  await expect(page.getByText('Folded')).toBeVisible();
  await page.goto(`/${workshop.slug}/Tools/Oven`);
  await expect(page.getByRole('img', { name: 'drawing' })).toBeVisible();
  await expect(page).toHaveTitle('Oven · The workshop');
});
