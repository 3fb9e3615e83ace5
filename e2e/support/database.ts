import postgres from 'postgres';
import type { Site } from './site';

/** Asks the site's own database, as its administrator. */
export async function withDatabase<T>(site: Site, use: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(await site.databaseUrl(), {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'e2e' },
  });
  try {
    return await use(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}
