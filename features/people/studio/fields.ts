import { ROLES, type Role } from '@/features/access/viewer';
import type { Field } from '@/lib/form/field';
import { studioWords } from '@/lib/language/studio';
import type { InterfaceLanguage } from '@/lib/language/words';

/** A choice of role. */
export function roleField(language: InterfaceLanguage, value: Role, hint?: string): Field {
  const { role, roleHint } = studioWords(language);
  const label = studioWords(language).invite.role;
  const options = ROLES.map((each) => ({ value: each, label: `${role[each]}: ${lower(roleHint[each])}` }));
  return { name: 'role', type: 'select', label, hint, value, options };
}

/** A box for each group, ticked when it is among `held`; `label` says what a name alone would not. */
export const groupFields = (
  groups: { id: number; name: string }[],
  held: readonly string[],
  label = (name: string) => name,
): Field[] =>
  groups.map(({ id, name }) => ({
    name: `group-${id}`,
    type: 'checkbox',
    label: label(name),
    value: held.includes(name) ? 'on' : '',
  }));

/** What a form is about, unseen. */
export const hidden = (name: string, value: string | number): Field => ({
  name,
  type: 'hidden',
  label: '',
  value: String(value),
});

/** Asks once whether what cannot be undone is meant. */
export const sureField = (label: string): Field => ({ name: 'sure', type: 'checkbox', label, required: true });

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
