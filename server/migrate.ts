import path from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { Trouble } from '@/lib/trouble';

const LOCK = 7_250_003;

/** Brings the database at `url` up to date. Several may ask at once: one does it, the others wait for it. */
export async function migrate(url: string, root = process.cwd()): Promise<void> {
  const migrationsFolder = path.join(root, 'db', 'migrations');
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'trastienda migrations' } });
  try {
    await sql`select pg_advisory_lock(${LOCK})`;
    await refuseNewer(sql, migrationsFolder);
    await runMigrations(drizzle(sql), { migrationsFolder });
  } finally {
    await sql.end({ timeout: 2 });
  }
}

/** An older version must not write to a database whose shape it does not know. */
async function refuseNewer(sql: postgres.Sql, migrationsFolder: string): Promise<void> {
  const [table] = await sql<
    { known: boolean }[]
  >`select to_regclass('drizzle.__drizzle_migrations') is not null as known`;
  if (!table?.known) return;
  const ours = readMigrationFiles({ migrationsFolder }).map(({ hash }) => hash);
  const [stranger] = await sql`select 1 from drizzle.__drizzle_migrations where not (hash = any(${ours})) limit 1`;
  if (stranger) {
    throw new Trouble(
      'This is the data folder of a newer version of Trastienda. Start that version, or set DATA_DIR (or DATABASE_URL) to other data.',
    );
  }
}
