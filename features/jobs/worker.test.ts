import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '@/db/connection';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { enqueue } from './enqueue';
import { type Handler, startWorker, type Worker } from './worker';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.sql`delete from job`);
afterAll(() => database.drop());

async function withWorker(handlers: Record<string, Handler>, use: (worker: Worker) => Promise<void>): Promise<void> {
  const worker = await startWorker(database.connection, handlers);
  await use(worker).finally(worker.close);
}
const rows = () => database.sql<
  { kind: string; attempts: number; last_error: string | null; failed_at: string | null }[]
>`
  select kind, attempts, last_error, failed_at from job order by id`;
const until = async (what: () => boolean) => {
  for (let i = 0; i < 200 && !what(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(what()).toBe(true);
};

describe('a job', () => {
  it('is done soon after it was left, once, and then gone', async () => {
    const done: unknown[] = [];
    await withWorker({ greet: async ({ payload }) => void done.push(payload) }, async (worker) => {
      await enqueue(database.db, { kind: 'greet', payload: { name: 'Ada' } });
      await until(() => done.length > 0);
      await worker.idle();
    });
    expect(done).toEqual([{ name: 'Ada' }]);
    expect(await rows()).toEqual([]);
  });

  it('is only there when what it belongs to is', async () => {
    const work = { kind: 'greet', payload: {} };
    await database.db
      .transaction(async (tx) => {
        await enqueue(tx, work);
        throw new Error('undone');
      })
      .catch(() => {});
    expect(await rows()).toEqual([]);
  });

  it('waits once for each key, and for its time', async () => {
    const work = { kind: 'greet', payload: {}, key: 'greet:ada', afterSeconds: 3_600 };
    expect(await enqueue(database.db, work)).toBe(true);
    expect(await enqueue(database.db, work)).toBe(false);
    const done: unknown[] = [];
    await withWorker({ greet: async (job) => void done.push(job) }, (worker) => worker.idle());
    expect([done.length, (await rows()).length]).toEqual([0, 1]);
  });

  it('that fails is tried again later, and kept for a look when it always does', async () => {
    await enqueue(database.db, { kind: 'greet', payload: {}, key: 'a' });
    const fail: Handler = () => Promise.reject(new Error('no voice'));
    await withWorker({ greet: fail }, (worker) => worker.idle());
    expect(await rows()).toEqual([{ kind: 'greet', attempts: 1, last_error: 'no voice', failed_at: null }]);
    await withWorker({ greet: fail }, (worker) => worker.idle());
    expect(await rows()).toMatchObject([{ attempts: 1 }]);
    await database.sql`update job set attempts = 7, run_at = now()`;
    await withWorker({ greet: fail }, (worker) => worker.idle());
    expect(await rows()).toMatchObject([{ attempts: 8, failed_at: expect.any(String) }]);
    expect(await enqueue(database.db, { kind: 'greet', payload: {}, key: 'a' })).toBe(true);
  });

  it('of a process that died is done by another', async () => {
    await enqueue(database.db, { kind: 'greet', payload: {} });
    const done: number[] = [];
    const greet: Handler = async ({ id }) => void done.push(id);
    await database.sql`update job set leased_until = now() + interval '1 minute', attempts = 1`;
    await withWorker({ greet }, (worker) => worker.idle());
    expect(done).toEqual([]);
    await database.sql`update job set leased_until = now() - interval '1 second'`;
    await withWorker({ greet }, (worker) => worker.idle());
    expect(done).toHaveLength(1);
  });

  it('is done once however many workers there are, and left by those who cannot do it', async () => {
    for (let i = 0; i < 40; i++) await enqueue(database.db, { kind: 'greet', payload: { i } });
    await enqueue(database.db, { kind: 'unknown', payload: {} });
    const done: unknown[] = [];
    const greet: Handler = async ({ payload }) => void done.push(payload.i);
    const others = [1, 2, 3].map(() => connect(database.url, { max: 2 }));
    const workers = await Promise.all(others.map((connection) => startWorker(connection, { greet })));
    await Promise.all(workers.map((worker) => worker.idle()));
    await Promise.all(workers.map((worker) => worker.close()));
    await Promise.all(others.map((connection) => connection.close()));
    expect([...done].sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(await rows()).toMatchObject([{ kind: 'unknown', attempts: 0 }]);
  });
});
