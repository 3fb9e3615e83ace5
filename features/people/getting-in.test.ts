import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { anonymous, type Person } from '@/features/access/viewer';
import { startWorker } from '@/features/jobs/worker';
import { type MailServer, startMailServer } from '@/features/mail/testing/smtp';
import { changeSettings } from '@/features/settings/write';
import { askForAddress, confirmAddress, pendingAddress } from './address';
import { becomeOwner, firstOwner } from './first-owner';
import { freshLink } from './fresh-link';
import { acceptInvitation, invite, listInvitations, withdrawInvitation } from './invitations';
import { PEOPLE_JOBS } from './mail-jobs';
import { askForReset, makeResetLink, resetPassword } from './reset';
import { checkCredentials } from './sign-in';
import { askForAccount, confirmAccount } from './sign-up';
import { makePerson, PASSWORD, signedIn } from './testing/people';
import { readLink } from './tokens';

const OTHER = 'another sentence to come in with';
const device = { address: '192.0.2.7', agent: 'a browser' };
let database: TestDatabase;
let mail: MailServer;
let owner: Person;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  mail = await startMailServer();
  process.env.SMTP_URL = mail.url;
  process.env.SITE_URL = 'https://notes.example.org';
  await database.sql`truncate person, token, throttle, setting, audit, job, "group" cascade`;
  owner = await makePerson(database, 'Olga', { role: 'owner' });
  return async () => {
    process.env.SMTP_URL = '';
    process.env.SITE_URL = '';
    await mail.close();
  };
});
afterAll(() => database.drop());

/** Does what is left for the background. */
async function background(): Promise<void> {
  const worker = await startWorker(database.connection, PEOPLE_JOBS);
  await worker.idle().finally(worker.close);
}
const secretIn = (text: string) => /\/setup\/([\w-]{43})/.exec(text)?.[1] ?? 'none';
const mailedTo = async (address: string) => {
  await background();
  return secretIn((await mail.next(address)).text);
};
const people = () => database.sql<{ email: string; role: string; verified: boolean }[]>`
  select email, role, verified_at is not null as verified from person order by email`;
const enter = (email: string, password: string) => checkCredentials(anonymous, { email, password }, device);
const inAnHour = () => database.sql`update token set expires_at = now() - interval '1 second'`;

describe('the link of the first owner', () => {
  const ada = { email: 'Ada@example.org', name: 'Ada', password: OTHER };
  beforeEach(() => database.sql`truncate person, audit cascade`);
  const link = async () => secretIn((await firstOwner(anonymous, null)) ?? '');

  it('makes one owner, however many open it', async () => {
    const secret = await link();
    const made = await Promise.all(
      [ada, { ...ada, email: 'bo@example.org' }].map((each) => becomeOwner(anonymous, secret, each)),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await people()).toHaveLength(1);
    expect(await database.sql`select action from audit`).toEqual([{ action: 'owner.make' }]);
    expect(await firstOwner(anonymous, null)).toBeNull();
  });

  it('is worth nothing once there is an owner, or a newer link', async () => {
    const first = await link();
    const second = await link();
    expect(await readLink(anonymous, first)).toBeNull();
    await makePerson(database, 'Olga', { role: 'owner' });
    expect(await becomeOwner(anonymous, second, ada)).toBeNull();
  });
});

describe('an invitation', () => {
  const forBo = { email: 'bo@example.org', role: 'editor', groups: ['Choir', 'No such group'] } as const;
  beforeEach(() => database.sql`insert into "group" (name) values ('Choir')`);

  it('makes an account with its role and groups for whoever reads the mail of the address', async () => {
    expect(await invite(owner, forBo, 'es')).toMatchObject({ as: 'invited', path: null });
    const secret = await mailedTo('bo@example.org');
    expect(mail.mails[0]?.headers).toContain('Subject: =?UTF-8?Q?Tienes');
    expect(await readLink(anonymous, secret)).toEqual({ purpose: 'invite', email: 'bo@example.org', name: null });
    const accepted = await acceptInvitation(anonymous, secret, { name: 'Bo', password: OTHER });
    const bo = await signedIn(accepted.as === 'made' ? accepted.personId : '');
    expect(bo).toMatchObject({ email: 'bo@example.org', name: 'Bo', role: 'editor', groups: ['Choir'] });
    expect(await enter('BO@example.org', OTHER)).toMatchObject({ as: 'known' });
    expect(await acceptInvitation(anonymous, secret, { name: 'Eve', password: OTHER })).toEqual({ as: 'gone' });
  });

  it('is a link to copy where the site sends no mail', async () => {
    process.env.SMTP_URL = '';
    const invited = await invite(owner, forBo, 'en');
    const secret = secretIn(invited.as === 'invited' ? (invited.path ?? '') : '');
    expect(await acceptInvitation(anonymous, secret, { name: 'Bo', password: OTHER })).toMatchObject({ as: 'made' });
  });

  it('serves also when nobody else may make an account', async () => {
    process.env.SMTP_URL = '';
    const invited = await invite(owner, forBo, 'en');
    await database.sql`insert into setting (name, value) values ('signup', '"closed"')`;
    const cy = { name: 'Cy', email: 'cy@example.org', language: 'en' };
    expect(await askForAccount(anonymous, cy, device)).toEqual({ as: 'closed' });
    const secret = secretIn(invited.as === 'invited' ? (invited.path ?? '') : '');
    expect(await acceptInvitation(anonymous, secret, { name: 'Bo', password: OTHER })).toMatchObject({ as: 'made' });
    expect(await invite(owner, { ...forBo, email: 'di@example.org' }, 'en')).toMatchObject({ as: 'invited' });
  });

  it('is listed until it is used; a fresh link takes the place of the old one, also when its time is over', async () => {
    process.env.SMTP_URL = '';
    const invited = await invite(owner, forBo, 'en');
    const [listed] = await listInvitations(owner);
    expect(listed).toMatchObject({ email: 'bo@example.org', role: 'editor', expired: false });
    await inAnHour();
    expect(await listInvitations(owner)).toMatchObject([{ expired: true }]);
    const old = secretIn(invited.as === 'invited' ? (invited.path ?? '') : '');
    expect(await acceptInvitation(anonymous, old, { name: 'Bo', password: OTHER })).toEqual({ as: 'gone' });
    const fresh = secretIn((await freshLink(owner, { kind: 'invitation', id: listed?.id ?? '' })) ?? '');
    expect(fresh).not.toBe(old);
    expect(await acceptInvitation(anonymous, fresh, { name: 'Bo', password: OTHER })).toMatchObject({ as: 'made' });
    expect(await listInvitations(owner)).toEqual([]);
  });

  it('taken back, or made anew for the same address, is worth nothing', async () => {
    process.env.SMTP_URL = '';
    const first = await invite(owner, forBo, 'en');
    const second = await invite(owner, { ...forBo, role: 'member' }, 'en');
    const [a, b] = [first, second].map((each) => secretIn(each.as === 'invited' ? (each.path ?? '') : ''));
    expect(await readLink(anonymous, a ?? '')).toBeNull();
    expect(await withdrawInvitation(owner, second.as === 'invited' ? second.id : '')).toBe(true);
    expect(await readLink(anonymous, b ?? '')).toBeNull();
  });

  it('is nobody else’s to make, see, renew or take back', async () => {
    const made = await invite(owner, forBo, 'en');
    const id = made.as === 'invited' ? made.id : '';
    for (const viewer of [anonymous, await makePerson(database, 'Eva', { role: 'editor' })]) {
      expect(await invite(viewer, { ...forBo, email: 'eve@example.org' }, 'en')).toEqual({ as: 'missing' });
      expect(await listInvitations(viewer)).toEqual([]);
      expect(await freshLink(viewer, { kind: 'invitation', id })).toBeNull();
      expect(await withdrawInvitation(viewer, id)).toBe(false);
    }
  });

  it('takes over an account that somebody only asked for, and no other', async () => {
    await database.sql`insert into person (email, email_key, name, role) values ('bo@example.org', 'bo@example.org', 'Not Bo', 'member')`;
    await invite(owner, forBo, 'en');
    const secret = await mailedTo('bo@example.org');
    await acceptInvitation(anonymous, secret, { name: 'Bo', password: OTHER });
    expect(await people()).toContainEqual({ email: 'bo@example.org', role: 'editor', verified: true });
    expect(await invite(owner, forBo, 'en')).toEqual({ as: 'exists' });
  });
});

describe('signing up', () => {
  const cy = { name: 'Cy', email: 'cy@example.org', language: 'en' };

  it('is closed until the owner opens it', async () => {
    expect(await askForAccount(anonymous, cy, device)).toEqual({ as: 'closed' });
    expect(await database.sql`select 1 from job`).toHaveLength(0);
  });

  it('makes an account once the address is confirmed, with the password chosen there', async () => {
    await changeSettings(owner, { signup: 'open' });
    expect(await askForAccount(anonymous, cy, device)).toEqual({ as: 'asked' });
    const secret = await mailedTo('cy@example.org');
    expect(await enter('cy@example.org', OTHER)).toEqual({ as: 'wrong' });
    expect(await readLink(anonymous, secret)).toEqual({ purpose: 'verify', email: 'cy@example.org', name: 'Cy' });
    expect(await confirmAccount(anonymous, secret, { name: 'Cy', password: OTHER })).toEqual(expect.any(String));
    expect(await enter('cy@example.org', OTHER)).toMatchObject({ as: 'known' });
    expect(await confirmAccount(anonymous, secret, { name: 'Cy', password: PASSWORD })).toBeNull();
  });

  it('answers and writes the same for an address that has an account, which is told', async () => {
    await changeSettings(owner, { signup: 'open' });
    const known = { ...cy, email: 'OLGA@example.org' };
    expect(await askForAccount(anonymous, known, device)).toEqual(await askForAccount(anonymous, cy, device));
    const jobs = await database.sql<{ kind: string }[]>`select kind from job`;
    expect(jobs.map(({ kind }) => kind)).toEqual(['person.start', 'person.start']);
    await background();
    expect((await mail.next('olga@example.org')).headers).toContain('You already have an account');
    expect(await people()).toHaveLength(2);
    expect(await enter('olga@example.org', PASSWORD)).toMatchObject({ as: 'known' });
  });

  it('waits for the owner’s link where the site sends no mail', async () => {
    process.env.SMTP_URL = '';
    await changeSettings(owner, { signup: 'open' });
    await askForAccount(anonymous, cy, device);
    await background();
    const [row] = await database.sql<{ id: string }[]>`select id from person where email = 'cy@example.org'`;
    const path = await freshLink(owner, { kind: 'confirmation', id: row?.id ?? '' });
    expect(await confirmAccount(anonymous, secretIn(path ?? ''), { name: 'Cy', password: OTHER })).toBe(row?.id);
    expect(await freshLink(owner, { kind: 'confirmation', id: row?.id ?? '' })).toBeNull();
  });

  it('fills no mailbox: five links an hour for an address, and the answer stays the same', async () => {
    await changeSettings(owner, { signup: 'open' });
    for (let i = 0; i < 8; i++)
      expect(await askForAccount(anonymous, cy, { ...device, address: `192.0.2.${i}` })).toEqual({ as: 'asked' });
    expect(await database.sql`select 1 from job`).toHaveLength(5);
  });
});

describe('a forgotten password', () => {
  const ask = (email: string) => askForReset(anonymous, { email, language: 'en' }, device);

  it('is replaced by a link that comes by mail, which ends every session', async () => {
    expect(await ask('olga@example.org')).toEqual({ as: 'asked' });
    const secret = await mailedTo('olga@example.org');
    expect(await resetPassword(anonymous, secret, OTHER)).toBe(true);
    expect(await database.sql`select 1 from session`).toHaveLength(0);
    expect(await enter('olga@example.org', PASSWORD)).toEqual({ as: 'wrong' });
    expect(await enter('olga@example.org', OTHER)).toMatchObject({ as: 'known' });
    expect(await resetPassword(anonymous, secret, PASSWORD)).toBe(false);
    await background();
    expect((await mail.next('olga@example.org')).headers).toContain('was changed');
  });

  it('answers and writes the same for an address without an account, and mails nobody', async () => {
    expect(await ask('nobody@example.org')).toEqual({ as: 'asked' });
    expect(await database.sql`select kind from job`).toEqual([{ kind: 'person.reset' }]);
    await background();
    expect(mail.mails).toEqual([]);
  });

  it('is for the address of the account, however it was typed', async () => {
    await ask('OLGA@EXAMPLE.ORG');
    await background();
    expect(mail.mails.map(({ to }) => to)).toEqual([['olga@example.org']]);
  });

  it('still works while sign-ins have to wait', async () => {
    for (let i = 0; i < 8; i++) await enter('olga@example.org', 'wrong');
    expect(await enter('olga@example.org', PASSWORD)).toMatchObject({ as: 'wait' });
    await ask('olga@example.org');
    await resetPassword(anonymous, await mailedTo('olga@example.org'), OTHER);
    expect(await enter('olga@example.org', OTHER)).toMatchObject({ as: 'known' });
  });

  it('keeps the second factor', async () => {
    await database.sql`update person set totp_secret = 'x', totp_confirmed_at = now()`;
    await ask('olga@example.org');
    await resetPassword(anonymous, await mailedTo('olga@example.org'), OTHER);
    expect(await enter('olga@example.org', OTHER)).toMatchObject({ as: 'known', twoFactor: true });
  });

  it('is nothing for a disabled account, whatever link it has', async () => {
    await ask('olga@example.org');
    const secret = await mailedTo('olga@example.org');
    await database.sql`update person set disabled_at = now()`;
    expect(await resetPassword(anonymous, secret, OTHER)).toBe(false);
    await ask('olga@example.org');
    await background();
    expect(mail.mails).toHaveLength(1);
  });

  it('has a link the owner can hand over, and only the owner makes it', async () => {
    const ada = await makePerson(database, 'Ada');
    const editor = await makePerson(database, 'Eva', { role: 'editor' });
    expect(await makeResetLink(editor, ada.id)).toBeNull();
    expect(await makeResetLink(ada, ada.id)).toBeNull();
    const [first, second] = [await makeResetLink(owner, ada.id), await makeResetLink(owner, ada.id)].map((path) =>
      secretIn(path ?? ''),
    );
    expect(await resetPassword(anonymous, first ?? '', OTHER)).toBe(false);
    expect(await resetPassword(anonymous, second ?? '', OTHER)).toBe(true);
  });

  it('leaves its mail for later when the mail server is away, and then sends one that works', async () => {
    mail.refuse(1);
    await ask('olga@example.org');
    await background();
    expect(await database.sql`select attempts, last_error from job`).toMatchObject([
      { attempts: 1, last_error: expect.stringContaining('451') },
    ]);
    await database.sql`update job set run_at = now()`;
    expect(await resetPassword(anonymous, await mailedTo('olga@example.org'), OTHER)).toBe(true);
  });
});

describe('another address', () => {
  const change = (email: string) => askForAddress(owner, email, 'en');

  it('counts once its link is used; the old one is told, and other sessions end', async () => {
    const elsewhere = await signedIn(owner.id);
    await change('olga@new.example');
    expect(await pendingAddress(owner)).toBe('olga@new.example');
    const secret = await mailedTo('olga@new.example');
    expect(await enter('olga@example.org', PASSWORD)).toMatchObject({ as: 'known' });
    expect(await confirmAddress(owner, secret)).toEqual({ as: 'changed', email: 'olga@new.example' });
    expect(await enter('olga@new.example', PASSWORD)).toMatchObject({ as: 'known' });
    const sessions = await database.sql<{ id: string }[]>`select id from session`;
    expect(sessions).toEqual([{ id: owner.sessionId }]);
    expect(elsewhere.sessionId).not.toBe(owner.sessionId);
    await background();
    expect((await mail.next('olga@example.org')).headers).toContain('was changed');
  });

  it('that has an account is not taken, and nobody learns so but who reads its mail', async () => {
    await makePerson(database, 'Ada');
    expect(await change('ada@example.org')).toEqual({ as: 'asked' });
    await background();
    expect((await mail.next('ada@example.org')).headers).toContain('already have an account');
    const path = await freshLink(owner, { kind: 'address', id: owner.id });
    expect(await confirmAddress(owner, secretIn(path ?? ''))).toEqual({ as: 'exists' });
  });

  it('is asked for only soon after the password was shown', async () => {
    expect(await askForAddress({ ...owner, confirmed: false }, 'olga@new.example', 'en')).toEqual({ as: 'missing' });
    expect(await askForAddress(anonymous, 'olga@new.example', 'en')).toEqual({ as: 'missing' });
  });
});

describe('a link', () => {
  it('serves no other purpose than its own', async () => {
    const reset = secretIn((await makeResetLink(owner, owner.id)) ?? '');
    expect(await confirmAccount(anonymous, reset, { name: 'Eve', password: OTHER })).toBeNull();
    expect(await acceptInvitation(anonymous, reset, { name: 'Eve', password: OTHER })).toEqual({ as: 'gone' });
    expect(await confirmAddress(anonymous, reset)).toEqual({ as: 'gone' });
    expect(await resetPassword(anonymous, reset, OTHER)).toBe(true);
  });

  it('that is unknown, used or too old is one and the same', async () => {
    const reset = secretIn((await makeResetLink(owner, owner.id)) ?? '');
    await inAnHour();
    for (const secret of [reset, 'a'.repeat(43), '', 'ñ'.repeat(43), 'a'.repeat(100_000)]) {
      expect(await readLink(anonymous, secret)).toBeNull();
      expect(await resetPassword(anonymous, secret, OTHER)).toBe(false);
    }
  });

  it('is looked at as often as one likes', async () => {
    const reset = secretIn((await makeResetLink(owner, owner.id)) ?? '');
    for (let i = 0; i < 3; i++) expect(await readLink(anonymous, reset)).toMatchObject({ purpose: 'reset' });
  });

  it('is written down nowhere: not in its row, the audit log or a job', async () => {
    await askForReset(anonymous, { email: 'olga@example.org', language: 'en' }, device);
    const mailed = await mailedTo('olga@example.org');
    const handed = secretIn((await makeResetLink(owner, owner.id)) ?? '');
    const [all] = await database.sql<{ text: string }[]>`select concat(
      (select string_agg(t::text, '') from token t), (select string_agg(a::text, '') from audit a), (select string_agg(j::text, '') from job j)) as text`;
    expect(all?.text).not.toContain(mailed);
    expect(all?.text).not.toContain(handed);
  });
});
