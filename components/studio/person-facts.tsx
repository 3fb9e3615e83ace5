import type { PersonPage } from '@/features/people/directory';
import { dayIn, momentIn } from '@/lib/language/moment';
import { studioWords } from '@/lib/language/studio';
import { peopleWords } from '@/lib/language/studio-people';
import type { InterfaceLanguage } from '@/lib/language/words';
import { PersonMarks } from './people-list';

type Props = { person: PersonPage; language: InterfaceLanguage; timeZone: string | null };

/** What is known of a person at a glance. */
export function PersonFacts({ person, language, timeZone }: Props) {
  const { person: words, people } = peopleWords(language);
  const ordinary = !person.disabled && person.verified;
  const facts = [
    [words.since, dayIn(person.since, language, timeZone)],
    [words.seen, person.seenAt ? momentIn(person.seenAt, language, timeZone) : words.never],
    [people.role, studioWords(language).role[person.role]],
    [words.groups, person.groups.join(', ') || words.noGroups],
  ];
  return (
    <>
      <p className="marks">
        {ordinary && <span className="mark-on">{words.active}</span>}
        <PersonMarks person={person} language={language} />
      </p>
      <dl className="facts facts-tall">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="actions">
        <a href={`/studio/audit?person=${person.id}`}>{words.log}</a>
        <a href="/studio/people">{words.back}</a>
      </p>
    </>
  );
}
