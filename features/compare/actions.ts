'use server';

import { cookies } from 'next/headers';
import { z } from 'zod';
import { allowedPerson } from '@/features/access/allowed';
import { sessionCookie } from '@/features/people/cookie';
import { countUse } from '@/features/people/throttle';
import { currentDevice, currentLanguage, getViewer } from '@/features/people/viewer';
import type { Crowd, Measurement, WordLook } from '@/lib/compare/measured';
import { answerWith } from '@/lib/http/exchange';
import { addressToCount } from '@/lib/http/network';
import { measureWords } from '@/lib/language/measure';
import { whatIfWords } from '@/lib/language/what-if';
import { measureCrowd } from './crowd';
import { changeDemonstration, DEMONSTRATED, findDemonstration, lookAtDemonstration } from './demonstration';
import { type Measuring, measureFromServer } from './measure';
import { rehearseOutage } from './outage';

/** What the form shows: an outcome, or why there is none. */
export type MeasureState = { problem?: string; measurement?: Measurement };
/** What the note that changes says, and what each mode shows of it. */
export type ChangeState = { problem?: string; written?: string; looks?: WordLook[] };
/** For how many seconds the database is away. */
export type OutageState = { problem?: string; seconds?: number };
export type CrowdState = { problem?: string; crowd?: Crowd[] };

/** Each is a request for every mode. */
const LOOKS = 20;
const SPAN_SECONDS = 60;

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

/** Has the note that is there for it say another word, unless it is only looked at, and looks at each mode. */
export async function changeHere(_state: ChangeState, data: FormData): Promise<ChangeState> {
  const viewer = await getViewer();
  const { change: words } = whatIfWords(await currentLanguage());
  const slug = z.enum(DEMONSTRATED).safeParse(data.get('vault'));
  const note = slug.success ? await findDemonstration(viewer, slug.data) : null;
  if (!note) return refused(404, words.gone);
  const { from } = await asWhoever();
  const seconds = await countUse(viewer, `look:${from}`, LOOKS, SPAN_SECONDS);
  if (seconds > 0) return later(429, seconds, words.often(seconds));
  if (data.get('look') !== null) return { written: note.word, looks: await lookAtDemonstration(viewer, note.href) };
  await lookAtDemonstration(viewer, note.href); // what keeps pages has one to be wrong with
  const changed = await changeDemonstration(viewer, note.slug, from);
  if (changed.as === 'missing') return refused(404, words.gone);
  if (changed.as === 'busy') return later(503, 5, words.busy);
  if (changed.as === 'wait') return later(429, changed.seconds, words.often(changed.seconds));
  return { written: changed.word, looks: await lookAtDemonstration(viewer, changed.href) };
}

/** Takes the database away for some seconds; for owners of a site that is for trying things. */
export async function outageHere(_state: OutageState, data: FormData): Promise<OutageState> {
  const viewer = await getViewer();
  const { wrong } = whatIfWords(await currentLanguage()).outage;
  if (!(await allowedPerson(viewer, 'settings.change', 'outage.begin'))) return refused(404, wrong);
  const parsed = asked.safeParse({ page: data.get('page'), runs: 1 });
  if (!parsed.success) return refused(422, wrong);
  const { from } = await asWhoever();
  const found = await rehearseOutage(viewer, { page: parsed.data.page, from });
  if (found.as === 'missing') return refused(404, wrong);
  return found.as === 'begun' ? { seconds: found.seconds } : notNow(found);
}

/** Whom the server asks as: the session that is at hand, and no other cookie. */
async function asWhoever() {
  const { name } = sessionCookie();
  const held = (await cookies()).get(name)?.value;
  const { address } = await currentDevice();
  return { from: addressToCount(address), cookie: held ? `${name}=${held}` : '' };
}

async function refused(status: number, problem?: string): Promise<{ problem: string }> {
  answerWith(status);
  return { problem: problem ?? measureWords(await currentLanguage()).form.wrong };
}

async function notNow(found: Exclude<Measuring, { as: 'measured' }>): Promise<{ problem: string }> {
  const { form: words } = measureWords(await currentLanguage());
  if (found.as === 'wait') return later(429, found.seconds, words.wait(found.seconds));
  return later(503, 5, words.busy);
}

function later(status: number, seconds: number, problem: string): { problem: string } {
  answerWith(status, { 'retry-after': String(seconds) });
  return { problem };
}
