'use server';

import { refresh } from 'next/cache';
import { gone, idIn, numberIn, studioViewer } from '@/features/people/studio/answers';
import { type FormState, FRESH } from '@/lib/form/field';
import { uploadWords } from '@/lib/language/uploads';
import { removeFile, restoreFile, restoreVersion } from './removal';

/** Removes a file, for a while. */
export async function takeFileAway(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('file.manage', 'file.remove');
  if (!viewer || !(await removeFile(viewer, idIn(form, 'file')))) return gone(form, language);
  refresh();
  return { ...FRESH, done: uploadWords(language).file.removed };
}

/** Brings a removed file back. */
export async function bringFileBack(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('file.manage', 'file.restore');
  if (!viewer || !(await restoreFile(viewer, idIn(form, 'file')))) return gone(form, language);
  refresh();
  return { ...FRESH, done: uploadWords(language).file.isBack };
}

/** Makes a file again what it was before. */
export async function turnFileBack(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('file.manage', 'file.turn-back');
  if (!viewer || !(await restoreVersion(viewer, idIn(form, 'file'), numberIn(form, 'version'))))
    return gone(form, language);
  refresh();
  return { ...FRESH, done: uploadWords(language).file.restored };
}
