'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { allowedPerson } from '@/features/access/allowed';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { type FormState, FRESH } from '@/lib/form/field';
import { readForm, refuse } from '@/lib/form/read';
import { studioWords } from '@/lib/language/studio';
import { DOWNLOAD_DAYS_MAX, SIGN_UP, settingsShape, XRAY_FOR } from './schema';
import { changeSettings } from './write';

const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');
const settingsForm = z.object({
  signup: z.enum(SIGN_UP),
  ownerTwoFactor: ticked,
  xray: z.enum(XRAY_FOR),
  downloadDays: z.coerce.number().pipe(settingsShape.downloadDays.unwrap()),
  uploadMegabytes: z.coerce.number().pipe(settingsShape.uploadMegabytes.unwrap()),
  quotaMegabytes: z.coerce.number().pipe(settingsShape.quotaMegabytes.unwrap()), // an empty field is 0
});

/** Changes what the owner decides about the whole site. */
export async function changeSiteSettings(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const { settings: words, gone } = studioWords(await currentLanguage());
  if (!(await allowedPerson(viewer, 'settings.change', 'setting.change'))) return refuse(404, form, { problem: gone });
  const read = readForm(
    settingsForm,
    form,
    {
      signup: words.choose,
      xray: words.choose,
      downloadDays: words.downloadDaysHint(DOWNLOAD_DAYS_MAX),
      uploadMegabytes: words.megabytes,
      quotaMegabytes: words.megabytes,
    },
    words.choose,
  );
  if ('refused' in read) return read.refused;
  const changed = await changeSettings(viewer, read.data);
  if (changed.as === 'missing') return refuse(404, form, { problem: gone });
  if (changed.as === 'needs-two-factor')
    return refuse(409, form, { problem: words.first, errors: { ownerTwoFactor: words.first } });
  refresh();
  return { ...FRESH, done: words.done };
}
