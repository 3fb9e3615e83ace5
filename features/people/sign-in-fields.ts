import type { Field } from '@/lib/form/field';
import type { accountWords } from '@/lib/language/account';

type Words = ReturnType<typeof accountWords>;

/** What the form for signing in asks first; `to` is the path to go on to. */
export const passwordFields = ({ signIn }: Words, to: string): Field[] => [
  { name: 'email', type: 'email', label: signIn.email, autoComplete: 'username', required: true, maxLength: 254 },
  {
    name: 'password',
    type: 'password',
    label: signIn.password,
    autoComplete: 'current-password',
    required: true,
    maxLength: 256,
  },
  { name: 'to', type: 'hidden', label: '', value: to },
];

/** What it asks next of who has a second factor. */
export const codeFields = ({ secondFactor }: Words, ticket: string): Field[] => [
  { name: 'ticket', type: 'hidden', label: '', value: ticket },
  { name: 'code', type: 'code', label: secondFactor.code, hint: secondFactor.hint, required: true, maxLength: 100 },
];
