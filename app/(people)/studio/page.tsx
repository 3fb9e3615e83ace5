import type { Metadata } from 'next';
import { type StudioArea, StudioFrame } from '@/components/studio/studio-frame';
import { findKeyTrouble } from '@/features/keys/queries';
import { countPeople, type PeopleCounts } from '@/features/people/directory';
import { studioWords } from '@/lib/language/studio';
import type { InterfaceLanguage } from '@/lib/language/words';
import { openStudio } from './door';
import { studioTitle } from './title';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> => studioTitle(({ title }) => title);

export default async function Page() {
  const door = await openStudio('home');
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  const [counts, trouble] = await Promise.all([countPeople(viewer), findKeyTrouble(viewer)]);
  const { title, home } = studioWords(language);
  return (
    <StudioFrame {...frame} title={title} lead={home.lead}>
      {trouble && (
        <p className="form-problem" role="alert">
          <strong>{home.keys}.</strong> {trouble}
        </p>
      )}
      <Cards cards={cardsOf(counts, language).filter(({ area }) => frame.open.includes(area))} />
      {!counts && (
        <>
          <h2>{home.editorTitle}</h2>
          <ul className="plain-list">
            {home.editor.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <p className="said">{home.editorMore}</p>
        </>
      )}
    </StudioFrame>
  );
}

type Card = { area: StudioArea; href: string; name: string; text: string };

function cardsOf(counts: PeopleCounts | null, language: InterfaceLanguage): Card[] {
  const { menu, home: words } = studioWords(language);
  const card = (area: StudioArea, text: string) => ({ area, href: `/studio/${area}`, name: menu[area], text });
  const about = counts && [
    words.people(counts.people),
    words.owners(counts.owners),
    ...(counts.waiting > 0 ? [words.waiting(counts.waiting)] : []),
    ...(counts.disabled > 0 ? [words.disabled(counts.disabled)] : []),
  ];
  const people = counts && [
    card('people', about?.join(' · ') ?? ''),
    card('invitations', words.invitations(counts.invitations)),
    card('groups', words.groups(counts.groups)),
  ];
  return [
    ...(people ?? []),
    card('files', words.files),
    card('shares', words.shares),
    card('downloads', words.downloads),
    card('audit', words.audit),
    card('settings', words.settings),
  ];
}

function Cards({ cards }: { cards: Card[] }) {
  return (
    <ul className="drawers">
      {cards.map((card) => (
        <li key={card.href}>
          <a href={card.href}>
            <h2>{card.name}</h2>
            <p>{card.text}</p>
          </a>
        </li>
      ))}
    </ul>
  );
}
