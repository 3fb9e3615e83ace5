import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { anonymous } from '@/features/access/viewer';
import { CHALK_WORDS } from '@/lib/compare/measured';
import { readChalk, writeChalk } from './chalk';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

it('has another word each time, comes round, and tells whoever keeps a page with it', async () => {
  expect(await readChalk(anonymous)).toBe(0);
  const words: number[] = [];
  for (let i = 0; i < CHALK_WORDS + 1; i++) {
    expect(await writeChalk(anonymous, 'here')).toBe(0);
    words.push(await readChalk(anonymous));
  }
  expect(words).toEqual([1, 2, 3, 4, 5, 0, 1]);
  const told = await database.sql`select tags, paths from cache_event order by id desc limit 1`;
  expect(told).toEqual([{ tags: ['compare:chalk'], paths: ['/compare/static/*'] }]);
});

it('is not written without end', async () => {
  const waits: number[] = [];
  for (let i = 0; i < 12; i++) waits.push(await writeChalk(anonymous, 'there'));
  expect(waits.filter((seconds) => seconds > 0)).toHaveLength(2);
  expect(await writeChalk(anonymous, 'elsewhere')).toBe(0);
});
