import { sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { outage } from '@/db/outage';
import { isAllowed } from '@/features/access/allowed';
import { may } from '@/features/access/policy';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import type { Measured, Rehearsal } from '@/lib/compare/measured';
import { asOutsider, type Client } from './client';
import { ask, nothingMeasured, takeTurn } from './measure';

/** How long the database is away. */
export const OUTAGE_SECONDS = 15;
/** The answer to whoever asked for it leaves first. */
const LEAD_MS = 1_500;
const BETWEEN_ROUNDS_MS = 1_500;
/** No round of requests begins so shortly before the end. */
const LAST_ROUND_SECONDS = 3;
const LOOK_MS = 100;
const BACK_MAX_MS = 20_000;

export type Rehearsing =
  | { as: 'begun'; seconds: number }
  /** Not for this viewer, or not on this site. */
  | { as: 'missing' }
  | { as: 'wait'; seconds: number }
  | { as: 'busy' };

declare global {
  /** What the last one showed; of this process, like the outage itself. */
  var trastiendaRehearsal: Rehearsal | undefined;
}

/** Whether a viewer could begin one, and whether this site is for that; what the last one showed, to whom it is shown. */
export function readRehearsal(viewer: Viewer): { owner: boolean; here: boolean; last: Rehearsal | null } {
  const owner = may(viewer, 'settings.change');
  const here = process.env.REHEARSALS === 'true';
  return { owner, here, last: owner && here ? (globalThis.trastiendaRehearsal ?? null) : null };
}

/**
 * Takes the database away from this process for some seconds, for an owner of a site that is for trying things, and asks
 * meanwhile for a note in each mode as a visitor without a session. Returns as soon as it is certain to begin: what it
 * showed can be read afterwards. It ends by itself, and with the process.
 */
export async function rehearseOutage(
  viewer: Viewer,
  { page, from }: { page: string; from: string },
): Promise<Rehearsing> {
  if (process.env.REHEARSALS !== 'true' || !(await isAllowed(viewer, 'settings.change'))) return { as: 'missing' };
  const turn = await takeTurn(viewer, from);
  if (turn.as !== 'turn') return turn;
  try {
    await record(viewer, { action: 'outage.begin', detail: { seconds: OUTAGE_SECONDS, page }, address: from });
  } catch (error) {
    turn.end();
    throw error;
  }
  void rehearse(page)
    .catch((error) =>
      console.error(`The database was not taken away: ${error instanceof Error ? error.message : error}`),
    )
    .finally(turn.end);
  return { as: 'begun', seconds: OUTAGE_SECONDS };
}

async function rehearse(page: string): Promise<void> {
  await asOutsider(1, async (client) => {
    for (const measured of nothingMeasured()) await ask(client, page, measured, '', new Map()); // somebody was there before
    await pause(LEAD_MS);
    await outage().begin(process.env.DATABASE_URL ?? '', OUTAGE_SECONDS);
    const at = new Date().toISOString();
    const modes = await askMeanwhile(client, page);
    globalThis.trastiendaRehearsal = { page, at, seconds: OUTAGE_SECONDS, modes, backMs: await untilBack() };
  });
}

async function askMeanwhile(client: Client, page: string): Promise<Measured[]> {
  const modes = nothingMeasured();
  const etags = new Map<string, string>();
  while (outage().secondsLeft() > LAST_ROUND_SECONDS) {
    for (const measured of modes) await ask(client, page, measured, '', etags).catch(() => {}); // no answer is an answer
    await pause(BETWEEN_ROUNDS_MS);
  }
  return modes;
}

/** Waits for the end, and then until the database answers; milliseconds between the two, or null when it did not. */
async function untilBack(): Promise<number | null> {
  while (outage().secondsLeft() > 0) await pause(LOOK_MS);
  const ended = performance.now();
  while (performance.now() - ended < BACK_MAX_MS) {
    const there = await database()
      .db.execute(sql`select 1`)
      .then(
        () => true,
        () => false,
      );
    if (there) return performance.now() - ended;
    await pause(LOOK_MS);
  }
  return null;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
