import { sql as raw } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { duringTrace, type Span, type Trace, tallying } from './trace';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const freshTrace = (): Trace => ({
  id: 'f'.repeat(32),
  origin: performance.now(),
  spans: [],
  omitted: 0,
  person: null,
});
const said = (spans: Span[]) => spans.map(({ name, facts }) => [name.trim(), facts.rows]);

it('sees each query of the work it observes, with its rows and its time, and no other', async () => {
  const trace = freshTrace();
  await database.sql`select 1 as outside`;
  await duringTrace(trace, async () => {
    await database.db.execute(raw`select * from generate_series(1, ${3}::int)`);
    await database.sql`select ${'word'} as one`;
  });
  await database.sql`select 2 as outside`;
  expect(said(trace.spans)).toEqual([
    ['select * from generate_series(1, $1::int)', 3],
    ['select $1 as one', 1],
  ]);
  expect(trace.spans.map((span) => span.facts.parameters)).toEqual([['3'], ['word']]);
  for (const { begin, end } of trace.spans) expect((end ?? Number.NaN) - begin).toBeGreaterThan(0);
});

it('counts what a transaction takes, whether it is kept or taken back', async () => {
  const trace = freshTrace();
  const { queries } = await duringTrace(trace, () =>
    tallying(async () => {
      await database.db.transaction((tx) => tx.execute(raw`select 1`));
      await database.db
        .transaction(async (tx) => {
          await tx.execute(raw`select 2`);
          throw new Error('no');
        })
        .catch(() => {});
    }),
  );
  expect(trace.spans.map((span) => span.name)).toEqual([
    'begin',
    'select 1',
    'commit',
    'begin',
    'select 2',
    'rollback',
  ]);
  expect(queries).toBe(6);
  expect(trace.spans.every((span) => span.end !== null)).toBe(true);
});

it('tells of a query that fails, which fails all the same', async () => {
  const trace = freshTrace();
  await expect(duringTrace(trace, async () => await database.sql`select * from nowhere`)).rejects.toThrow('nowhere');
  expect(trace.spans[0]?.facts.failed).toBe('42P01');
});

it('keeps no value of a query that touches what opens something', async () => {
  const trace = freshTrace();
  const canary = 'quincecanary';
  await duringTrace(trace, async () => {
    await database.sql`select id from person where password_hash = ${canary}`;
    await database.sql`select person_id from token where hash = ${Buffer.from(canary)}`;
    await database.sql`select ${Buffer.from(canary)}::bytea, ${`${canary}${'x'.repeat(40)}`}::text, ${`${canary}@example.org`}::text`;
  });
  expect(JSON.stringify(trace.spans)).not.toContain(canary);
});
