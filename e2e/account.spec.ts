import { Secret } from 'otpauth';
import { codeAt } from '../features/people/codes';
import { accountWords } from '../lib/language/account';
import { accountPageWords } from '../lib/language/account-pages';
import { withDatabase } from './support/database';
import { enter, expectSound, localeOf, REFUSED, WAYS } from './support/own-pages';
import { askWith, makePerson, signIn } from './support/people';
import { expect, test } from './support/test';

test.use({ expected: [REFUSED] });

for (const { language, javaScriptEnabled } of WAYS) {
  const words = accountPageWords(language);
  const { secondFactor, signIn: door } = accountWords(language);

  test.describe(`in ${language}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled, locale: localeOf[language] });

    test('a person changes their name, colours, time zone and language, and it counts at once', async ({
      page,
      context,
      site,
    }) => {
      await enter(context, site, await makePerson(site));
      await page.goto('/account');
      const form = page.locator('#profile');
      await form.getByLabel(words.profile.name).fill('');
      await form.getByRole('button').click();
      await expect(form.getByText(words.profile.nameWrong)).toBeVisible();
      await form.getByLabel(words.profile.name).fill('Ada Byron');
      await form.getByLabel(words.profile.theme).selectOption('dark');
      await form.getByLabel(words.profile.timeZone).selectOption('Asia/Tokyo');
      const other = language === 'en' ? 'es' : 'en';
      await form.getByLabel(words.profile.language).selectOption(other);
      await form.getByRole('button').click();
      const now = accountPageWords(other);
      await expect(form.getByRole('status')).toHaveText(now.profile.done);
      await expect(page.locator('html')).toHaveAttribute('lang', other);
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
      await expect(page.getByRole('banner')).toContainText('Ada Byron');
      await expect(form.getByLabel(now.profile.language)).toHaveValue(other);
      await expect(form.getByLabel(now.profile.theme)).toHaveValue('dark');
      await page.goto('/account/sessions');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(now.sessions.title);
      await expect(page.getByText(now.sessions.zone('Asia/Tokyo'))).toBeVisible();
    });

    test('they end a session elsewhere, whose very next request is anybody’s', async ({ page, context, site }) => {
      const person = await makePerson(site);
      await enter(context, site, person);
      const elsewhere = askWith(site, await signIn(site, person));
      const third = askWith(site, await signIn(site, person));
      const members = '/account/sessions';
      expect((await elsewhere(members)).status).toBe(200);
      await page.goto(members);
      await expect(page.getByText(words.sessions.current, { exact: true })).toHaveCount(1);
      await page
        .getByRole('button', { name: words.sessions.endOf(words.sessions.unknown) })
        .first()
        .click();
      await expect(page.getByRole('status').filter({ hasText: words.sessions.ended })).toBeVisible();
      await page.getByRole('button', { name: words.sessions.endOthers }).click();
      await expect(page.getByText(words.sessions.alone)).toBeVisible();
      expect((await elsewhere(members)).headers.location).toContain('/signin');
      expect((await third(members)).headers.location).toContain('/signin');
      await page.goto(members);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.sessions.title);
    });

    test('they change their password: other sessions end, this one goes on', async ({ page, context, site }) => {
      const person = await makePerson(site);
      const before = await enter(context, site, person);
      const elsewhere = askWith(site, await signIn(site, person));
      await page.goto('/account/security');
      const form = page.locator('#password');
      const change = async (current: string, next: string) => {
        await form.getByLabel(words.password.current).fill(current);
        await form.getByLabel(words.password.next).fill(next);
        await form.getByRole('button').click();
      };
      await change('not mine', 'a jar of green olives');
      await expect(form.getByText(words.confirm.wrongPassword)).toBeVisible();
      await change(person.password, 'password1');
      await expect(form.getByText(words.password.weak).last()).toBeVisible();
      await change(person.password, 'a jar of green olives');
      await expect(form.getByRole('status')).toHaveText(words.password.done(1));
      expect((await elsewhere('/account')).headers.location).toContain('/signin');
      expect((await askWith(site, before)('/account')).headers.location, 'the old token').toContain('/signin');
      await page.goto('/account');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.profile.title);
      await expect(signIn(site, person)).rejects.toThrow('422');
      await signIn(site, { ...person, password: 'a jar of green olives' });
    });

    test('they set up a second factor, sign in with it, and with a recovery code', async ({ page, context, site }) => {
      const person = await makePerson(site);
      await enter(context, site, person);
      await page.goto('/account/security');
      await page.getByRole('button', { name: words.twoFactor.begin }).click();
      await expect(page.getByRole('img', { name: words.twoFactor.picture })).toBeVisible();
      await expectSound(page);
      const seed = (await page.getByTestId('seed').textContent())?.replaceAll(/\s/g, '') ?? '';
      const code = (steps = 0) => codeAt(Secret.fromBase32(seed).bytes, Date.now() + steps * 30_000);
      await page.getByLabel(words.twoFactor.code).fill('000000');
      await page.getByRole('button', { name: words.twoFactor.turnOn }).click();
      await expect(page.getByText(words.twoFactor.wrong).first()).toBeVisible();
      await page.getByLabel(words.twoFactor.code).fill(code(-1));
      await page.getByRole('button', { name: words.twoFactor.turnOn }).click();
      await expect(page.getByRole('heading', { name: words.twoFactor.codesTitle })).toBeVisible();
      const codes = await page.locator('.recovery-codes code').allInnerTexts();
      expect(new Set(codes).size).toBe(10);
      await expectSound(page);
      await page.goto('/account/security');
      await expect(page.getByText(words.twoFactor.left(10))).toBeVisible();
      await expect(page.locator('.recovery-codes')).toHaveCount(0);

      const comeIn = async (answer: string) => {
        await context.clearCookies();
        await page.goto('/signin?to=/account');
        await page.getByLabel(door.email).fill(person.email);
        await page.getByLabel(door.password).fill(person.password);
        await page.getByRole('main').getByRole('button', { name: door.submit }).click();
        await page.getByLabel(secondFactor.code).fill(answer);
        await page.locator('#signin button[type=submit]').click();
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.profile.title);
      };
      await comeIn(code());
      await comeIn(codes[3] ?? '');
      await page.goto('/account/security');
      await expect(page.getByText(words.twoFactor.left(9))).toBeVisible();
      await page.getByRole('button', { name: words.twoFactor.remove }).click();
      await expect(page.getByText(words.twoFactor.sureWrong).first()).toBeVisible();
      await page.getByLabel(words.twoFactor.sure).check();
      await page.getByRole('button', { name: words.twoFactor.remove }).click();
      await expect(page.getByText(words.twoFactor.removed)).toBeVisible();
    });

    test('what asks for a recent password asks for it in place, and nothing typed is lost', async ({
      page,
      context,
      site,
    }) => {
      const person = await makePerson(site);
      await enter(context, site, person);
      await page.goto('/account');
      const form = page.locator('#address');
      await form.getByLabel(words.email.field).fill('new@example.org');
      await withDatabase(
        site,
        (sql) => sql`update session set confirmed_at = now() - interval '11 minutes' where person_id = ${person.id}`,
      );
      await form.getByRole('button').click();
      await expect(form.getByLabel(words.confirm.password)).toBeVisible();
      await expect(form.getByLabel(words.email.field)).toHaveValue('new@example.org');
      await form.getByLabel(words.confirm.password).fill('not mine');
      await form.getByRole('button').click();
      await expect(form.getByText(words.confirm.wrongPassword).first()).toBeVisible();
      await expect(form.getByLabel(words.email.field)).toHaveValue('new@example.org');
      await form.getByLabel(words.confirm.password).fill(person.password);
      await form.getByRole('button').click();
      await expect(page.getByText(words.email.pending('new@example.org'))).toBeVisible();
      await page.getByRole('button', { name: words.email.forget }).click();
      await expect(page.getByText(words.email.pending('new@example.org'))).toHaveCount(0);
    });

    test('they take their data with them and delete their account', async ({ page, context, site }) => {
      const person = await makePerson(site, { name: 'Bo' });
      const ask = askWith(site, await enter(context, site, person));
      await page.goto('/account/data');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: words.data.exportSubmit }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^trastienda-\d{4}-\d\d-\d\d\.json$/);
      const { headers, text } = await ask('/account/export');
      expect(headers['content-disposition']).toMatch(/^attachment/);
      expect(headers['cache-control']).toBe('private, no-store');
      expect(JSON.parse(text)).toMatchObject({ profile: { email: person.email, name: 'Bo' } });
      await page.getByLabel(words.confirm.password).fill('not mine');
      await page.getByRole('button', { name: words.data.deleteSubmit }).click();
      await expect(page.getByText(words.confirm.wrongPassword).first()).toBeVisible();
      await page.getByLabel(words.confirm.password).fill(person.password);
      await page.getByRole('button', { name: words.data.deleteSubmit }).click();
      await page.waitForURL(`${site.url}/`);
      expect((await ask('/account')).headers.location).toContain('/signin');
      await expect(signIn(site, person)).rejects.toThrow('422');
    });
  });
}

for (const language of ['en', 'es'] as const) {
  test.describe(() => {
    test.use({ locale: localeOf[language] });
    test(`its pages are sound in ${language}`, async ({ page, context, site }) => {
      test.setTimeout(120_000);
      await enter(context, site, await makePerson(site, { name: 'A name as long as names in some families are' }));
      for (const path of ['/account', '/account/security', '/account/sessions', '/account/data']) {
        await page.goto(path);
        await expectSound(page);
      }
    });
  });
}

test('who is not signed in is led to sign in and back', async ({ site }) => {
  for (const path of ['/account', '/account/security', '/account/sessions', '/account/data']) {
    const { status, headers } = await site.ask(path);
    expect([status, headers.location]).toEqual([303, `/signin?to=${encodeURIComponent(path)}`]);
  }
  expect((await site.ask('/account/export')).headers.location).toContain('/signin');
});
