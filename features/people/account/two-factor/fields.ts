import type { Person } from '@/features/access/viewer';
import type { Field } from '@/lib/form/field';
import { accountPageWords } from '@/lib/language/account-pages';
import type { InterfaceLanguage } from '@/lib/language/words';
import { confirmFields } from '../answers';
import type { Step } from './state';

/** What a step asks for, the password left out. */
export function stepFields(step: Step, language: InterfaceLanguage): Field[] {
  const { twoFactor: words } = accountPageWords(language);
  const hidden: Field = { name: 'step', type: 'hidden', label: '', value: step };
  if (step === 'turn-on')
    return [hidden, { name: 'code', type: 'code', label: words.code, required: true, maxLength: 12 }];
  if (step === 'remove') return [hidden, { name: 'sure', type: 'checkbox', label: words.sure, required: true }];
  return [hidden];
}

/** All that a form of a step asks this viewer for. */
export const fieldsFor = (viewer: Person, step: Step, language: InterfaceLanguage): Field[] => [
  ...stepFields(step, language),
  ...confirmFields(viewer, language),
];
