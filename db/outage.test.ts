import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Connection, connect } from './connection';
import { outage } from './outage';
import { type TestDatabase, testDatabase } from './testing';

let database: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  process.env.REHEARSALS = 'true';
  connection = connect(database.url, { max: 3 });
});
afterEach(async () => {
  await over();
  await connection.close();
});

/** What befalls a connection that was there. */
const CUT = ['57P01', 'CONNECTION_CLOSED', 'ECONNRESET'];
const over = () => expect.poll(() => outage().secondsLeft(), { timeout: 5_000 }).toBe(0);
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error);
const ask = () => connection.sql`select 1 as one`.then(([row]) => row?.one, codeOf);

it('cuts what is connected, refuses what connects, and ends by itself', async () => {
  const heard: string[] = [];
  await connection.sql.listen('outage_test', (text) => heard.push(text));
  const waiting = connection.sql`select pg_sleep(20)`.then(() => 'slept', codeOf);
  expect(await ask()).toBe(1);
  const began = performance.now();
  await outage().begin(database.url, 2);
  expect(outage().secondsLeft()).toBe(2);
  expect(CUT).toContain(await waiting);
  const answers: unknown[] = [];
  while (outage().secondsLeft() > 0) {
    const answer = await ask();
    if (outage().secondsLeft() > 0) answers.push(answer); // what waited for the end has found it
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(performance.now() - began).toBeGreaterThan(1_900);
  expect(answers.filter((answer) => answer !== 'ECONNREFUSED' && !CUT.includes(String(answer)))).toEqual([]);
  expect(answers.at(-1)).toBe('ECONNREFUSED');
  await expect.poll(ask, { timeout: 8_000 }).toBe(1);
  await expect
    .poll(
      async () => {
        await connection.sql.notify('outage_test', 'again');
        return heard;
      },
      { timeout: 8_000 },
    )
    .toContain('again');
});

it('lets one at a time, of this process alone', async () => {
  await outage().begin(database.url, 1);
  await expect(outage().begin(database.url, 1)).rejects.toThrow('already');
  const late = connect(database.url, { max: 1 });
  expect(await late.sql`select 1`.then(() => 'there', codeOf), 'what connects later too').toBe('ECONNREFUSED');
  await late.close();
});

it('is not for a site that others rely on', async () => {
  process.env.REHEARSALS = 'false';
  await expect(outage().begin(database.url, 1)).rejects.toThrow('not for rehearsals');
  expect([outage().secondsLeft(), await ask()]).toEqual([0, 1]);
});

it('leaves everything as it was when the connections cannot be cut', async () => {
  const nowhere = new URL(database.url);
  nowhere.password = 'wrong';
  nowhere.username = 'nobody';
  await expect(outage().begin(nowhere.href, 5)).rejects.toThrow();
  expect([outage().secondsLeft(), await ask()]).toEqual([0, 1]);
});
