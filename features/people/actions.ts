'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { Viewer } from '@/features/access/viewer';
import { sendsMail } from '@/features/mail/transport';
import { type FormState, FRESH } from '@/lib/form/field';
import { fieldsOf, readForm, refuse } from '@/lib/form/read';
import { safePath } from '@/lib/http/own-path';
import { accountWords } from '@/lib/language/account';
import { enter } from './enter';
import { TooBusy } from './passwords';
import { askForReset } from './reset';
import { email, PASSWORD_MAX, personName } from './schema';
import { checkCredentials, finishSignIn, ticketFor } from './sign-in';
import { codeFields, passwordFields } from './sign-in-fields';
import { askForAccount } from './sign-up';
import { dropTicket } from './ticket-cookie';
import { currentDevice, currentLanguage, getViewer } from './viewer';

type Words = ReturnType<typeof accountWords>;

const signInForm = z.object({
  email: z.string().trim().min(1).max(254),
  password: z.string().min(1).max(PASSWORD_MAX),
  to: z.string().max(2_000).default('/'),
});

/** Signs a visitor in and sends them where they were going; who has a second factor is asked for its code next. */
export async function signIn(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const words = accountWords(await currentLanguage());
  const { ticket } = fieldsOf(form);
  if (ticket !== undefined) return showCode(viewer, form, ticket, words);
  const { required, problems } = words.form;
  const read = readForm(signInForm, form, { email: required, password: required }, problems);
  if ('refused' in read) return read.refused;
  const device = await currentDevice();
  const to = safePath(read.data.to);
  try {
    const found = await checkCredentials(viewer, read.data, device);
    if (found.as === 'wait') return tooOften(form, words, found.seconds);
    if (found.as === 'wrong') return refuse(422, form, { problem: words.signIn.wrong });
    if (found.twoFactor) {
      const next = codeFields(words, await ticketFor(viewer, found.personId, to));
      return { ...FRESH, done: words.secondFactor.lead, next };
    }
    await enter(viewer, found.personId, device);
  } catch (error) {
    if (!(error instanceof TooBusy)) throw error;
    return refuse(503, form, { problem: words.signIn.busy }, { 'retry-after': String(error.retrySeconds) });
  }
  redirect(to);
}

const codeForm = z.object({ ticket: z.string().max(8_192), code: z.string().trim().min(1).max(100) });

async function showCode(viewer: Viewer, form: FormData, ticket: string, words: Words): Promise<FormState> {
  const next = codeFields(words, ticket);
  const read = readForm(codeForm, form, { code: words.form.required }, words.form.problems);
  if ('refused' in read) return { ...read.refused, next };
  const device = await currentDevice();
  const shown = await finishSignIn(viewer, read.data, device);
  if (shown.as === 'late') {
    await dropTicket();
    return refuse(422, form, { problem: words.secondFactor.late, next: passwordFields(words, '/') });
  }
  if (shown.as === 'wait') return { ...tooOften(form, words, shown.seconds), next };
  if (shown.as === 'wrong')
    return refuse(422, form, { problem: words.form.problems, errors: { code: words.secondFactor.wrong }, next });
  await dropTicket();
  await enter(viewer, shown.personId, device);
  redirect(safePath(shown.to));
}

const tooOften = (form: FormData, words: Words, seconds: number): FormState =>
  refuse(429, form, { problem: words.signIn.wait(seconds) }, { 'retry-after': String(seconds) });

const signUpForm = z.object({ name: personName, email });

/** Asks for an account. The answer does not tell whether the address has one. */
export async function signUp(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const language = await currentLanguage();
  const { signUp: words, form: common } = accountWords(language);
  const read = readForm(signUpForm, form, { name: words.nameWrong, email: common.email }, common.problems);
  if ('refused' in read) return read.refused;
  const asked = await askForAccount(viewer, { ...read.data, language }, await currentDevice());
  if (asked.as === 'closed') return refuse(403, form, { problem: words.byInvitation });
  if (asked.as === 'wait') {
    return refuse(429, form, { problem: words.wait(asked.seconds) }, { 'retry-after': String(asked.seconds) });
  }
  return { ...FRESH, done: sendsMail() ? words.sent : words.waits, next: [] };
}

const forgottenForm = z.object({ email });

/** Asks for a link to a new password. The answer does not tell whether the address has an account. */
export async function forget(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const language = await currentLanguage();
  const { forgotten: words, signUp: often, form: common } = accountWords(language);
  const read = readForm(forgottenForm, form, { email: common.email }, common.problems);
  if ('refused' in read) return read.refused;
  const asked = await askForReset(viewer, { ...read.data, language }, await currentDevice());
  if (asked.as === 'wait') {
    return refuse(429, form, { problem: often.wait(asked.seconds) }, { 'retry-after': String(asked.seconds) });
  }
  return { ...FRESH, done: sendsMail() ? words.sent : words.waits, next: [] };
}
