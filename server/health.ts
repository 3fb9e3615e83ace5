import type { Health } from './http';

const FRESH_MS = 1_000;
/** How long an answer is waited for, counted in ticks: while this process itself stands still, no answer can be read. */
const TICK_MS = 100;
const PATIENCE_TICKS = 12;

/**
 * Asks the database whether it is there: at most once a second however often it is called, and never again before the
 * last question was answered. Once it is known to be away, nobody waits to hear so again.
 */
export function watchDatabase(ask: () => Promise<unknown>): Health {
  let there: boolean | null = null;
  let asked = Number.NEGATIVE_INFINITY;
  let asking: Promise<boolean> | null = null;
  const begin = () => {
    asked = performance.now();
    const answer = Promise.resolve()
      .then(ask)
      .then(
        () => true,
        () => false,
      );
    const inTime = withinPatience(answer);
    void inTime.then((is) => (there = is));
    void answer.then((is) => {
      there = is;
      asking = null;
    });
    return inTime;
  };
  return async (anew = false) => {
    if (!asking && (anew || performance.now() - asked > FRESH_MS)) asking = begin();
    const is = asking && (anew || there !== false) ? await asking : there;
    return is ? { status: 'ok', database: 'up' } : { status: 'degraded', database: 'down' };
  };
}

function withinPatience(answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    let ticks = 0;
    timer = setInterval(() => ++ticks === PATIENCE_TICKS && resolve(false), TICK_MS);
  });
  return Promise.race([answer, late]).finally(() => clearInterval(timer));
}
