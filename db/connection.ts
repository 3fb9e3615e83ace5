import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { observeQueries } from '@/lib/observe/queries';
import { connectionName, outage } from './outage';
import * as schema from './schema';

export type Database = PostgresJsDatabase<typeof schema>;
/** A database or a transaction in it. */
export type Executor = Database | Parameters<Parameters<Database['transaction']>[0]>[0];
export type Connection = { db: Database; sql: postgres.Sql; close: () => Promise<void> };

/**
 * Opens a pool on `url`. Connections are made on first use, retried by postgres.js with backoff, and given up after
 * `connectSeconds`; a statement that runs longer than `statementSeconds` is cancelled by PostgreSQL.
 */
export function connect(
  url: string,
  {
    max = 10,
    connectSeconds = 5,
    statementSeconds = 30,
  }: { max?: number; connectSeconds?: number; statementSeconds?: number } = {},
): Connection {
  const client = postgres(url, {
    max,
    connect_timeout: connectSeconds,
    idle_timeout: 60,
    backoff: (tries: number) => Math.min(0.05 * 2 ** tries, 1), // its own waits twenty seconds after a few tries
    onnotice: () => {},
    connection: { application_name: connectionName(), statement_timeout: statementSeconds * 1000 },
  });
  const leave = outage().include(client.options);
  const sql = observeQueries(client);
  const close = async () => {
    leave();
    await sql.end({ timeout: 5 });
  };
  return { db: drizzle(sql, { schema }), sql, close };
}

declare global {
  /** Shared by the server's module graph and Next's, which meet only here, in PostgreSQL and over HTTP. */
  var trastiendaConnection: Connection | undefined;
}

/** The process's own pool, on `DATABASE_URL`. Throws when the variable is not set. */
export function database(): Connection {
  if (globalThis.trastiendaConnection) return globalThis.trastiendaConnection;
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set: the server sets it once PostgreSQL runs.');
  globalThis.trastiendaConnection = connect(url);
  return globalThis.trastiendaConnection;
}
