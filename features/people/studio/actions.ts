'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { ROLES } from '@/features/access/viewer';
import { setGroups } from '@/features/people/group-members';
import { handOver, type PersonLink, takeSecondFactorOff } from '@/features/people/hand-over';
import { changeRole, disablePerson, enablePerson, endSessionsOf, type RoleChange } from '@/features/people/roles';
import { type FormState, FRESH } from '@/lib/form/field';
import { fieldsOf, refuse } from '@/lib/form/read';
import { peopleWords } from '@/lib/language/studio-people';
import type { InterfaceLanguage } from '@/lib/language/words';
import { gone, groupsIn, idIn, linkTo, studioViewer } from './answers';

/** Gives a person another role. */
export async function changePersonRole(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('people.manage', 'person.role');
  if (!viewer) return gone(form, language);
  const role = z.enum(ROLES).safeParse(fieldsOf(form).role);
  if (!role.success) return gone(form, language);
  const changed = await changeRole(viewer, idIn(form, 'person'), role.data);
  const { person: words } = peopleWords(language);
  return changed.as === 'done' ? saved(words.roleDone(changed.ended)) : unchanged(form, language, changed);
}

/** Closes a person's account, or opens it again. */
export async function changePersonAccess(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('people.manage', 'person.disable');
  if (!viewer) return gone(form, language);
  const { person: words } = peopleWords(language);
  const { to, sure } = fieldsOf(form);
  if (to === 'disabled' && sure !== 'on')
    return refuse(422, form, { problem: words.sureWrong, errors: { sure: words.sureWrong } });
  const change = to === 'disabled' ? disablePerson : enablePerson;
  const changed = await change(viewer, idIn(form, 'person'));
  if (changed.as !== 'done') return unchanged(form, language, changed);
  return saved(to === 'disabled' ? words.disableDone : words.enableDone);
}

/** Ends every session of a person. */
export async function endPersonSessions(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('people.manage', 'session.revoke-all');
  if (!viewer) return gone(form, language);
  const ended = await endSessionsOf(viewer, idIn(form, 'person'));
  return ended === null ? gone(form, language) : saved(peopleWords(language).person.sessionsDone(ended));
}

/** Leaves a person in the groups that were ticked. */
export async function changePersonGroups(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('people.manage', 'person.groups');
  if (!viewer) return gone(form, language);
  const done = await setGroups(viewer, idIn(form, 'person'), groupsIn(form));
  return done ? saved(peopleWords(language).person.groupsDone) : gone(form, language);
}

/** Takes a person's second factor away, who lost what shows it. */
export async function removePersonSecondFactor(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('people.manage', 'two-factor.remove');
  if (!viewer) return gone(form, language);
  const { person: words } = peopleWords(language);
  if (fieldsOf(form).sure !== 'on')
    return refuse(422, form, { problem: words.sureWrong, errors: { sure: words.sureWrong } });
  const done = await takeSecondFactorOff(viewer, idIn(form, 'person'));
  return done ? saved(words.twoFactorDone) : gone(form, language);
}

const LINKS: readonly PersonLink[] = ['reset', 'confirmation', 'address'];

/** Makes a link for the owner to hand over to a person. */
export async function makePersonLink(_state: FormState, form: FormData): Promise<FormState> {
  const { viewer, language } = await studioViewer('people.manage', 'link.make');
  if (!viewer) return gone(form, language);
  const kind = LINKS.find((each) => each === fieldsOf(form).kind);
  const path = kind ? await handOver(viewer, kind, idIn(form, 'person')) : null;
  if (!path) return gone(form, language);
  return { ...saved(peopleWords(language).person.made), link: linkTo(path, language) };
}

function saved(done: string): FormState {
  refresh();
  return { ...FRESH, done };
}

function unchanged(form: FormData, language: InterfaceLanguage, { as }: RoleChange): FormState {
  const { person: words } = peopleWords(language);
  if (as === 'last-owner') return refuse(409, form, { problem: words.lastOwner });
  if (as === 'same') return refuse(409, form, { problem: words.already });
  return gone(form, language);
}
