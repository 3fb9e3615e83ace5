import type { Metadata } from 'next';
import { z } from 'zod';
import { missing } from '@/app/elsewhere';
import { PersonFacts } from '@/components/studio/person-facts';
import { StudioFrame } from '@/components/studio/studio-frame';
import { readPerson } from '@/features/people/directory';
import { listGroups } from '@/features/people/groups';
import { listSessionsOf } from '@/features/people/sessions-list';
import { openStudio } from '../../door';
import { studioTitle } from '../../title';
import { PersonForms } from './forms';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> => studioTitle(({ menu }) => menu.people);

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const [door, { id }] = await Promise.all([openStudio('people'), params]);
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  if (!z.uuid().safeParse(id).success) return missing();
  const [person, groups, sessions] = await Promise.all([
    readPerson(viewer, id),
    listGroups(viewer),
    listSessionsOf(viewer, id),
  ]);
  if (!person || !groups || !sessions) return missing();
  return (
    <StudioFrame {...frame} title={person.name} lead={person.email}>
      <PersonFacts person={person} language={language} timeZone={viewer.timeZone} />
      <PersonForms viewer={viewer} person={person} groups={groups} sessions={sessions} language={language} />
    </StudioFrame>
  );
}
