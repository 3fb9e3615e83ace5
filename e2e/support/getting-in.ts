import type { Page } from '@playwright/test';
import { accountWords } from '../../lib/language/account';
import { withDatabase } from './database';
import { expect, faults, giveAuthenticator, linkIn, makeLink, test } from './door';
import type { Site } from './site';

/** What Chromium says by itself of forms that were wrong and pages that are not there, and the other site that was asked. */
export const EXPECTED = [/the server responded with a status of (?:404|409|422)|^asked http:\/\/127\.0\.0\.1/];

const PASSWORD = 'nine geese over the harbour';
const OTHER = 'a lantern in the back room';

/** How people get in, told in one language. */
export function gettingIn(language: 'en' | 'es'): void {
  const words = accountWords(language);
  const { setup, signIn, signUp, forgotten, secondFactor, menu } = words;

  /** Fills in a form by its labels and sends it. */
  async function send(page: Page, fields: Record<string, string>, submit: string): Promise<void> {
    for (const [label, value] of Object.entries(fields))
      await page.getByRole('main').getByLabel(label, { exact: true }).fill(value);
    await page.getByRole('main').getByRole('button', { name: submit, exact: true }).click();
  }
  const enter = async (page: Page, email: string, password: string) => {
    await page.goto('/signin?to=/');
    await send(page, { [signIn.email]: email, [signIn.password]: password }, signIn.submit);
  };
  const expectIn = (page: Page, name: string) => expect(page.getByRole('banner').getByText(name)).toBeVisible();
  const expectOut = (page: Page) =>
    expect(page.getByRole('banner').getByRole('link', { name: menu.signIn })).toBeVisible();
  const told = (page: Page) =>
    page
      .getByRole('alert')
      .or(page.getByRole('status'))
      .and(page.locator(':not(#__next-route-announcer__)'))
      .filter({ hasText: /./ });
  const open = (site: Site, signup: string) =>
    withDatabase(
      site,
      (sql) =>
        sql`insert into setting (name, value) values ('signup', ${sql.json(signup)}) on conflict (name) do update set value = excluded.value`,
    );
  const person = (site: Site, email: string) =>
    withDatabase(
      site,
      (sql) => sql<{ id: string; role: string; sessions: number }[]>`
      select id, role, (select count(*)::int from session where person_id = person.id) as sessions from person where email = ${email}`,
    );

  test('the first owner comes in by the printed link, once', async ({ page, site }) => {
    const link = /\/setup\/[\w-]{43}/.exec(site.said())?.[0] ?? 'no link was printed';
    await page.goto(link);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(setup.owner.title);
    const fields = { [setup.name]: 'Ada Lovelace', [setup.email]: 'ada@example.org', [setup.password]: 'password1' };
    await send(page, fields, setup.owner.submit);
    await expect(page.getByText(setup.weak)).toBeVisible();
    await expect(page.getByLabel(setup.name)).toHaveValue('Ada Lovelace');
    await expect(page.getByLabel(setup.email)).toHaveValue('ada@example.org');
    await expect(page.getByLabel(setup.password)).toHaveValue('');
    await send(page, { [setup.password]: PASSWORD }, setup.owner.submit);
    await expectIn(page, 'Ada Lovelace');
    expect(await person(site, 'ada@example.org')).toMatchObject([{ role: 'owner', sessions: 1 }]);
    await page.goto(link);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(setup.goneTitle);
  });

  test('a wrong password keeps the address; the right one leads on to where one was going', async ({ page }) => {
    await page.goto('/signin?to=/en');
    await send(page, { [signIn.email]: 'ada@example.org', [signIn.password]: 'not this one' }, signIn.submit);
    await expect(told(page)).toHaveText(signIn.wrong);
    await expect(page.getByLabel(signIn.email)).toHaveValue('ada@example.org');
    await expect(page.getByLabel(signIn.password)).toHaveValue('');
    await send(page, { [signIn.password]: PASSWORD }, signIn.submit);
    await expect(page).toHaveURL(/\/en$/);
    await expectIn(page, 'Ada Lovelace');
  });

  test('who is invited makes their account, which a program that looks at the link does not prevent', async ({
    page,
    site,
  }) => {
    const link = await makeLink(site, { purpose: 'invite', email: 'bo@example.org', role: 'editor' });
    for (let i = 0; i < 3; i++) expect((await site.ask(link)).headers['referrer-policy']).toBe('no-referrer');
    await page.goto(link);
    await expect(page.getByText('bo@example.org')).toBeVisible();
    await send(page, { [setup.name]: 'Bo', [setup.password]: PASSWORD }, setup.invite.submit);
    await expectIn(page, 'Bo');
    expect(await person(site, 'bo@example.org')).toMatchObject([{ role: 'editor' }]);
  });

  test('signing up is offered as the owner decided, and ends in an account once the address is confirmed', async ({
    page,
    site,
    post,
  }) => {
    await page.goto('/signin');
    await expect(page.getByText(signIn.invited)).toBeVisible();
    await page.goto('/signup');
    await expect(page.getByText(signUp.byInvitation)).toBeVisible();
    await open(site, 'open');
    await page.goto('/signin');
    await page.getByRole('link', { name: signIn.noAccount }).click();
    await send(page, { [signUp.name]: 'Cy', [signUp.email]: 'not an address' }, signUp.submit);
    await expect(page.getByText(words.form.email)).toBeVisible();
    await expect(page.getByLabel(signUp.name)).toHaveValue('Cy');
    await send(page, { [signUp.email]: 'cy@example.org' }, signUp.submit);
    await expect(told(page)).toHaveText(signUp.sent);
    await page.goto(await linkIn(post, 'cy@example.org'));
    await send(page, { [setup.password]: PASSWORD }, setup.verify.submit);
    await expectIn(page, 'Cy');
    await open(site, 'invitation');
  });

  test('a forgotten password is replaced by mail, and every session ends', async ({ page, site, post, browser }) => {
    const elsewhere = await browser.newContext({ baseURL: site.url, locale: language });
    const other = await elsewhere.newPage();
    await enter(other, 'bo@example.org', PASSWORD);
    await expectIn(other, 'Bo');
    await page.goto('/signin');
    await page.getByRole('link', { name: signIn.forgotten }).click();
    await send(page, { [forgotten.email]: 'BO@example.org' }, forgotten.submit);
    await expect(told(page)).toHaveText(forgotten.sent);
    await page.goto(await linkIn(post, 'bo@example.org'));
    await send(page, { [setup.newPassword]: OTHER }, setup.reset.submit);
    await expect(told(page)).toHaveText(signIn.newPassword);
    await expectOut(page);
    await other.goto('/');
    await expectOut(other);
    await elsewhere.close();
    await enter(page, 'bo@example.org', OTHER);
    await expectIn(page, 'Bo');
  });

  test('who has a second factor is asked for its code, which serves once', async ({ page, site, context }) => {
    const code = await giveAuthenticator(site, 'bo@example.org');
    await enter(page, 'bo@example.org', OTHER);
    await expect(told(page)).toHaveText(secondFactor.lead);
    await expectOut(page);
    await send(page, { [secondFactor.code]: '000 000' }, signIn.submit);
    await expect(page.getByText(secondFactor.wrong)).toBeVisible();
    const used = await code();
    await send(page, { [secondFactor.code]: used }, signIn.submit);
    await expectIn(page, 'Bo');
    await context.clearCookies({ name: 'sid' });
    await enter(page, 'bo@example.org', OTHER);
    await send(page, { [secondFactor.code]: used }, signIn.submit);
    await expect(page.getByText(secondFactor.wrong)).toBeVisible();
    await send(page, { [secondFactor.code]: await code(1) }, signIn.submit);
    await expectIn(page, 'Bo');
  });

  test('who is known elsewhere comes in by it, and still owes their code here', async ({
    page,
    site,
    elsewhere,
    context,
  }) => {
    elsewhere.person = { sub: '1', email: 'cy@example.org', email_verified: true, name: 'Cy of the choir' };
    await page.goto('/signin?to=/en');
    await page.getByRole('link', { name: signIn.with('Choir') }).click();
    await expect(page).toHaveURL(/\/en$/);
    await expectIn(page, 'Cy');
    await context.clearCookies({ name: 'sid' });
    const code = await giveAuthenticator(site, 'cy@example.org');
    await page.goto('/signin');
    await page.getByRole('link', { name: signIn.with('Choir') }).click();
    await expect(page.getByText(secondFactor.fromElsewhere)).toBeVisible();
    await expectOut(page);
    await send(page, { [secondFactor.code]: await code() }, signIn.submit);
    await expectIn(page, 'Cy');
  });

  test('who is not known here is told why the other site does not let them in', async ({ page, site, elsewhere }) => {
    const tryAgain = async (says: string) => {
      await page.goto('/signin');
      await page.getByRole('link', { name: signIn.with('Choir') }).click();
      await expect(told(page)).toHaveText(says);
      await expectOut(page);
    };
    elsewhere.person = null;
    await tryAgain(signIn.elsewhere.refused);
    elsewhere.person = { sub: '2', email: 'eve@example.org', email_verified: true };
    await tryAgain(signIn.elsewhere.closed);
    elsewhere.person = { sub: '3', email: 'ada@example.org', email_verified: false };
    await tryAgain(signIn.elsewhere.unverified);
    elsewhere.person = { sub: '1', email: 'cy@example.org', email_verified: true };
    elsewhere.forge = true;
    await tryAgain(signIn.elsewhere.failed);
    elsewhere.forge = false;
    expect(await person(site, 'eve@example.org')).toHaveLength(0);
  });

  test('axe finds nothing on the pages of the door', async ({ browser, site, locale }) => {
    const context = await browser.newContext({ baseURL: site.url, locale, javaScriptEnabled: true }); // axe is a script
    const page = await context.newPage();
    const [ada] = await person(site, 'ada@example.org');
    const pages = [
      '/signin',
      '/signin?done=password',
      '/signin?elsewhere=closed',
      '/signup',
      '/forgotten',
      '/setup/gone',
    ];
    for (const purpose of ['owner', 'reset', 'email', 'verify']) {
      pages.push(
        await makeLink(site, {
          purpose,
          email: 'ada@example.org',
          ...(purpose === 'owner' ? {} : { personId: ada?.id }),
        }),
      );
    }
    pages.push(await makeLink(site, { purpose: 'invite', email: `${'long'.repeat(15)}@example.org`, role: 'member' }));
    const found: string[] = [];
    for (const address of pages) {
      await page.goto(address);
      found.push(...(await faults(page)));
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) found.push(`${address} is ${overflow} px too wide`);
    }
    await context.close();
    expect(found).toEqual([]);
  });
}
