import type { Viewer } from '@/features/access/viewer';
import { type Crowd, MODES } from '@/lib/compare/measured';
import { asOutsider } from './client';
import { inTurn, type Measuring } from './measure';

/** Visitors who come at the same moment. */
export const VISITORS = 10;
const ALONE_RUNS = 3;

export type Crowding = { as: 'measured'; crowd: Crowd[] } | Exclude<Measuring, { as: 'measured' }>;

/** How each mode takes ten visitors at once, against one alone. Each asks on a connection of their own. */
export function measureCrowd(
  viewer: Viewer,
  { page, from, cookie }: { page: string; from: string; cookie: string },
): Promise<Crowding> {
  return inTurn(viewer, from, () =>
    asOutsider(VISITORS, async (client) => {
      const crowd: Crowd[] = [];
      const headers = { 'accept-encoding': 'br, gzip', ...(cookie ? { cookie } : {}) };
      for (const mode of MODES) {
        const ask = () => client.ask(`/compare/${mode}${page}`, headers);
        const together = () => Promise.all(Array.from({ length: VISITORS }, ask));
        const { status } = await ask();
        await together(); // the connections are open
        const alone: number[] = [];
        for (let run = 0; run < ALONE_RUNS; run++) alone.push((await ask()).complete);
        crowd.push({ mode, status, alone, together: (await together()).map(({ complete }) => complete) });
      }
      return { as: 'measured', crowd };
    }),
  );
}
