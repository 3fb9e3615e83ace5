'use server';

import { refresh } from 'next/cache';
import { gone, idIn, linkTo, studioViewer } from '@/features/people/studio/answers';
import { KeyRingError } from '@/lib/crypto/key-ring';
import { type FormState, FRESH } from '@/lib/form/field';
import { readForm, refuse } from '@/lib/form/read';
import { shareWords } from '@/lib/language/shares';
import { shareInput } from './schema';
import { createShare, revokeShare } from './write';

/** Makes a link to a file or a note for somebody without an account. */
export async function makeShare(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('share.manage', 'share.create');
  if (!viewer) return gone(form, language);
  const { make: words } = shareWords(language);
  const read = readForm(shareInput, form, { days: words.daysHint(30), maxUses: words.wrong }, words.wrong);
  if ('refused' in read) return read.refused;
  const made = await createShare(viewer, read.data).catch((error) => {
    if (error instanceof KeyRingError) return 'no key' as const;
    throw error;
  });
  if (made === 'no key') return refuse(503, form, { problem: words.noKey });
  if (!made) return gone(form, language);
  refresh();
  const { label, copy, copied } = words;
  return { ...FRESH, done: words.done, link: { ...linkTo(made.href, language), label, copy, copied } };
}

/** Closes a link for good. */
export async function closeShare(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('share.manage', 'share.revoke');
  if (!viewer) return gone(form, language);
  if (!(await revokeShare(viewer, idIn(form, 'close')))) return gone(form, language);
  refresh();
  return { ...FRESH, done: shareWords(language).make.closed };
}
