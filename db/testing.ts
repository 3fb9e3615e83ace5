import { randomBytes } from 'node:crypto';
import type postgres from 'postgres';
import { type Connection, connect, type Database } from './connection';

const TEMPLATE = 'trastienda_test_template';

export type TestDatabase = {
  db: Database;
  sql: postgres.Sql;
  url: string;
  connection: Connection;
  drop: () => Promise<void>;
};

/**
 * A migrated, empty database for one test file; `drop` it afterwards. It also becomes the process's own, so that code that
 * asks `database()` finds it.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL is not set: vitest sets it, with server/testing/database.ts.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name} template ${TEMPLATE}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  const url = address.href;
  const connection = connect(url, { max: 5 });
  globalThis.trastiendaConnection = connection;
  process.env.DATABASE_URL = url;
  const drop = async () => {
    if (globalThis.trastiendaConnection === connection) globalThis.trastiendaConnection = undefined;
    await connection.close();
    await onServer(server, `drop database ${name} with (force)`);
  };
  return { db: connection.db, sql: connection.sql, url, connection, drop };
}

async function onServer(url: string, statement: string): Promise<void> {
  const { sql, close } = connect(url, { max: 1 });
  // Copies of one template wait for each other, and PostgreSQL refuses rather than waits
  for (let attempt = 0; ; attempt++) {
    try {
      await sql.unsafe(statement);
      break;
    } catch (error) {
      if (attempt > 40 || !(error instanceof Error && 'code' in error && error.code === '55006')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 150));
    }
  }
  await close();
}
