'use server';

import { refresh } from 'next/cache';
import type { Person } from '@/features/access/viewer';
import {
  confirmSeed,
  makeRecoveryCodes,
  makeSeed,
  pendingSeed,
  removeSecondFactor,
} from '@/features/people/second-factor';
import { currentLanguage, getViewer, keepToken } from '@/features/people/viewer';
import { FRESH } from '@/lib/form/field';
import { fieldsOf, refuse } from '@/lib/form/read';
import { accountPageWords } from '@/lib/language/account-pages';
import type { InterfaceLanguage } from '@/lib/language/words';
import { comeLater, makeSure, signedOut, unlessBusy } from '../answers';
import { stepFields } from './fields';
import { STEPS, type Step, type TwoFactorState } from './state';

type Asked = { viewer: Person; form: FormData; language: InterfaceLanguage };

/** Goes one step with the viewer's second factor; each of them asks for a recent password. */
export async function changeTwoFactor(_state: TwoFactorState, form: FormData): Promise<TwoFactorState> {
  const viewer = await getViewer();
  const language = await currentLanguage();
  if (viewer.kind !== 'person') return signedOut(form, language);
  const { step: asked = '' } = fieldsOf(form);
  const step = STEPS.find((each) => each === asked);
  if (!step) return refuse(404, form, {});
  return unlessBusy<TwoFactorState>(form, language, async () => {
    const made = await makeSure(viewer, form, stepFields(step, language), language);
    if ('refused' in made) return made.refused;
    return STEP[step]({ viewer: made.sure, form, language });
  });
}

const STEP: Record<Step, (asked: Asked) => Promise<TwoFactorState>> = {
  begin: async ({ viewer, form }) => {
    // One that waits may be in their phone already
    const seed = (await pendingSeed(viewer)) ?? (await makeSeed(viewer));
    if (!seed) return refuse(404, form, {});
    refresh();
    return FRESH;
  },
  'turn-on': async ({ viewer, form, language }) => {
    const { twoFactor: words } = accountPageWords(language);
    const on = await confirmSeed(viewer, fieldsOf(form).code ?? '');
    if (on.as === 'wait') return comeLater(form, language, on.seconds);
    if (on.as !== 'on') return refuse(422, form, { problem: words.wrong, errors: { code: words.wrong } });
    await keepToken(on.token);
    refresh();
    return { ...FRESH, done: words.turnedOn, codes: on.recoveryCodes };
  },
  again: async ({ viewer, form }) => {
    const codes = await makeRecoveryCodes(viewer);
    if (!codes) return refuse(404, form, {});
    refresh();
    return { ...FRESH, codes };
  },
  remove: async ({ viewer, form, language }) => {
    const { twoFactor: words } = accountPageWords(language);
    if (fieldsOf(form).sure !== 'on')
      return refuse(422, form, { problem: words.sureWrong, errors: { sure: words.sureWrong } });
    const removed = await removeSecondFactor(viewer);
    if (removed.as === 'required') return refuse(403, form, { problem: words.mustStay });
    if (removed.as === 'missing') return refuse(404, form, {});
    await keepToken(removed.token);
    refresh();
    return { ...FRESH, done: words.removed };
  },
};
