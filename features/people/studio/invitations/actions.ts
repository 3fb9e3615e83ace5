'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { ROLES } from '@/features/access/viewer';
import { freshLink } from '@/features/people/fresh-link';
import { listGroups } from '@/features/people/groups';
import { invite, withdrawInvitation } from '@/features/people/invitations';
import { email } from '@/features/people/schema';
import { type FormState, FRESH } from '@/lib/form/field';
import { fieldsOf, readForm, refuse } from '@/lib/form/read';
import { accountWords } from '@/lib/language/account';
import { studioWords } from '@/lib/language/studio';
import { gone, groupsIn, idIn, linkTo, studioViewer } from '../answers';

const inviteForm = z.object({ email, role: z.enum(ROLES) });

/** Invites whoever reads the mail of an address. */
export async function inviteSomebody(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('people.manage', 'invitation.make');
  if (!viewer) return gone(form, language);
  const { invite: words } = studioWords(language);
  const { email: malformed, problems } = accountWords(language).form;
  const read = readForm(inviteForm, form, { email: malformed, role: problems }, problems);
  if ('refused' in read) return read.refused;
  const ticked = new Set(groupsIn(form));
  const groups = (await listGroups(viewer))?.filter(({ id }) => ticked.has(id)).map(({ name }) => name) ?? [];
  const invited = await invite(viewer, { ...read.data, groups }, language);
  if (invited.as === 'missing') return gone(form, language);
  if (invited.as === 'exists') return refuse(409, form, { problem: words.exists, errors: { email: words.exists } });
  refresh();
  if (invited.path === null) return { ...FRESH, done: words.mailed(read.data.email) };
  return { ...FRESH, done: words.copy(read.data.email), link: linkTo(invited.path, language) };
}

/** Makes a new link for an invitation, or takes it back. */
export async function changeInvitation(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('people.manage', 'invitation.change');
  if (!viewer) return gone(form, language);
  const { invite: words } = studioWords(language);
  if (fieldsOf(form).withdraw) {
    if (!(await withdrawInvitation(viewer, idIn(form, 'withdraw')))) return gone(form, language);
    refresh();
    return { ...FRESH, done: words.withdrawn };
  }
  const path = await freshLink(viewer, { kind: 'invitation', id: idIn(form, 'renew') });
  if (!path) return gone(form, language);
  refresh();
  return { ...FRESH, done: words.renewed, link: linkTo(path, language) };
}
