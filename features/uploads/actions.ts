'use server';

import { refresh } from 'next/cache';
import { gone, idIn, studioViewer } from '@/features/people/studio/answers';
import { type FormState, FRESH } from '@/lib/form/field';
import { uploadWords } from '@/lib/language/uploads';
import { cancelUpload } from './receive';

/** Ends an upload of one's own that is not whole, and lets go of what came of it. */
export async function cancelOwnUpload(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('file.manage', 'file.upload');
  if (!viewer || !(await cancelUpload(viewer, idIn(form, 'upload')))) return gone(form, language);
  refresh();
  return { ...FRESH, done: uploadWords(language).canceled };
}
