import { database } from '@/db/connection';
import type { Health } from './http';

const FRESH_MS = 1_000;
const PATIENCE_MS = 1_500;

/** Asks the database whether it is there, at most once a second however often it is called. */
export function watchDatabase(ask: () => Promise<unknown> = () => database().sql`select 1`): Health {
  let asked = 0;
  let answer: Promise<boolean> = Promise.resolve(false);
  return async () => {
    if (performance.now() - asked > FRESH_MS || asked === 0) {
      asked = performance.now();
      answer = answers(ask);
    }
    return (await answer) ? { status: 'ok', database: 'up' } : { status: 'degraded', database: 'down' };
  };
}

async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const there = Promise.resolve()
    .then(ask)
    .then(
      () => true,
      () => false,
    );
  return Promise.race([there, late]).finally(() => clearTimeout(timer));
}
