import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { migrate } from '../migrate';
import { openPostgres } from '../postgres';

/** The database that each test's own is a copy of. */
export const TEMPLATE = 'trastienda_test_template';

/** Before all tests: one PostgreSQL in a temporary folder, with a migrated database to copy. `TEST_DATABASE_URL` brings another. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) {
    await makeTemplate(process.env.TEST_DATABASE_URL);
    return async () => {};
  }
  const dataDir = await mkdtemp(path.join(tmpdir(), 'trastienda-test-'));
  const database = await openPostgres({ dataDir });
  process.env.TEST_DATABASE_URL = database.url;
  await makeTemplate(database.url);
  return async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  };
}

async function makeTemplate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(`drop database if exists ${TEMPLATE}`);
  await sql.unsafe(`create database ${TEMPLATE}`);
  await sql.end();
  const template = new URL(url);
  template.pathname = `/${TEMPLATE}`;
  await migrate(template.href);
}
