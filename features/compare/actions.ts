'use server';

import { cookies } from 'next/headers';
import { z } from 'zod';
import { sessionCookie } from '@/features/people/cookie';
import { currentDevice, currentLanguage, getViewer } from '@/features/people/viewer';
import type { Measurement } from '@/lib/compare/measured';
import { answerWith } from '@/lib/http/exchange';
import { addressToCount } from '@/lib/http/network';
import { measureWords } from '@/lib/language/measure';
import { measureFromServer } from './measure';

/** What the form shows: an outcome, or why there is none. */
export type MeasureState = { problem?: string; measurement?: Measurement };

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
  const [language, device] = await Promise.all([currentLanguage(), currentDevice()]);
  const { form: words } = measureWords(language);
  const parsed = asked.safeParse({ page: data.get('page'), runs: data.get('runs') });
  if (!parsed.success) {
    answerWith(422);
    return { problem: words.wrong };
  }
  const { name } = sessionCookie();
  const held = (await cookies()).get(name)?.value;
  const found = await measureFromServer(viewer, {
    ...parsed.data,
    from: addressToCount(device.address),
    cookie: held ? `${name}=${held}` : '',
  });
  if (found.as === 'wait') {
    answerWith(429, { 'retry-after': String(found.seconds) });
    return { problem: words.wait(found.seconds) };
  }
  if (found.as === 'busy') {
    answerWith(503, { 'retry-after': '5' });
    return { problem: words.busy };
  }
  return { measurement: found.measurement };
}
