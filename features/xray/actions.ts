'use server';

import { z } from 'zod';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import type { FormState } from '@/lib/form/field';
import { readForm, refuse } from '@/lib/form/read';
import { accountWords } from '@/lib/language/account';
import { xrayWords } from '@/lib/language/xray';
import { changeXrayFor, xrayFor } from './settings';

/** Says who may look at their own requests. */
export async function chooseXrayFor(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const language = await currentLanguage();
  const { required, problems } = accountWords(language).form;
  const read = readForm(z.object({ who: xrayFor }), form, { who: required }, problems);
  if ('refused' in read) return read.refused;
  if (!(await changeXrayFor(viewer, read.data.who))) return refuse(404, form, { problem: problems });
  return { values: { who: read.data.who }, errors: {}, done: xrayWords(language).settings.saved };
}
