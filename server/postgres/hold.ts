import postgres from 'postgres';

/**
 * Who uses an embedded PostgreSQL is kept in PostgreSQL, as locks of a session that lasts as long as its process: a
 * killed process lets go by itself, which a lock file would not.
 */
export type Hold = {
  /** Lets go; true when nobody else was holding, so that the caller may stop PostgreSQL. */
  release: () => Promise<boolean>;
};

const SERVING = 7_250_001; // one server at a time
const IN_USE = 7_250_002; // shared by servers and commands
const TRIES = 8;

/** Holds the database at `url`; null when `asServer` and another server has it. `onLost` when the session ends by itself. */
export async function hold(url: string, asServer: boolean, onLost: () => void): Promise<Hold | null> {
  let released = false;
  const onclose = () => {
    if (!released) onLost();
  };
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
    onclose,
    connection: { application_name: 'trastienda hold' },
  });
  const end = () => {
    released = true;
    return sql.end({ timeout: 1 });
  };
  try {
    if (asServer && !(await become(sql))) {
      await end();
      return null;
    }
    await sql`select pg_advisory_lock_shared(${IN_USE})`;
  } catch (error) {
    await end();
    throw error;
  }
  return {
    release: async () => {
      released = true;
      try {
        await sql`select pg_advisory_unlock_shared(${IN_USE})`;
        const [row] = await sql<{ last: boolean }[]>`select pg_try_advisory_lock(${IN_USE}) as last`;
        return row?.last ?? true;
      } catch {
        return true; // PostgreSQL is already gone, or on its way
      } finally {
        await end();
      }
    },
  };
}

/** A server that has just been killed may hold its lock for a moment longer. */
async function become(sql: postgres.Sql): Promise<boolean> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const [row] = await sql<{ mine: boolean }[]>`select pg_try_advisory_lock(${SERVING}) as mine`;
    if (row?.mine) return true;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return false;
}
