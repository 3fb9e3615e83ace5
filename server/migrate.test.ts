import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { migrate } from './migrate';

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

describe('migrations', () => {
  it('run once when several start at the same time', async () => {
    await database.sql`drop schema public cascade`;
    await database.sql`drop schema drizzle cascade`;
    await database.sql`create schema public`;
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    const [row] =
      await database.sql`select count(*)::int as runs, count(distinct hash)::int as migrations from drizzle.__drizzle_migrations`;
    expect(row?.runs).toBe(row?.migrations);
    expect(await database.sql`select 1 from vault`).toHaveLength(0);
  });

  it('refuse data that a newer version has changed', async () => {
    await database.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', 9999999999999)`;
    await expect(migrate(database.url)).rejects.toThrow(/data folder of a newer version/);
  });
});
