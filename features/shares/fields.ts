import type { Field } from '@/lib/form/field';
import { shareWords } from '@/lib/language/shares';
import type { InterfaceLanguage } from '@/lib/language/words';
import { DAYS_MAX, PASSWORD_MAX, REMARK_MAX } from './schema';

/** What is asked to make a link to a file or a note. */
export function shareFields(language: InterfaceLanguage, target: string | number): Field[] {
  const { make: words } = shareWords(language);
  return [
    { name: 'target', label: '', type: 'hidden', value: String(target) },
    { name: 'days', label: words.days, hint: words.daysHint(DAYS_MAX), value: '7', required: true, maxLength: 2 },
    { name: 'maxUses', label: words.uses, hint: words.usesHint, maxLength: 5 },
    { name: 'password', label: words.password, hint: words.passwordHint, maxLength: PASSWORD_MAX, autoComplete: 'off' },
    { name: 'remark', label: words.remark, maxLength: REMARK_MAX },
  ];
}
