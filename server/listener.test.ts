import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { type CacheEvent, type Listener, listen } from './listener';

let database: TestDatabase;
let listener: Listener | null = null;
let applied: CacheEvent[];
const collect = async (events: CacheEvent[]) => void applied.push(...events);

beforeEach(async () => {
  database = await testDatabase();
  applied = [];
});
afterEach(async () => {
  await listener?.close();
  listener = null;
  await database.drop();
});

const record = async (tag: string): Promise<number> => {
  const [row] = await database.sql<
    { id: string }[]
  >`insert into cache_event (tags, paths) values (${[tag]}, ${[`/${tag}`]}) returning id`;
  await database.sql`select pg_notify('cache_event', ${row?.id ?? ''})`;
  return Number(row?.id);
};
const tags = () => applied.flatMap((event) => event.tags);
const reached = async () => {
  const rows = await database.sql<{ last_event: string }[]>`select last_event from site_instance`;
  return rows.map((row) => Number(row.last_event));
};

describe('the listener', () => {
  it('applies a change when it is announced, and says how far it is', async () => {
    listener = await listen(database.sql, collect);
    const id = await record('one');
    await expect.poll(tags).toEqual(['one']);
    await expect.poll(reached).toEqual([id]);
    expect(applied[0]?.paths).toEqual(['/one']);
  });

  it('leaves alone what was there before it started', async () => {
    const id = await record('old');
    listener = await listen(database.sql, collect);
    await listener.catchUp();
    expect(tags()).toEqual([]);
    expect(await reached()).toEqual([id]);
  });

  it('finds what was never announced', async () => {
    listener = await listen(database.sql, collect);
    await database.sql`insert into cache_event (tags, paths) values ('{a}', '{/a}'), ('{b}', '{/b}')`;
    await listener.catchUp();
    expect(tags()).toEqual(['a', 'b']);
  });

  it('reads what it missed when its connection was cut', async () => {
    listener = await listen(database.sql, collect);
    await database.sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`.catch(
      () => {},
    );
    await record('missed');
    await expect.poll(tags, { timeout: 10_000 }).toEqual(['missed']);
    await record('after');
    await expect.poll(tags, { timeout: 10_000 }).toEqual(['missed', 'after']);
  });

  it('applies a change that commits after a later one, and waits for it before saying so', async () => {
    listener = await listen(database.sql, collect);
    let finish: () => void = () => {};
    const held = new Promise<void>((resolve) => (finish = resolve));
    let started: () => void = () => {};
    const inserted = new Promise<void>((resolve) => (started = resolve));
    const slow = database.sql.begin(async (sql) => {
      await sql`insert into cache_event (tags, paths) values ('{slow}', '{/slow}')`;
      started();
      await held;
    });
    await inserted;
    const fast = await record('fast');
    await expect.poll(tags).toEqual(['fast']);
    await listener.catchUp();
    expect(await reached()).toEqual([fast - 2]);
    finish();
    await slow;
    await listener.catchUp();
    expect(tags()).toEqual(['fast', 'slow']);
    expect(await reached()).toEqual([fast]);
  });

  it('does not wait for ever for a change that was rolled back', async () => {
    listener = await listen(database.sql, collect);
    await database.sql
      .begin(async (sql) => {
        await sql`insert into cache_event (tags, paths) values ('{never}', '{/never}')`;
        throw new Error('rolled back');
      })
      .catch(() => {});
    const id = await record('real');
    await expect
      .poll(async () => {
        await listener?.catchUp();
        return reached();
      })
      .toEqual([id]);
    expect(tags()).toEqual(['real']);
  });

  it('tries again until a change is applied, and does not claim it before', async () => {
    let failures = 2;
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    listener = await listen(database.sql, async (events) => {
      if (failures-- > 0) throw new Error('expected by this test');
      await collect(events);
    });
    const id = await record('one');
    expect(await reached()).not.toEqual([id]);
    await expect.poll(tags, { timeout: 10_000 }).toEqual(['one']);
    await expect.poll(reached).toEqual([id]);
    expect(said).toHaveBeenCalledTimes(2);
    said.mockRestore();
  });

  it('says that it is there while a change takes long', async () => {
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    listener = await listen(database.sql, () => held);
    await record('slow');
    await database.sql`update site_instance set seen_at = now() - interval '1 hour'`;
    const seen = async () => {
      const [row] = await database.sql<{ recently: boolean }[]>`
        select seen_at > now() - interval '10 seconds' as recently from site_instance`;
      return row?.recently;
    };
    await expect.poll(seen, { timeout: 10_000 }).toBe(true);
    release();
  });

  it('takes many changes at once', async () => {
    listener = await listen(database.sql, collect);
    await database.sql`insert into cache_event (tags, paths) select array[n::text], '{}' from generate_series(1, 1200) n`;
    await listener.catchUp();
    expect(applied).toHaveLength(1_200);
  });

  it('is forgotten when it stops, and forgets what is old when it starts', async () => {
    await database.sql`insert into cache_event (tags, paths, at) values ('{old}', '{}', now() - interval '30 days')`;
    await database.sql`insert into site_instance (id, last_event, seen_at) values (gen_random_uuid(), 1, now() - interval '2 hours')`;
    listener = await listen(database.sql, collect);
    expect(await reached()).toHaveLength(1);
    expect(await database.sql`select id from cache_event`).toHaveLength(0);
    await listener.close();
    listener = null;
    expect(await reached()).toHaveLength(0);
  });
});
