import { type Connection, database } from '@/db/connection';
import { readSettings } from '@/lib/env';
import { migrate } from '@/server/migrate';
import { withDatabase } from '@/server/postgres';

/** Runs `use` on the site's database: the running site's, or one started for as long as this takes. */
export async function withSite<T>(root: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const settings = readSettings(process.env, root);
  return withDatabase(settings, async (url) => {
    process.env.DATABASE_URL = url;
    process.env.DATA_DIR = settings.dataDir;
    if (settings.keyRing) process.env.KEY_RING = settings.keyRing;
    await migrate(url, root);
    const connection = database();
    try {
      return await use(connection);
    } finally {
      await connection.close();
    }
  });
}
