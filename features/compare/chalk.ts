import { Agent } from 'node:http';
import { eq, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { setting } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';
import { countUse } from '@/features/people/throttle';
import { announce, applied } from '@/features/vaults/events';
import { CHALK_WORDS, type ChalkLook, MODES, readStamps } from '@/lib/compare/measured';
import { fetchOnce } from './measure';

const NAME = 'chalk';
const WRITES = 10;
const SPAN_SECONDS = 60;
const WAIT_MS = 3_000;

/** The word on the board, by its place in the list of those there are. One query. */
export async function readChalk(_viewer: Viewer): Promise<number> {
  const [row] = await database().db.select({ value: setting.value }).from(setting).where(eq(setting.name, NAME));
  return typeof row?.value === 'number' ? row.value % CHALK_WORDS : 0;
}

/**
 * Writes the next word on the board, and has forgotten what was kept with the one before, as publishing a note does.
 * Returns the seconds to wait when it was written too often from there, 0 otherwise.
 */
export async function writeChalk(viewer: Viewer, from: string): Promise<number> {
  const seconds = await countUse(viewer, `chalk:${from}`, WRITES, SPAN_SECONDS);
  if (seconds > 0) return seconds;
  const { db } = database();
  const event = await db.transaction(async (tx) => {
    const next = sql`to_jsonb((coalesce((${setting.value} #>> '{}')::int, 0) + 1) % ${CHALK_WORDS}::int)`;
    await tx
      .insert(setting)
      .values({ name: NAME, value: 1 })
      .onConflictDoUpdate({ target: setting.name, set: { value: next, updatedAt: sql`now()` } });
    return announce(tx, { tags: ['compare:chalk'], paths: ['/compare/static/*'] });
  });
  await applied({ db }, event, WAIT_MS);
  return 0;
}

/** Which word each mode's page of a note shows now. */
export async function lookAtChalk(_viewer: Viewer, page: string): Promise<ChalkLook[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const looks: ChalkLook[] = [];
    for (const mode of MODES) {
      const { body } = await fetchOnce(agent, `/compare/${mode}${page}`, { 'accept-encoding': 'identity' });
      const chalk = readStamps(body.toString('utf8')).find((stamp) => stamp.chalk !== null)?.chalk ?? null;
      looks.push({ mode, chalk });
    }
    return looks;
  } finally {
    agent.destroy();
  }
}
