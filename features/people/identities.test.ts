import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { anonymous, type Person } from '@/features/access/viewer';
import { changeSettings } from '@/features/settings/write';
import { arriveFrom } from './identities';
import { invite } from './invitations';
import { makePerson, signedIn } from './testing/people';

let database: TestDatabase;
let owner: Person;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.sql`truncate person, identity, token, setting, audit, "group" cascade`;
  owner = await makePerson(database, 'Olga', { role: 'owner' });
});
afterAll(() => database.drop());

const bo = { provider: 'oidc', subject: '7', name: 'Bo', email: 'Bo@example.org' };
const count = async () => (await database.sql`select 1 from person`).length;

describe('somebody another site vouches for', () => {
  it('is the account here with the same verified address, from then on by their account there', async () => {
    const { id } = await makePerson(database, 'Bo');
    expect(await arriveFrom(anonymous, bo)).toEqual({ as: 'known', personId: id, twoFactor: false });
    expect(await arriveFrom(anonymous, { ...bo, email: null })).toMatchObject({ as: 'known', personId: id });
    expect(await arriveFrom(anonymous, { ...bo, email: 'olga@example.org' })).toMatchObject({
      as: 'known',
      personId: id,
    });
    expect(await arriveFrom(anonymous, { ...bo, subject: '8', email: null })).toEqual({ as: 'unverified' });
  });

  it('is told apart by site', async () => {
    await makePerson(database, 'Bo');
    await arriveFrom(anonymous, bo);
    expect(await arriveFrom(anonymous, { ...bo, provider: 'github', email: null })).toEqual({ as: 'unverified' });
  });

  it('gets an account only as the site’s settings say', async () => {
    expect(await arriveFrom(anonymous, bo)).toEqual({ as: 'closed' });
    await changeSettings(owner, { signup: 'closed' });
    expect(await arriveFrom(anonymous, bo)).toEqual({ as: 'closed' });
    expect(await count()).toBe(1);
    await changeSettings(owner, { signup: 'open' });
    expect(await arriveFrom(anonymous, bo)).toMatchObject({ as: 'known' });
    expect(
      await database.sql`select email, role, verified_at is not null as verified from person where name = 'Bo'`,
    ).toEqual([{ email: 'Bo@example.org', role: 'member', verified: true }]);
  });

  it('who is invited gets what the invitation says, and uses it up', async () => {
    await database.sql`insert into "group" (name) values ('Choir')`;
    await invite(owner, { email: 'bo@example.org', role: 'editor', groups: ['Choir'] }, 'en');
    const arrival = await arriveFrom(anonymous, bo);
    expect(await signedIn(arrival.as === 'known' ? arrival.personId : '')).toMatchObject({
      role: 'editor',
      groups: ['Choir'],
    });
    expect(await database.sql`select 1 from token`).toHaveLength(0);
  });

  it('does not get into an account that somebody else only asked for, but makes it theirs', async () => {
    await database.sql`insert into person (email, email_key, name, role, password_hash) values ('bo@example.org', 'bo@example.org', 'Eve', 'member', 'known to Eve')`;
    expect(await arriveFrom(anonymous, bo)).toEqual({ as: 'closed' });
    await changeSettings(owner, { signup: 'open' });
    await arriveFrom(anonymous, bo);
    expect(await database.sql`select name, password_hash from person where email_key = 'bo@example.org'`).toEqual([
      { name: 'Bo', password_hash: null },
    ]);
  });

  it('is kept out when disabled, and asked for a second factor they have here', async () => {
    const { id } = await makePerson(database, 'Bo');
    await database.sql`update person set totp_secret = 'x', totp_confirmed_at = now() where id = ${id}`;
    expect(await arriveFrom(anonymous, bo)).toEqual({ as: 'known', personId: id, twoFactor: true });
    expect(await arriveFrom(anonymous, bo)).toEqual({ as: 'known', personId: id, twoFactor: true });
    await database.sql`update person set disabled_at = now() where id = ${id}`;
    expect(await arriveFrom(anonymous, bo)).toEqual({ as: 'disabled' });
    expect(await arriveFrom(anonymous, { ...bo, subject: '9' })).toEqual({ as: 'disabled' });
  });
});
