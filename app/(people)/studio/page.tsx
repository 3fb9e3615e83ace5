import type { Metadata } from 'next';
import { StudioFrame } from '@/components/studio/studio-frame';
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
  const counts = await countPeople(viewer);
  const { title, home } = studioWords(language);
  return (
    <StudioFrame {...frame} title={title} lead={home.lead}>
      {counts ? (
        <Overview counts={counts} language={language} />
      ) : (
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

function Overview({ counts, language }: { counts: PeopleCounts; language: InterfaceLanguage }) {
  const { menu, home: words } = studioWords(language);
  const people = [
    words.people(counts.people),
    words.owners(counts.owners),
    ...(counts.waiting > 0 ? [words.waiting(counts.waiting)] : []),
    ...(counts.disabled > 0 ? [words.disabled(counts.disabled)] : []),
  ];
  const cards = [
    { href: '/studio/people', name: menu.people, text: people.join(' · ') },
    { href: '/studio/invitations', name: menu.invitations, text: words.invitations(counts.invitations) },
    { href: '/studio/groups', name: menu.groups, text: words.groups(counts.groups) },
    { href: '/studio/audit', name: menu.audit, text: words.audit },
    { href: '/studio/settings', name: menu.settings, text: words.settings },
  ];
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
