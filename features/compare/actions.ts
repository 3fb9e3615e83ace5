'use server';

import { cookies } from 'next/headers';
import { z } from 'zod';
import { sessionCookie } from '@/features/people/cookie';
import { currentDevice, currentLanguage, getViewer } from '@/features/people/viewer';
import type { ChalkLook, Crowd, Measurement } from '@/lib/compare/measured';
import { answerWith } from '@/lib/http/exchange';
import { addressToCount } from '@/lib/http/network';
import { measureWords } from '@/lib/language/measure';
import { lookAtChalk, readChalk, writeChalk } from './chalk';
import { measureCrowd } from './crowd';
import { type Measuring, measureFromServer } from './measure';

/** What the form shows: an outcome, or why there is none. */
export type MeasureState = { problem?: string; measurement?: Measurement };
/** What the board says, and what each mode shows of it. */
export type ChalkState = { problem?: string; written?: number; looks?: ChalkLook[] };
export type CrowdState = { problem?: string; crowd?: Crowd[] };

const asked = z.object({
  page: z
    .string()
    .max(2_000)
    .regex(/^\/[a-z0-9][^?#\\]*$/),
  runs: z.coerce.number().int().min(1).max(10),
});

/** Measures a note in every mode from the server itself, for whoever asks without JavaScript or wants the network left out. */
export async function measureHere(_state: MeasureState, data: FormData): Promise<MeasureState> {
  const viewer = await getViewer();
  const parsed = asked.safeParse({ page: data.get('page'), runs: data.get('runs') });
  if (!parsed.success) return refused(422);
  const found = await measureFromServer(viewer, { ...parsed.data, ...(await asWhoever()) });
  return found.as === 'measured' ? { measurement: found.measurement } : notNow(found);
}

/** Measures ten visitors at once. */
export async function crowdHere(_state: CrowdState, data: FormData): Promise<CrowdState> {
  const viewer = await getViewer();
  const parsed = asked.safeParse({ page: data.get('page'), runs: 1 });
  if (!parsed.success) return refused(422);
  const found = await measureCrowd(viewer, { page: parsed.data.page, ...(await asWhoever()) });
  return found.as === 'measured' ? { crowd: found.crowd } : notNow(found);
}

/** Writes another word on the board, unless it is only looked at, and looks at each mode. */
export async function chalkHere(_state: ChalkState, data: FormData): Promise<ChalkState> {
  const viewer = await getViewer();
  const parsed = asked.safeParse({ page: data.get('page'), runs: 1 });
  if (!parsed.success) return refused(422);
  const { from } = await asWhoever();
  if (data.get('look') === null) {
    const seconds = await writeChalk(viewer, from);
    if (seconds > 0) return notNow({ as: 'wait', seconds });
  }
  return { written: await readChalk(viewer), looks: await lookAtChalk(viewer, parsed.data.page) };
}

/** Whom the server asks as: the session that is at hand, and no other cookie. */
async function asWhoever() {
  const { name } = sessionCookie();
  const held = (await cookies()).get(name)?.value;
  const { address } = await currentDevice();
  return { from: addressToCount(address), cookie: held ? `${name}=${held}` : '' };
}

async function refused(status: number): Promise<{ problem: string }> {
  answerWith(status);
  return { problem: measureWords(await currentLanguage()).form.wrong };
}

async function notNow(found: Exclude<Measuring, { as: 'measured' }>): Promise<{ problem: string }> {
  const { form: words } = measureWords(await currentLanguage());
  const seconds = found.as === 'wait' ? found.seconds : 5;
  answerWith(found.as === 'wait' ? 429 : 503, { 'retry-after': String(seconds) });
  return { problem: found.as === 'wait' ? words.wait(seconds) : words.busy };
}
