'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { Viewer } from '@/features/access/viewer';
import type { FormState } from '@/lib/form/field';
import { readForm, refuse } from '@/lib/form/read';
import { accountWords } from '@/lib/language/account';
import { confirmAddress } from './address';
import { enter } from './enter';
import { becomeOwner } from './first-owner';
import { acceptInvitation } from './invitations';
import { TooBusy } from './passwords';
import { resetPassword } from './reset';
import { email, password, personName } from './schema';
import { confirmAccount } from './sign-up';
import { currentDevice, currentLanguage, getViewer } from './viewer';

type Words = ReturnType<typeof accountWords>;
const secret = z.string().max(100);

/** Makes the account of the first owner, and signs them in. */
export async function setUpOwner(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  return withLink(form, z.object({ secret, name: personName, email, password }), async (data, words) => {
    const personId = await becomeOwner(viewer, data.secret, data);
    return personId ? arrive(viewer, personId) : gone(form, words);
  });
}

/** Makes the account an invitation was for, and signs whoever it is in. */
export async function setUpInvited(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  return withLink(form, z.object({ secret, name: personName, password }), async (data, words) => {
    const accepted = await acceptInvitation(viewer, data.secret, data);
    if (accepted.as === 'exists') return refuse(409, form, { problem: words.setup.exists });
    return accepted.as === 'made' ? arrive(viewer, accepted.personId) : gone(form, words);
  });
}

/** Confirms an account that was asked for, and signs whoever it is in. */
export async function setUpConfirmed(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  return withLink(form, z.object({ secret, name: personName, password }), async (data, words) => {
    const personId = await confirmAccount(viewer, data.secret, data);
    return personId ? arrive(viewer, personId) : gone(form, words);
  });
}

/** Sets another password. Whoever did it signs in with it: a second factor is still asked for. */
export async function setUpPassword(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  return withLink(form, z.object({ secret, password }), async (data, words) =>
    (await resetPassword(viewer, data.secret, data.password)) ? '/signin?done=password' : gone(form, words),
  );
}

/** Confirms the address that an account was to change to. */
export async function setUpAddress(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  return withLink(form, z.object({ secret }), async (data, words) => {
    const confirmed = await confirmAddress(viewer, data.secret);
    if (confirmed.as === 'exists') return refuse(409, form, { problem: words.setup.exists });
    if (confirmed.as === 'gone') return gone(form, words);
    return viewer.kind === 'person' ? '/account' : '/signin';
  });
}

/** Reads the form of a one-time link, uses it, and leads on to the path that `spend` answers, or back to the form. */
async function withLink<T>(
  form: FormData,
  schema: z.ZodType<T>,
  spend: (data: T, words: Words) => Promise<FormState | string>,
): Promise<FormState> {
  const words = accountWords(await currentLanguage());
  const wrong = { name: words.signUp.nameWrong, email: words.form.email, password: words.setup.weak };
  const read = readForm(schema, form, wrong, words.form.problems);
  if ('refused' in read) return read.refused;
  const next = await unlessBusy(form, words, () => spend(read.data, words));
  return typeof next === 'string' ? redirect(next) : next;
}

async function unlessBusy(form: FormData, words: Words, work: () => Promise<FormState | string>) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TooBusy)) throw error;
    return refuse(503, form, { problem: words.setup.busy }, { 'retry-after': String(error.retrySeconds) });
  }
}

async function arrive(viewer: Viewer, personId: string): Promise<string> {
  await enter(viewer, personId, await currentDevice());
  return '/';
}

const gone = (form: FormData, words: Words): FormState => refuse(404, form, { problem: words.setup.goneMeanwhile });
