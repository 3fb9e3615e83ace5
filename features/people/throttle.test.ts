import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { anonymous } from '@/features/access/viewer';
import { isDated } from './passwords';
import { checkCredentials } from './sign-in';
import { makePerson, PASSWORD } from './testing/people';
import { countTry, countUse, forgetTries } from './throttle';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.sql`truncate throttle, person, audit cascade`);
afterAll(() => database.drop());

const tryIt = () => countTry(anonymous, 'signin:ada');
/** As if so many seconds had passed on the database's clock. */
const pass = (seconds: number) =>
  database.sql`update throttle set since = since - ${seconds} * interval '1 second', blocked_until = blocked_until - ${seconds} * interval '1 second'`;

describe('tries at something that is guessed', () => {
  it('go on at once four times, and then wait longer and longer, a quarter of an hour at most', async () => {
    const waits: number[] = [];
    for (let i = 0; i < 20; i++) {
      let wait = await tryIt();
      waits.push(wait);
      while (wait > 0) {
        await pass(wait);
        wait = await tryIt();
      }
    }
    expect(waits.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(waits.slice(4, 8)).toEqual([1, 2, 4, 8]);
    expect(Math.max(...waits)).toBe(900);
  });

  it('made at once are counted one by one: no more go on than one after the other', async () => {
    const waits = await Promise.all(Array.from({ length: 50 }, tryIt));
    expect(waits.filter((seconds) => seconds === 0)).toHaveLength(4);
  });

  it('start anew once one succeeded, and after a day', async () => {
    for (let i = 0; i < 6; i++) await tryIt();
    await forgetTries(anonymous, 'signin:ada');
    expect(await tryIt()).toBe(0);
    for (let i = 0; i < 6; i++) await tryIt();
    await pass(2 * 86_400);
    for (let i = 0; i < 4; i++) expect(await tryIt()).toBe(0);
  });

  it('are counted by the database’s clock, whatever this process takes the time for', async () => {
    const real = Date.now;
    try {
      for (let i = 0; i < 4; i++) await tryIt();
      Date.now = () => real() + 86_400_000 * 365;
      expect(await tryIt()).toBeGreaterThan(0);
    } finally {
      Date.now = real;
    }
  });
});

describe('uses of something bounded', () => {
  it('are so many in each span, also when they come at once', async () => {
    const use = () => countUse(anonymous, 'mail:ada', 5, 60);
    const waits = await Promise.all(Array.from({ length: 20 }, use));
    expect(waits.filter((seconds) => seconds === 0)).toHaveLength(5);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60);
    await pass(61);
    expect(await use()).toBe(0);
  });
});

describe('guessing a password', () => {
  const device = (i: number) => ({ address: `198.51.100.${i}`, agent: null });

  it('of one account is slowed down wherever it comes from, the right one too; other accounts go on', async () => {
    await makePerson(database, 'Ada');
    await makePerson(database, 'Bo');
    const guess = (i: number) =>
      checkCredentials(anonymous, { email: 'ADA@example.org', password: `guess ${i}` }, device(i));
    const guesses = await Promise.all(Array.from({ length: 20 }, (_, i) => guess(i)));
    expect(guesses.filter(({ as }) => as === 'wrong').length).toBeLessThanOrEqual(4);
    const right = { email: 'ada@example.org', password: PASSWORD };
    expect(await checkCredentials(anonymous, right, device(99))).toMatchObject({ as: 'wait' });
    const bo = { email: 'bo@example.org', password: PASSWORD };
    expect(await checkCredentials(anonymous, bo, device(99))).toMatchObject({ as: 'known' });
  });

  it('of one account after another ends at sixty from one address, or one IPv6 network', async () => {
    const guess = (i: number) =>
      checkCredentials(
        anonymous,
        { email: `${i}@example.org`, password: 'guess' },
        { address: `2001:db8:1:2:${i.toString(16)}::1`, agent: null },
      );
    const ends = [];
    for (let i = 0; i < 62; i++) ends.push((await guess(i)).as);
    expect(ends.filter((as) => as === 'wrong')).toHaveLength(60);
    expect(ends.slice(60)).toEqual(['wait', 'wait']);
  });

  it('says and does the same for an address without an account, without a password, unconfirmed or disabled', async () => {
    await makePerson(database, 'Ada');
    await makePerson(database, 'Una', { verified: false });
    await makePerson(database, 'Dis');
    await makePerson(database, 'Oda');
    await database.sql`update person set disabled_at = now() where name = 'Dis'`;
    await database.sql`update person set password_hash = null where name = 'Oda'`;
    for (const name of ['una', 'dis', 'oda', 'nobody']) {
      const tried = await checkCredentials(anonymous, { email: `${name}@example.org`, password: PASSWORD }, device(1));
      expect(tried, name).toEqual({ as: 'wrong' });
    }
    const kept = await database.sql<
      { password: string | null }[]
    >`select detail::text || coalesce(subject_id, '') as password from audit`;
    expect(kept.map(({ password }) => password).join('')).not.toContain(PASSWORD);
  });
});

describe('signing in', () => {
  it('hashes a password anew that was hashed with weaker parameters than today’s', async () => {
    const ada = await makePerson(database, 'Ada');
    const weak = await hash(PASSWORD, { memoryCost: 4_096, timeCost: 1, parallelism: 1 });
    await database.sql`update person set password_hash = ${weak} where id = ${ada.id}`;
    const shown = { email: 'ada@example.org', password: PASSWORD };
    expect(await checkCredentials(anonymous, shown, { address: '192.0.2.1', agent: null })).toMatchObject({
      as: 'known',
    });
    const [kept] = await database.sql<{ hash: string }[]>`select password_hash as hash from person`;
    expect(isDated(kept?.hash ?? '')).toBe(false);
    expect(await checkCredentials(anonymous, shown, { address: '192.0.2.1', agent: null })).toMatchObject({
      as: 'known',
    });
  });
});
