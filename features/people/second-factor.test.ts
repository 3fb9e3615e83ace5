import { Secret } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { anonymous, type Person } from '@/features/access/viewer';
import { codeAt } from './codes';
import {
  checkCode,
  confirmSeed,
  makeRecoveryCodes,
  makeSeed,
  pendingSeed,
  removeSecondFactor,
  removeSecondFactorOf,
} from './second-factor';
import { findPerson } from './sessions';
import { makeKeys, makePerson, signedIn } from './testing/people';

let database: TestDatabase;
let dropKeys: () => void;
let ada: Person;
beforeAll(async () => {
  database = await testDatabase();
  dropKeys = await makeKeys(database);
});
beforeEach(async () => {
  await database.sql`truncate person, throttle, setting, audit cascade`;
  ada = await makePerson(database, 'Ada');
});
afterAll(async () => {
  dropKeys();
  await database.drop();
});

const seedOf = (secret: string) => Secret.fromBase32(secret).bytes;
/** What an authenticator shows, some steps of 30 s from now on the database's clock. */
async function codeOf(secret: string, steps = 0): Promise<string> {
  const [row] = await database.sql<{ ms: number }[]>`select (extract(epoch from now()) * 1000)::float8 as ms`;
  return codeAt(seedOf(secret), (row?.ms ?? 0) + steps * 30_000);
}
async function turnOn(): Promise<{ secret: string; recoveryCodes: string[] }> {
  const seed = await makeSeed(ada);
  const on = await confirmSeed(ada, await codeOf(seed?.secret ?? ''));
  if (!seed || on.as !== 'on') throw new Error(on.as);
  ada = await signedIn(ada.id);
  return { secret: seed.secret, recoveryCodes: on.recoveryCodes };
}

describe('a second factor', () => {
  it('is in force once its first code is shown, and not before', async () => {
    const seed = await makeSeed(ada);
    expect(seed?.uri).toContain('otpauth://totp/');
    expect(await pendingSeed(ada)).toEqual(seed);
    expect(await checkCode(anonymous, ada.id, await codeOf(seed?.secret ?? ''))).toEqual({ as: 'wrong' });
    expect(await confirmSeed(ada, '000000')).toEqual({ as: 'wrong' });
    expect((await signedIn(ada.id)).twoFactor).toBe(false);
    expect(await confirmSeed(ada, await codeOf(seed?.secret ?? ''))).toMatchObject({ as: 'on' });
    expect((await signedIn(ada.id)).twoFactor).toBe(true);
    expect(await pendingSeed(ada)).toBeNull();
    expect(await makeSeed(ada)).toBeNull();
  });

  it('ends every other session, and gives this one a new token', async () => {
    const other = await signedIn(ada.id);
    const seed = await makeSeed(ada);
    const on = await confirmSeed(ada, await codeOf(seed?.secret ?? ''));
    const left = await database.sql<{ id: string }[]>`select id from session`;
    expect(left).toEqual([{ id: ada.sessionId }]);
    expect(other.sessionId).not.toBe(ada.sessionId);
    expect(await findPerson(on.as === 'on' ? on.token : '')).toMatchObject({ id: ada.id, twoFactor: true });
  });

  it('is kept so that the database alone does not tell the seed', async () => {
    const seed = await makeSeed(ada);
    const [row] = await database.sql<{ sealed: Buffer }[]>`select totp_secret as sealed from person`;
    expect(row?.sealed.includes(Buffer.from(seedOf(seed?.secret ?? '')))).toBe(false);
  });

  it('is set up, renewed and removed only soon after the password was shown', async () => {
    const stale = { ...ada, confirmed: false };
    expect(await makeSeed(stale)).toBeNull();
    await turnOn();
    const later = { ...ada, confirmed: false };
    expect(await makeRecoveryCodes(later)).toBeNull();
    expect(await removeSecondFactor(later)).toEqual({ as: 'missing' });
    expect(await removeSecondFactor(ada)).toMatchObject({ as: 'off' });
    expect((await signedIn(ada.id)).twoFactor).toBe(false);
    expect(await database.sql`select 1 from recovery_code`).toHaveLength(0);
  });

  it('stays with an owner when the site asks owners for it', async () => {
    await database.sql`update person set role = 'owner'`;
    ada = await signedIn(ada.id);
    await turnOn();
    await database.sql`insert into setting (name, value) values ('ownerTwoFactor', 'true')`;
    expect(await removeSecondFactor(ada)).toEqual({ as: 'required' });
  });

  it('that somebody lost is removed by the owner, and by nobody else', async () => {
    await turnOn();
    const owner = await makePerson(database, 'Olga', { role: 'owner' });
    const editor = await makePerson(database, 'Eva', { role: 'editor' });
    expect(await removeSecondFactorOf(editor, ada.id)).toBe(false);
    expect(await removeSecondFactorOf(anonymous, ada.id)).toBe(false);
    expect(await removeSecondFactorOf(owner, owner.id)).toBe(false);
    expect(await removeSecondFactorOf(owner, ada.id)).toBe(true);
    expect(await database.sql`select 1 from session where person_id = ${ada.id}`).toHaveLength(0);
    expect(await removeSecondFactorOf(owner, ada.id)).toBe(false);
  });
});

describe('a code', () => {
  it.each([-1, 0, 1])('is good %i steps from now', async (steps) => {
    const { secret } = await turnOn();
    await database.sql`update person set totp_step = null`;
    expect(await checkCode(anonymous, ada.id, await codeOf(secret, steps))).toMatchObject({ as: 'right' });
  });

  it.each([-3, 3])('is none %i steps from now', async (steps) => {
    const { secret } = await turnOn();
    await database.sql`update person set totp_step = null`;
    expect(await checkCode(anonymous, ada.id, await codeOf(secret, steps))).toEqual({ as: 'wrong' });
  });

  it('serves once, also when many show it at once', async () => {
    const { secret } = await turnOn();
    const code = await codeOf(secret, 1);
    const checks = await Promise.all([1, 2, 3].map(() => checkCode(anonymous, ada.id, code)));
    expect(checks.filter(({ as }) => as === 'right')).toHaveLength(1);
    expect(await checkCode(anonymous, ada.id, code)).not.toMatchObject({ as: 'right' });
  });

  it('earlier than the last one used is none', async () => {
    const { secret } = await turnOn();
    expect(await checkCode(anonymous, ada.id, await codeOf(secret, 1))).toMatchObject({ as: 'right' });
    expect(await checkCode(anonymous, ada.id, await codeOf(secret, 0))).toEqual({ as: 'wrong' });
  });

  it('of somebody else is none', async () => {
    const { secret } = await turnOn();
    const bo = await makePerson(database, 'Bo');
    expect(await checkCode(anonymous, bo.id, await codeOf(secret, 1))).toEqual({ as: 'wrong' });
  });

  it('is not guessed: tries are counted, those at once too', async () => {
    const { secret } = await turnOn();
    const guesses = await Promise.all(
      Array.from({ length: 30 }, (_, i) => checkCode(anonymous, ada.id, `${100_000 + i}`)),
    );
    expect(guesses.filter(({ as }) => as === 'wrong').length).toBeLessThanOrEqual(4);
    expect(await checkCode(anonymous, ada.id, await codeOf(secret, 1))).toMatchObject({ as: 'wait' });
  });
});

describe('a recovery code', () => {
  it('stands in once, however it is typed', async () => {
    const { recoveryCodes } = await turnOn();
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = '', second = ''] = recoveryCodes;
    const typed = first.toUpperCase().replaceAll('-', ' ');
    expect(await checkCode(anonymous, ada.id, typed)).toEqual({ as: 'right', by: 'recovery', recoveryLeft: 9 });
    expect(await checkCode(anonymous, ada.id, first)).toEqual({ as: 'wrong' });
    const twice = await Promise.all([checkCode(anonymous, ada.id, second), checkCode(anonymous, ada.id, second)]);
    expect(twice.filter(({ as }) => as === 'right')).toHaveLength(1);
  });

  it('is kept as a hash only, and worth nothing once there are new ones', async () => {
    const { recoveryCodes } = await turnOn();
    const [old = ''] = recoveryCodes;
    const kept = await database.sql<{ hash: Buffer }[]>`select hash from recovery_code`;
    expect(kept.some(({ hash }) => hash.includes(old.replaceAll('-', '')))).toBe(false);
    const anew = await makeRecoveryCodes(ada);
    expect(await checkCode(anonymous, ada.id, old)).toEqual({ as: 'wrong' });
    expect(await checkCode(anonymous, ada.id, anew?.[9] ?? '')).toMatchObject({ as: 'right' });
  });
});
