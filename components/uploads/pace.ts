/** Bytes per second over the last few seconds. */
export type Pace = { note: (sent: number) => void; reset: () => void; speed: () => number | null };

const WINDOW_MS = 5_000;
const ENOUGH_MS = 500;

/** Measures how fast something goes by what is noted of it. */
export function makePace(now: () => number = () => performance.now()): Pace {
  let seen: { at: number; sent: number }[] = [];
  return {
    note: (sent) => {
      if (sent < (seen.at(-1)?.sent ?? 0)) seen = []; // it was cut, and goes on from further back
      const at = now();
      seen = [...seen.filter((each) => at - each.at < WINDOW_MS), { at, sent }];
    },
    reset: () => {
      seen = [];
    },
    speed: () => {
      const [first, last] = [seen[0], seen.at(-1)];
      if (!first || !last || last.at - first.at < ENOUGH_MS) return null;
      return ((last.sent - first.sent) * 1_000) / (last.at - first.at);
    },
  };
}
