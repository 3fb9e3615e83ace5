'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { sendsMail } from '@/features/mail/transport';
import { deleteAccount } from '@/features/people/account-delete';
import { askForAddress } from '@/features/people/address';
import { changePassword } from '@/features/people/change-password';
import { keepAddress, saveProfile } from '@/features/people/profile';
import { email, emailKey, PASSWORD_MAX, password, personName } from '@/features/people/schema';
import { endOtherSessions, endSessionElsewhere } from '@/features/people/sessions-list';
import { currentLanguage, dropToken, getViewer, keepToken } from '@/features/people/viewer';
import { type FormState, FRESH } from '@/lib/form/field';
import { fieldsOf, readForm, refuse } from '@/lib/form/read';
import { accountWords } from '@/lib/language/account';
import { accountPageWords } from '@/lib/language/account-pages';
import { isTimeZone } from '@/lib/language/time-zones';
import { comeLater, makeSure, signedOut, unlessBusy } from './answers';
import { addressField } from './fields';

const profileForm = z.object({
  name: personName,
  language: z.enum(['', 'es', 'en']).transform((each) => each || null),
  theme: z.enum(['', 'light', 'dark']).transform((each) => each || null),
  timeZone: z
    .string()
    .max(64)
    .refine((zone) => zone === '' || isTimeZone(zone))
    .transform((zone) => zone || null),
});

/** Changes the viewer's name, language, colours and time zone; the answer speaks as they now want it. */
export async function changeProfile(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const language = await currentLanguage();
  if (viewer.kind !== 'person') return signedOut(form, language);
  const { profile } = accountPageWords(language);
  const { choose, nameWrong } = profile;
  const wrong = { name: nameWrong, language: choose, theme: choose, timeZone: choose };
  const read = readForm(profileForm, form, wrong, accountWords(language).form.problems);
  if ('refused' in read) return read.refused;
  await saveProfile(viewer, read.data);
  refresh();
  return { ...FRESH, done: accountPageWords(read.data.language ?? language).profile.done };
}

const addressForm = z.object({ email });

/** Asks for another e-mail address; it counts once the link sent to it is used. */
export async function changeAddress(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const language = await currentLanguage();
  if (viewer.kind !== 'person') return signedOut(form, language);
  const { email: words } = accountPageWords(language);
  const { email: malformed, problems } = accountWords(language).form;
  const read = readForm(addressForm, form, { email: malformed }, problems);
  if ('refused' in read) return read.refused;
  const asked = read.data.email;
  if (emailKey(asked) === emailKey(viewer.email)) return refuse(422, form, { problem: words.same });
  return unlessBusy(form, language, async () => {
    const made = await makeSure(viewer, form, [addressField(language)], language);
    if ('refused' in made) return made.refused;
    const change = await askForAddress(made.sure, asked, language);
    if (change.as === 'wait') return comeLater(form, language, change.seconds);
    if (change.as === 'missing') return signedOut(form, language);
    refresh();
    return { ...FRESH, done: sendsMail() ? words.mailed(asked) : words.unmailed(asked) };
  });
}

/** Forgets an e-mail address that was not confirmed. */
export async function keepOldAddress(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const language = await currentLanguage();
  if (viewer.kind !== 'person') return signedOut(form, language);
  await keepAddress(viewer);
  refresh();
  return { ...FRESH, done: accountPageWords(language).email.forgotten };
}

const passwordForm = z.object({
  'current-password': z.string().max(PASSWORD_MAX).default(''),
  'new-password': password,
});

/** Gives the viewer another password and ends their other sessions. */
export async function changeOwnPassword(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const language = await currentLanguage();
  if (viewer.kind !== 'person') return signedOut(form, language);
  const { password: words, confirm } = accountPageWords(language);
  const { problems, required } = accountWords(language).form;
  const read = readForm(passwordForm, form, { 'new-password': words.weak, 'current-password': required }, problems);
  if ('refused' in read) return read.refused;
  return unlessBusy(form, language, async () => {
    const changed = await changePassword(viewer, read.data['current-password'], read.data['new-password']);
    if (changed.as === 'wait') return comeLater(form, language, changed.seconds);
    if (changed.as === 'no-password') return refuse(422, form, { problem: confirm.noPassword });
    if (changed.as === 'wrong')
      return refuse(422, form, { problem: problems, errors: { 'current-password': confirm.wrongPassword } });
    await keepToken(changed.token);
    refresh();
    return { ...FRESH, done: words.done(changed.ended) };
  });
}

/** Takes the viewer's password, for what asks for it anew. */
export async function confirmSelf(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const language = await currentLanguage();
  if (viewer.kind !== 'person') return signedOut(form, language);
  return unlessBusy(form, language, async () => {
    const made = await makeSure(viewer, form, [], language);
    if ('refused' in made) return made.refused;
    refresh();
    return { ...FRESH, done: accountPageWords(language).confirm.done };
  });
}

/** Ends one of the viewer's sessions elsewhere, or all of them. */
export async function endOwnSessions(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const language = await currentLanguage();
  if (viewer.kind !== 'person') return signedOut(form, language);
  const { sessions: words } = accountPageWords(language);
  const { session = '' } = fieldsOf(form);
  if (session === 'others') {
    const ended = await endOtherSessions(viewer);
    refresh();
    return { ...FRESH, done: ended === 0 ? words.alone : words.endedOthers(ended) };
  }
  const known = z.uuid().safeParse(session).success && session !== viewer.sessionId;
  const ended = known && (await endSessionElsewhere(viewer, session));
  if (!ended) return refuse(404, form, { problem: words.gone });
  refresh();
  return { ...FRESH, done: words.ended };
}

/** Deletes the viewer's account. The password is asked for whenever it was last shown. */
export async function deleteOwnAccount(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const language = await currentLanguage();
  if (viewer.kind !== 'person') return signedOut(form, language);
  const { data: words } = accountPageWords(language);
  const answer = await unlessBusy(form, language, async () => {
    const made = await makeSure({ ...viewer, confirmed: false }, form, [], language);
    if ('refused' in made) return made.refused;
    const deleted = await deleteAccount(made.sure);
    if (deleted.as === 'last-owner') return refuse(409, form, { problem: words.deleteLast });
    return deleted.as === 'missing' ? signedOut(form, language) : null;
  });
  if (answer) return answer;
  await dropToken();
  redirect('/');
}
