'use server';

import { refresh } from 'next/cache';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { may } from '@/features/access/policy';
import { getViewer } from '@/features/people/viewer';
import { type FormState, FRESH } from '@/lib/form/field';
import { readForm as read, refuse } from '@/lib/form/read';
import { readingWords } from '@/lib/language/reading';
import { type InterfaceLanguage, interfaceLanguage } from '@/lib/language/words';
import { bookmarkForm, readForm } from './schema';
import { setBookmark, setRead } from './write';

/** Keeps a note at hand, or no longer. */
export async function keepBookmark(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const words = readingWords(languageOf(form)).mine;
  if (viewer.kind !== 'person' || !may(viewer, 'account.use')) return refuse(403, form, { problem: words.signedOut });
  const given = read(bookmarkForm, form, {}, words.gone);
  if ('refused' in given) return given.refused;
  const href = await setBookmark(viewer, given.data.note, given.data.on === 'yes');
  return href === null ? refuse(404, form, { problem: words.gone }) : showAgain(href);
}

/** Marks a note as read, or as unread. */
export async function keepRead(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const words = readingWords(languageOf(form)).mine;
  if (viewer.kind !== 'person' || !may(viewer, 'account.use')) return refuse(403, form, { problem: words.signedOut });
  const given = read(readForm, form, {}, words.gone);
  if ('refused' in given) return given.refused;
  const { note, revision } = given.data;
  const href = await setRead(viewer, note, revision === '' ? null : revision);
  return href === null ? refuse(404, form, { problem: words.gone }) : showAgain(href);
}

/** The language that the page with the form speaks. */
function languageOf(form: FormData): InterfaceLanguage {
  return interfaceLanguage(String(form.get('language')));
}

/** With a script, the page where the reader stands is drawn anew; without one, the browser asks for it again. */
async function showAgain(href: string): Promise<FormState> {
  if (!(await headers()).has('next-action')) redirect(href);
  refresh();
  return FRESH;
}
