import { auditWords, deedName } from '../lib/language/audit';
import { studioWords } from '../lib/language/studio';
import { peopleWords } from '../lib/language/studio-people';
import { withDatabase } from './support/database';
import { enter, expectSound, localeOf, REFUSED, WAYS } from './support/own-pages';
import { askWith, makePerson, signIn } from './support/people';
import { askInEveryShape } from './support/shapes';
import { expect, test } from './support/test';

test.use({ expected: [REFUSED] });

const PAGES = [
  '/studio',
  '/studio/people',
  '/studio/invitations',
  '/studio/groups',
  '/studio/audit',
  '/studio/audit/export',
  '/studio/settings',
];

for (const { language, javaScriptEnabled } of WAYS) {
  const words = studioWords(language);
  const { person: deeds, people } = peopleWords(language);
  const log = auditWords(language);

  test.describe(`in ${language}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled, locale: localeOf[language] });

    test('the owner invites somebody into a group and hands the link over, renews it and takes it back', async ({
      page,
      context,
      site,
    }) => {
      await enter(context, site, await makePerson(site, { role: 'owner' }));
      const group = `Choir ${language}`;
      const email = `guest-${language}@example.org`;
      await page.goto('/studio/groups');
      await page.getByLabel(words.groups.name).fill('#!');
      await page.getByRole('button', { name: words.groups.make }).click();
      await expect(page.getByText(words.groups.nameWrong).first()).toBeVisible();
      await page.getByLabel(words.groups.name).fill(group);
      await page.getByRole('button', { name: words.groups.make }).click();
      await expect(page.getByRole('link', { name: group })).toBeVisible();
      await page.goto('/studio/invitations');
      await page.getByLabel(words.invite.email).fill(email);
      await page.getByLabel(words.invite.into(group)).check();
      await page.getByRole('button', { name: words.invite.submit, exact: true }).click();
      const link = page.getByLabel(words.link.label);
      const first = await link.inputValue();
      expect(first).toMatch(new RegExp(`^${site.url}/setup/.{43}$`));
      await expectSound(page);
      expect((await site.ask(new URL(first).pathname)).text).toContain(email);
      await page.getByRole('button', { name: words.invite.renewOf(email) }).click();
      await expect(page.getByText(words.invite.renewed)).toBeVisible();
      expect((await site.ask(new URL(first).pathname)).text).not.toContain(email);
      const second = await page.locator('#invitations').getByLabel(words.link.label).inputValue();
      expect((await site.ask(new URL(second).pathname)).text).toContain(email);
      await page.getByRole('button', { name: words.invite.withdrawOf(email) }).click();
      await expect(page.getByText(words.invite.withdrawn)).toBeVisible();
      expect((await site.ask(new URL(second).pathname)).text).not.toContain(email);
    });

    test('the owner finds a person, makes them editor, disables them, and each counts at once', async ({
      page,
      context,
      site,
    }) => {
      const name = `Quillon ${language}`;
      const person = await makePerson(site, { name });
      const earlier = askWith(site, await signIn(site, person));
      expect((await earlier('/studio')).status).toBe(404);
      await enter(context, site, await makePerson(site, { role: 'owner' }));
      await page.goto('/studio/people');
      await page.getByLabel(people.search).fill(name.toLowerCase());
      await page.getByRole('button', { name: people.submit }).click();
      await page.getByRole('link', { name }).click();
      await page.getByLabel(words.invite.role).selectOption('editor');
      await page.getByRole('button', { name: deeds.roleSubmit }).click();
      await expect(page.getByText(deeds.roleDone(1))).toBeVisible();
      expect((await earlier('/account')).headers.location, 'the session of the old role').toContain('/signin');
      const editor = askWith(site, await signIn(site, person));
      expect((await editor('/studio')).text).toContain(studioWords('en').home.editorTitle);
      expect((await editor('/studio/people')).status).toBe(404);

      await page.getByRole('button', { name: deeds.reset }).click();
      expect(await page.getByLabel(words.link.label).inputValue()).toContain('/setup/');
      expect((await editor('/studio')).status, 'a reset ends sessions').toBe(404);

      const again = askWith(site, await signIn(site, person));
      expect((await again('/studio')).status).toBe(200);
      await page.getByRole('button', { name: deeds.disable }).click();
      await expect(page.getByText(deeds.sureWrong).first()).toBeVisible();
      await page.getByLabel(deeds.disableSure).check();
      await page.getByRole('button', { name: deeds.disable }).click();
      await expect(page.getByText(deeds.disableDone)).toBeVisible();
      expect((await again('/studio')).status).toBe(404);
      await expect(signIn(site, person)).rejects.toThrow('422');
      await page.getByRole('button', { name: deeds.enable }).click();
      await expect(page.getByText(deeds.enableDone)).toBeVisible();
      await signIn(site, person);

      await page.getByRole('link', { name: deeds.log }).click();
      await expect(page.getByText(log.onlyOf(name))).toBeVisible();
      await expect(page.locator('.log')).toContainText(deedName('person.disable', language));
      await page.getByLabel(log.action).selectOption('person.role');
      await page.getByRole('button', { name: log.submit }).click();
      await expect(page.locator('.log')).toContainText('member → editor');
      await expect(page.locator('.log')).not.toContainText(deedName('person.disable', language));
      await expectSound(page);
    });

    test('the owner gathers a group, renames it and deletes it', async ({ page, context, site }) => {
      const person = await makePerson(site, { name: `Bo ${language}` });
      await enter(context, site, await makePerson(site, { role: 'owner', groups: [`Bakers ${language}`] }));
      await page.goto('/studio/groups');
      await page.getByRole('link', { name: `Bakers ${language}` }).click();
      await page.getByLabel(words.groups.addEmail).fill(person.email);
      await page.getByRole('button', { name: words.groups.add, exact: true }).click();
      await expect(page.getByText(words.groups.added(`Bo ${language}`))).toBeVisible();
      await expectSound(page);
      await page.getByRole('button', { name: words.groups.removeOf(`Bo ${language}`) }).click();
      await expect(page.getByText(words.groups.removed)).toBeVisible();
      await page.getByLabel(words.groups.name, { exact: true }).fill(`Millers ${language}`);
      await page.getByRole('button', { name: words.groups.rename }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Millers ${language}`);
      await page.getByLabel(words.groups.deleteSure(0)).check();
      await page.getByRole('button', { name: words.groups.delete }).click();
      await page.waitForURL(/\/studio\/groups$/);
      await expect(page.getByRole('link', { name: `Millers ${language}` })).toHaveCount(0);
    });

    test('an owner decides who may sign up', async ({ page, context, site }) => {
      await enter(context, site, await makePerson(site, { role: 'owner' }));
      await page.goto('/studio/settings');
      await page.getByLabel(words.settings.twoFactor).check();
      await page.getByRole('button', { name: words.settings.submit }).click();
      await expect(page.getByText(words.settings.first).first()).toBeVisible();
      await page.getByLabel(words.settings.twoFactor).uncheck();
      await page.getByLabel(words.settings.signUp).selectOption('closed');
      await page.getByRole('button', { name: words.settings.submit }).click();
      await expect(page.getByText(words.settings.done)).toBeVisible();
      await expect(page.getByLabel(words.settings.signUp)).toHaveValue('closed');
      await page.getByLabel(words.settings.signUp).selectOption('invitation');
      await page.getByRole('button', { name: words.settings.submit }).click();
      await expect(page.getByText(words.settings.done)).toBeVisible();
    });
  });
}

for (const language of ['en', 'es'] as const) {
  test.describe(() => {
    test.use({ locale: localeOf[language] });
    test(`its pages are sound in ${language}`, async ({ page, context, site }) => {
      test.setTimeout(120_000);
      const owner = await makePerson(site, { role: 'owner', groups: ['guild'] });
      await enter(context, site, owner);
      for (const path of [...PAGES.filter((each) => !each.endsWith('export')), `/studio/people/${owner.id}`]) {
        await page.goto(path);
        await expectSound(page);
      }
    });
  });
}

test('for a member and for nobody signed in, no page of the studio exists, however it is asked for', async ({
  site,
}) => {
  const owner = await makePerson(site, { role: 'owner', name: 'Wombatcanary' });
  const person = await makePerson(site);
  const member = askWith(site, await signIn(site, person));
  const editor = askWith(site, await signIn(site, await makePerson(site, { role: 'editor' })));
  const [group] = await withDatabase(
    site,
    (sql) => sql<{ id: number }[]>`insert into "group" (name) values ('Wombatcanary') returning id`,
  );
  const all = [...PAGES, `/studio/people/${owner.id}`, `/studio/groups/${group?.id}`, '/studio/nothing'];
  for (const path of all) {
    for (const [who, ask] of [
      ['nobody', site.ask],
      ['member', member],
      ['editor', path === '/studio' ? member : editor],
    ] as const) {
      expect((await ask(path)).status, `${path} for ${who}`).toBe(404);
      for (const { where, answer } of await askInEveryShape(ask, path)) {
        expect(answer.text, `${where} for ${who}`).not.toContain('Wombatcanary');
      }
    }
  }
});

test('the site is never without an owner', async ({ page, context, site }) => {
  const owner = await makePerson(site, { role: 'owner' });
  await withDatabase(
    site,
    (sql) => sql`update person set disabled_at = now() where role = 'owner' and id <> ${owner.id}`,
  );
  await enter(context, site, owner);
  await page.goto(`/studio/people/${owner.id}`);
  await page.getByLabel('Role').selectOption('member');
  await page.getByRole('button', { name: 'Change the role' }).click();
  const { person } = peopleWords('en');
  await expect(page.getByText(person.lastOwner)).toBeVisible();
  await page.getByLabel(person.disableSure).check();
  await page.getByRole('button', { name: person.disable }).click();
  await expect(page.locator('#access').getByText(person.lastOwner)).toBeVisible();
  await page.goto('/account/data');
  await expect(page.getByRole('button', { name: /Delete/ })).toHaveCount(0);
});

test('an owner without the second factor that the site asks for is led to set it up', async ({ site }) => {
  const owner = askWith(site, await signIn(site, await makePerson(site, { role: 'owner' })));
  const ask = (value: boolean) =>
    withDatabase(
      site,
      (sql) => sql`insert into setting (name, value) values ('ownerTwoFactor', ${sql.json(value)})
        on conflict (name) do update set value = excluded.value`,
    );
  await ask(true);
  for (const path of PAGES.filter((each) => !each.endsWith('export')))
    expect((await owner(path)).headers.location, path).toBe('/account/security');
  expect((await owner('/studio/audit/export')).status).toBe(404);
  expect((await owner('/account/security')).text).toContain('This site asks its owners for a second factor.');
  await ask(false);
  expect((await owner('/studio')).status).toBe(200);
});

test('the log is downloaded as a table that no spreadsheet computes', async ({ site }) => {
  const cookie = await signIn(site, await makePerson(site, { role: 'owner' }));
  const trap = await makePerson(site, { name: '=HYPERLINK("http://example.org")' });
  await signIn(site, trap);
  const { status, headers, text } = await askWith(site, cookie)('/studio/audit/export');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(headers['content-disposition']).toContain('attachment');
  expect(headers['cache-control']).toBe('private, no-store');
  const line = text.split('\r\n').find((each) => each.includes('HYPERLINK')) ?? '';
  expect(line).toContain(`"'=HYPERLINK(""http://example.org"")"`);
});
