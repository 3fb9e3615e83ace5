import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testDatabase } from '@/db/testing';
import { watchDatabase } from './health';

const UP = { status: 'ok', database: 'up' };
const DOWN = { status: 'degraded', database: 'down' };
const later = () => vi.advanceTimersByTimeAsync(2_000);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('watching the database', () => {
  it('asks once a second, however often it is asked', async () => {
    const ask = vi.fn(async () => 1);
    const health = watchDatabase(ask);
    expect(await Promise.all([health(), health(), health()])).toEqual([UP, UP, UP]);
    await health();
    expect(ask).toHaveBeenCalledTimes(1);
    await later();
    await health();
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('takes it for away when it does not answer, says so at once from then on, and asks nothing more until it does', async () => {
    let thaw: () => void = () => {};
    const ask = vi.fn(() => new Promise<void>((resolve) => (thaw = resolve)));
    const health = watchDatabase(ask);
    const first = health();
    await vi.advanceTimersByTimeAsync(1_600);
    expect(await first).toEqual(DOWN);
    await later();
    expect(await health()).toEqual(DOWN); // no timer runs: it would wait for ever
    expect(ask).toHaveBeenCalledTimes(1);
    thaw();
    await later();
    ask.mockResolvedValue();
    expect(await health()).toEqual(UP);
  });

  it('hears that it is back, without anybody waiting for it', async () => {
    const ask = vi.fn(async (): Promise<unknown> => {
      throw new Error('refused');
    });
    const health = watchDatabase(ask);
    expect(await health()).toEqual(DOWN);
    ask.mockResolvedValue(1);
    await later();
    await health();
    await vi.advanceTimersByTimeAsync(1);
    expect(await health()).toEqual(UP);
  });

  it('asks anew for whoever has reason to doubt it', async () => {
    const ask = vi.fn(async (): Promise<unknown> => 1);
    const health = watchDatabase(ask);
    expect(await health()).toEqual(UP);
    ask.mockRejectedValue(new Error('refused'));
    expect(await health()).toEqual(UP);
    expect(await health(true)).toEqual(DOWN);
  });

  it('does not take it for away because this process was too busy to hear it', async () => {
    vi.useRealTimers();
    const { sql, drop } = await testDatabase();
    const health = watchDatabase(() => sql`select 1`);
    const asked = health();
    await new Promise((resolve) => setTimeout(resolve, 5)); // the question is on its way
    for (const until = performance.now() + 1_500; performance.now() < until; );
    expect(await asked).toEqual(UP);
    await drop();
  });
});
