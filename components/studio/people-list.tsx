import type { PersonLine } from '@/features/people/directory';
import { studioWords } from '@/lib/language/studio';
import { peopleWords } from '@/lib/language/studio-people';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = { people: PersonLine[]; language: InterfaceLanguage; self: string };

/** The people of a page of the directory. */
export function PeopleList({ people, language, self }: Props) {
  const { role } = studioWords(language);
  const { people: words } = peopleWords(language);
  return (
    <ul className="lines">
      {people.map((person) => (
        <li key={person.id} className="line">
          <div className="line-text">
            <h2 className="line-title">
              <a href={`/studio/people/${person.id}`}>{person.name}</a>
              <PersonMarks person={person} language={language} />
              {person.id === self && <span className="mark-current">{words.you}</span>}
            </h2>
            <p className="line-more">{person.email}</p>
          </div>
          <p className="line-end">
            {role[person.role]}
            {person.groups.length > 0 && <span className="line-more">{person.groups.join(', ')}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}

type MarksProps = { person: Pick<PersonLine, 'disabled' | 'verified' | 'twoFactor'>; language: InterfaceLanguage };

/** What is out of the ordinary about somebody's account. */
export function PersonMarks({ person, language }: MarksProps) {
  const { people: words } = peopleWords(language);
  return (
    <>
      {person.disabled && <span className="mark-warn">{words.disabled}</span>}
      {!person.verified && <span className="mark-off">{words.waiting}</span>}
      {person.twoFactor && <span className="mark-on">{words.twoFactor}</span>}
    </>
  );
}
