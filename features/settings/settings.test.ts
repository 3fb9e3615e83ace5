import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { anonymous, type Person, type Role } from '@/features/access/viewer';
import { readSiteSettings } from './queries';
import { changeSettings } from './write';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.sql`truncate setting, audit, person cascade`);
afterAll(() => database.drop());

async function ada(role: Role = 'owner', twoFactor = true): Promise<Person> {
  const [row] = await database.sql<{ id: string }[]>`
    insert into person (email, email_key, name, role) values ('ada@example.org', 'ada@example.org', 'Ada', ${role}) returning id`;
  return {
    kind: 'person',
    id: row?.id ?? '',
    sessionId: '',
    role,
    groups: [],
    name: 'Ada',
    email: 'ada@example.org',
    language: null,
    theme: null,
    timeZone: null,
    twoFactor,
    confirmed: true,
  };
}

const UNDECIDED = {
  signup: 'invitation',
  ownerTwoFactor: false,
  xray: 'everyone',
  downloadDays: 180,
  uploadMegabytes: 10_000,
  quotaMegabytes: 0,
};

describe('the settings of the site', () => {
  it('ask for an invitation until the owner decides', async () => {
    expect(await readSiteSettings(anonymous)).toEqual(UNDECIDED);
  });

  it('are changed by the owner, one at a time, and it is noted from what to what', async () => {
    const owner = await ada();
    expect(await changeSettings(owner, { signup: 'open' })).toEqual({ as: 'changed' });
    expect(await readSiteSettings(anonymous)).toEqual({ ...UNDECIDED, signup: 'open' });
    await changeSettings(owner, { signup: 'open', ownerTwoFactor: true });
    await changeSettings(owner, { xray: 'members' });
    expect(await readSiteSettings(anonymous)).toEqual({
      ...UNDECIDED,
      signup: 'open',
      ownerTwoFactor: true,
      xray: 'members',
    });
    const noted = await database.sql`select action, subject_id, detail from audit order by id`;
    expect(noted).toEqual([
      { action: 'setting.change', subject_id: 'signup', detail: { from: 'invitation', to: 'open' } },
      { action: 'setting.change', subject_id: 'ownerTwoFactor', detail: { from: false, to: true } },
      { action: 'setting.change', subject_id: 'xray', detail: { from: 'everyone', to: 'members' } },
    ]);
  });

  it.each(['editor', 'member'] as const)('are not for %ss', async (role) => {
    expect(await changeSettings(await ada(role), { signup: 'open' })).toEqual({ as: 'missing' });
    expect(await changeSettings(anonymous, { signup: 'open' })).toEqual({ as: 'missing' });
    expect((await readSiteSettings(anonymous)).signup).toBe('invitation');
  });

  it('let nobody lock themselves out', async () => {
    expect(await changeSettings(await ada('owner', false), { ownerTwoFactor: true })).toEqual({
      as: 'needs-two-factor',
    });
    expect((await readSiteSettings(anonymous)).ownerTwoFactor).toBe(false);
  });

  it('survive a value that no longer fits', async () => {
    await database.sql`insert into setting (name, value) values ('signup', '"whoever"'), ('ownerTwoFactor', '3'), ('xray', '"nobody"'), ('downloadDays', '0')`;
    expect(await readSiteSettings(anonymous)).toEqual(UNDECIDED);
  });
});
