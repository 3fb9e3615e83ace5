'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { record } from '@/features/audit/write';
import type { FormState } from '@/lib/form/field';
import { readForm, refuse } from '@/lib/form/read';
import { safePath } from '@/lib/http/own-path';
import { accountWords } from '@/lib/language/account';
import { TooBusy } from './passwords';
import { PASSWORD_MAX } from './schema';
import { openSession } from './sessions';
import { checkCredentials } from './sign-in';
import { currentDevice, currentLanguage, getViewer, keepToken } from './viewer';

const signInForm = z.object({
  email: z.string().trim().min(1).max(254),
  password: z.string().min(1).max(PASSWORD_MAX),
  to: z.string().max(2_000).default('/'),
});

/** Signs a visitor in and sends them where they were going. */
export async function signIn(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await getViewer();
  const words = accountWords(await currentLanguage());
  const { required, problems } = words.form;
  const read = readForm(signInForm, form, { email: required, password: required }, problems);
  if ('refused' in read) return read.refused;
  const device = await currentDevice();
  try {
    const found = await checkCredentials(viewer, read.data, device);
    if (found.as === 'wait') {
      const wait = { problem: words.signIn.wait(found.seconds) };
      return refuse(429, form, wait, { 'retry-after': String(found.seconds) });
    }
    if (found.as === 'wrong') return refuse(422, form, { problem: words.signIn.wrong });
    await keepToken(await openSession(viewer, found.personId, device));
    await record(viewer, {
      action: 'session.start',
      subject: { kind: 'person', id: found.personId },
      address: device.address,
    });
  } catch (error) {
    if (!(error instanceof TooBusy)) throw error;
    return refuse(503, form, { problem: words.signIn.busy }, { 'retry-after': String(error.retrySeconds) });
  }
  redirect(safePath(read.data.to));
}
