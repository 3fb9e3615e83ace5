import type { Person, Viewer } from '@/features/access/viewer';
import { confirmPerson } from '@/features/people/confirm';
import { TooBusy } from '@/features/people/passwords';
import { PASSWORD_MAX } from '@/features/people/schema';
import { keepToken } from '@/features/people/viewer';
import type { Field, FormState } from '@/lib/form/field';
import { fieldsOf, refuse } from '@/lib/form/read';
import { accountPageWords } from '@/lib/language/account-pages';
import type { InterfaceLanguage } from '@/lib/language/words';

const CODE_MAX = 100;

/** The answer to a form whose sender is no longer signed in. */
export const signedOut = (form: FormData, language: InterfaceLanguage): FormState =>
  refuse(403, form, { problem: accountPageWords(language).signedOut });

/** The answer to who must wait so many seconds. */
export const comeLater = (form: FormData, language: InterfaceLanguage, seconds: number, next?: Field[]): FormState =>
  refuse(429, form, { problem: accountPageWords(language).wait(seconds), next }, { 'retry-after': String(seconds) });

/** Does what hashes a password, or answers that too many wait. */
export async function unlessBusy<T extends FormState | null>(
  form: FormData,
  language: InterfaceLanguage,
  work: () => Promise<T>,
): Promise<T | FormState> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TooBusy)) throw error;
    const problem = accountPageWords(language).busy;
    return refuse(503, form, { problem }, { 'retry-after': String(error.retrySeconds) });
  }
}

/** What a form asks in addition of who has not shown their password lately. */
export function confirmFields(viewer: Viewer, language: InterfaceLanguage): Field[] {
  if (viewer.kind !== 'person' || viewer.confirmed) return [];
  const { confirm: words } = accountPageWords(language);
  const password: Field = {
    name: 'confirm-password',
    type: 'password',
    label: words.password,
    hint: words.hint,
    autoComplete: 'current-password',
    required: true,
    maxLength: PASSWORD_MAX,
  };
  const code: Field = {
    name: 'confirm-code',
    type: 'code',
    label: words.code,
    hint: words.codeHint,
    required: true,
    maxLength: CODE_MAX,
  };
  return viewer.twoFactor ? [password, code] : [password];
}

/**
 * Lets through who has shown their password lately, or shows it with this very form; else the form comes back as it was,
 * `fields` and the question for the password in it. Throws `TooBusy`.
 */
export async function makeSure(
  viewer: Person,
  form: FormData,
  fields: Field[],
  language: InterfaceLanguage,
): Promise<{ sure: Person } | { refused: FormState }> {
  if (viewer.confirmed) return { sure: viewer };
  const { confirm: words } = accountPageWords(language);
  const next = [...fields, ...confirmFields(viewer, language)];
  const given = fieldsOf(form);
  const password = given['confirm-password'] ?? '';
  if (password === '' || password.length > PASSWORD_MAX)
    return { refused: refuse(422, form, { problem: words.first, next }) };
  const answer = await confirmPerson(viewer, password, (given['confirm-code'] ?? '').slice(0, CODE_MAX));
  if (answer.as === 'wait') return { refused: comeLater(form, language, answer.seconds, next) };
  if (answer.as === 'no-password') return { refused: refuse(422, form, { problem: words.noPassword, next }) };
  if (answer.as === 'wrong') {
    const problem = answer.field === 'code' ? words.wrongCode : words.wrongPassword;
    const errors = { [`confirm-${answer.field}`]: problem };
    return { refused: refuse(422, form, { problem, errors, next }) };
  }
  await keepToken(answer.token);
  return { sure: { ...viewer, confirmed: true } };
}
