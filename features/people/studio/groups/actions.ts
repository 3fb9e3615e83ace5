'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { addMember, removeMember } from '@/features/people/group-members';
import { deleteGroup, makeGroup, renameGroup } from '@/features/people/groups';
import { email } from '@/features/people/schema';
import { type FormState, FRESH } from '@/lib/form/field';
import { fieldsOf, readForm, refuse } from '@/lib/form/read';
import { accountWords } from '@/lib/language/account';
import { studioWords } from '@/lib/language/studio';
import { peopleWords } from '@/lib/language/studio-people';
import type { InterfaceLanguage } from '@/lib/language/words';
import { parseAccess } from '@/lib/vault/access';
import { gone, idIn, numberIn, studioViewer } from '../answers';

const groupName = z
  .string()
  .transform((name) => name.trim().normalize('NFC'))
  .refine((name) => parseAccess(`group:${name}`)?.level === 'group');
const nameForm = z.object({ name: groupName });
const memberForm = z.object({ email });

function readName(form: FormData, language: InterfaceLanguage) {
  const { nameWrong } = studioWords(language).groups;
  return readForm(nameForm, form, { name: nameWrong }, nameWrong);
}

const taken = (form: FormData, language: InterfaceLanguage) => {
  const problem = studioWords(language).groups.taken;
  return refuse(409, form, { problem, errors: { name: problem } });
};

/** Makes a group. */
export async function makeNewGroup(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('people.manage', 'group.make');
  if (!viewer) return gone(form, language);
  const read = readName(form, language);
  if ('refused' in read) return read.refused;
  const made = await makeGroup(viewer, read.data.name);
  if (made.as === 'missing') return gone(form, language);
  if (made.as === 'taken') return taken(form, language);
  refresh();
  return { ...FRESH, done: studioWords(language).groups.made };
}

/** Gives a group another name. */
export async function renameOldGroup(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('people.manage', 'group.rename');
  if (!viewer) return gone(form, language);
  const read = readName(form, language);
  if ('refused' in read) return read.refused;
  const renamed = await renameGroup(viewer, numberIn(form, 'group'), read.data.name);
  if (renamed.as === 'missing') return gone(form, language);
  if (renamed.as === 'taken') return taken(form, language);
  refresh();
  return { ...FRESH, done: studioWords(language).groups.renamed };
}

/** Deletes a group and goes to the list of those that are left. */
export async function deleteOldGroup(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('people.manage', 'group.delete');
  if (!viewer) return gone(form, language);
  const { sureWrong } = peopleWords(language).person;
  if (fieldsOf(form).sure !== 'on') return refuse(422, form, { problem: sureWrong, errors: { sure: sureWrong } });
  if (!(await deleteGroup(viewer, numberIn(form, 'group')))) return gone(form, language);
  redirect('/studio/groups');
}

/** Puts a person into a group, by their e-mail address. */
export async function addGroupMember(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('people.manage', 'group.join');
  if (!viewer) return gone(form, language);
  const { groups: words } = studioWords(language);
  const { email: malformed, problems } = accountWords(language).form;
  const read = readForm(memberForm, form, { email: malformed }, problems);
  if ('refused' in read) return read.refused;
  const joined = await addMember(viewer, numberIn(form, 'group'), read.data.email);
  if (joined.as === 'missing') return gone(form, language);
  if (joined.as === 'nobody') return refuse(422, form, { problem: words.nobody, errors: { email: words.nobody } });
  refresh();
  return { ...FRESH, done: words.added(joined.name) };
}

/** Takes a person out of a group. */
export async function removeGroupMember(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('people.manage', 'group.leave');
  if (!viewer) return gone(form, language);
  const removed = await removeMember(viewer, numberIn(form, 'group'), idIn(form, 'person'));
  if (!removed) return gone(form, language);
  refresh();
  return { ...FRESH, done: studioWords(language).groups.removed };
}
