import type { Person } from '@/features/access/viewer';
import { PASSWORD_MAX } from '@/features/people/schema';
import type { Field } from '@/lib/form/field';
import { accountPageWords } from '@/lib/language/account-pages';
import { serverTimeZone } from '@/lib/language/moment';
import { languageName } from '@/lib/language/tag';
import { timeZones } from '@/lib/language/time-zones';
import { INTERFACE_LANGUAGES, type InterfaceLanguage } from '@/lib/language/words';

/** What a person says of themself, as it is now. */
export function profileFields(viewer: Person, language: InterfaceLanguage): Field[] {
  const { profile: words } = accountPageWords(language);
  return [
    {
      name: 'name',
      label: words.name,
      hint: words.nameHint,
      value: viewer.name,
      autoComplete: 'name',
      required: true,
      maxLength: 80,
    },
    {
      name: 'language',
      type: 'select',
      label: words.language,
      hint: words.languageHint,
      value: viewer.language ?? '',
      options: [
        { value: '', label: words.languageAuto },
        ...INTERFACE_LANGUAGES.map((each) => ({ value: each, label: languageName(each) })),
      ],
    },
    {
      name: 'theme',
      type: 'select',
      label: words.theme,
      value: viewer.theme ?? '',
      options: [
        { value: '', label: words.themeAuto },
        { value: 'light', label: words.light },
        { value: 'dark', label: words.dark },
      ],
    },
    {
      name: 'timeZone',
      type: 'select',
      label: words.timeZone,
      value: viewer.timeZone ?? '',
      options: [
        { value: '', label: words.timeZoneAuto(serverTimeZone()) },
        ...timeZones(language, viewer.timeZone, new Date()),
      ],
    },
  ];
}

/** The new e-mail address. */
export const addressField = (language: InterfaceLanguage): Field => ({
  name: 'email',
  type: 'email',
  label: accountPageWords(language).email.field,
  autoComplete: 'email',
  required: true,
  maxLength: 254,
});

/** What changes the password; `hasPassword` false for who has none to show. */
export function passwordFields(hasPassword: boolean, language: InterfaceLanguage): Field[] {
  const { password: words } = accountPageWords(language);
  const next: Field = {
    name: 'new-password',
    type: 'password',
    label: words.next,
    hint: words.hint,
    autoComplete: 'new-password',
    required: true,
    maxLength: PASSWORD_MAX,
  };
  if (!hasPassword) return [next];
  const current: Field = {
    name: 'current-password',
    type: 'password',
    label: words.current,
    autoComplete: 'current-password',
    required: true,
    maxLength: PASSWORD_MAX,
  };
  return [current, next];
}
