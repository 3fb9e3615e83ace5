import type { Metadata } from 'next';
import { missing } from '@/app/elsewhere';
import { Pages } from '@/components/studio/pages';
import { PeopleFilter } from '@/components/studio/people-filter';
import { PeopleList } from '@/components/studio/people-list';
import { StudioFrame } from '@/components/studio/studio-frame';
import { ROLES } from '@/features/access/viewer';
import { listPeople } from '@/features/people/directory';
import { peopleWords } from '@/lib/language/studio-people';
import { type Asked, one, pageIn, queryOf } from '../asked';
import { openStudio } from '../door';
import { studioTitle } from '../title';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> => studioTitle(({ menu }) => menu.people);

export default async function Page({ searchParams }: { searchParams: Asked }) {
  const [door, asked] = await Promise.all([openStudio('people'), searchParams]);
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  const search = one(asked.q).slice(0, 100);
  const role = ROLES.find((each) => each === asked.role) ?? null;
  const state = (['disabled', 'waiting'] as const).find((each) => each === asked.state) ?? null;
  const found = await listPeople(viewer, { search, role, state, page: pageIn(asked.page) });
  if (!found) return missing();
  const { people: words } = peopleWords(language);
  const filtered = search !== '' || role !== null || state !== null;
  return (
    <StudioFrame {...frame} title={words.title} lead={filtered ? words.found(found.total) : words.lead(found.total)}>
      <PeopleFilter language={language} search={search} role={role ?? ''} state={state ?? ''} />
      {found.people.length === 0 ? (
        <p className="empty">{words.none}</p>
      ) : (
        <PeopleList people={found.people} language={language} self={viewer.id} />
      )}
      <Pages
        language={language}
        page={found.page}
        pages={found.pages}
        href={(page) => `/studio/people${queryOf({ q: search, role, state, page: String(page) })}`}
      />
      <p className="actions">
        <a className="button" href="/studio/invitations">
          {words.invite}
        </a>
        {filtered && (
          <a className="button button-plain" href="/studio/people">
            {words.clear}
          </a>
        )}
      </p>
    </StudioFrame>
  );
}
