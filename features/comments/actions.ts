'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { may } from '@/features/access/policy';
import type { Viewer } from '@/features/access/viewer';
import { countUse } from '@/features/people/throttle';
import { getViewer } from '@/features/people/viewer';
import type { FormState } from '@/lib/form/field';
import { readForm, refuse } from '@/lib/form/read';
import { readingWords } from '@/lib/language/reading';
import { interfaceLanguage } from '@/lib/language/words';
import { deleteComment, hideComment } from './moderate';
import { COMMENT_MAX, changedComment, hiddenComment, newComment, oneComment } from './schema';
import { editComment, writeComment } from './write';

/** Comments and changes of one person. */
const WRITES = 20;
const WRITES_SECONDS = 600;

/** Writes a comment or an answer. */
export async function addComment(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const words = wordsOf(form);
  if (viewer.kind !== 'person' || !may(viewer, 'comment.write'))
    return refuse(403, form, { problem: words.mine.signedOut });
  const read = readForm(newComment, form, { text: words.comments.length(COMMENT_MAX) }, words.comments.wrong);
  if ('refused' in read) return read.refused;
  const wait = await tooOften(viewer, viewer.id, form);
  if (wait) return wait;
  const { note, parent, text } = read.data;
  const written = { noteId: note, parentId: parent === '' ? null : parent, source: text };
  return lead(await writeComment(viewer, written), form);
}

/** Changes what one's own comment says. */
export async function changeComment(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const words = wordsOf(form);
  if (viewer.kind !== 'person' || !may(viewer, 'comment.write'))
    return refuse(403, form, { problem: words.mine.signedOut });
  const read = readForm(changedComment, form, { text: words.comments.length(COMMENT_MAX) }, words.comments.wrong);
  if ('refused' in read) return read.refused;
  const wait = await tooOften(viewer, viewer.id, form);
  if (wait) return wait;
  return lead(await editComment(viewer, { commentId: read.data.comment, source: read.data.text }), form);
}

/** Deletes one's own comment, or any for whoever moderates. */
export async function removeComment(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const words = wordsOf(form);
  if (viewer.kind !== 'person') return refuse(403, form, { problem: words.mine.signedOut });
  const read = readForm(oneComment, form, {}, words.comments.gone);
  if ('refused' in read) return read.refused;
  return lead(await deleteComment(viewer, read.data.comment), form);
}

/** Hides a comment, or shows it again. */
export async function setCommentHidden(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const words = wordsOf(form);
  if (viewer.kind !== 'person') return refuse(403, form, { problem: words.mine.signedOut });
  if (!may(viewer, 'comment.moderate')) return refuse(404, form, { problem: words.comments.gone });
  const read = readForm(hiddenComment, form, {}, words.comments.gone);
  if ('refused' in read) return read.refused;
  return lead(await hideComment(viewer, read.data.comment, read.data.hide === 'yes'), form);
}

/** In the language of the page with the form. */
const wordsOf = (form: FormData) => readingWords(interfaceLanguage(String(form.get('language'))));

async function tooOften(viewer: Viewer, personId: string, form: FormData): Promise<FormState | null> {
  const seconds = await countUse(viewer, `comment:${personId}`, WRITES, WRITES_SECONDS);
  if (seconds === 0) return null;
  const problem = wordsOf(form).comments.wait(Math.ceil(seconds / 60));
  return refuse(429, form, { problem }, { 'retry-after': String(seconds) });
}

function lead(href: string | null, form: FormData): FormState {
  if (href === null) return refuse(404, form, { problem: wordsOf(form).comments.gone });
  refresh(); // the router would only scroll where nothing but the fragment differs
  redirect(href);
}
