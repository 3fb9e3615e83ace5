import type { ReactNode } from 'react';
import { listHref } from '@/features/reading/href';
import type { Desk, ListName } from '@/features/reading/page';
import { readingWords } from '@/lib/language/reading';
import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import type { Making } from '../making';
import { PageFooter } from '../page-footer';
import { Reader } from '../reader/reader';
import { SiteHeader } from '../site/site-header';
import { VaultLabel } from '../site/vault-label';
import { AnswerLines, type Lines, NoteLines, SuggestionLines } from './desk-lines';

type Props = { desk: Desk; name: string; language: InterfaceLanguage; timeZone: string | null; making: Making };

/** The home of one's own: what is being read, what is new, what to read next. */
export function DeskView({ desk, name, language, timeZone, making }: Props) {
  const words = wordsFor(language);
  const { home } = readingWords(language);
  const shown: Lines = { words: home, language, timeZone };
  const { started, bookmarks, fresh, next, answers, vaults } = desk;
  return (
    <div className="home">
      <SiteHeader language={language} visit={making.visit} />
      <main id="text">
        <header className="desk-title">
          <h1>{home.title(name)}</h1>
          <p>{home.description}</p>
        </header>
        <div className="desk">
          <div className="desk-column">
            <Section list="started" title={home.started} empty={home.startedNone} of={started} all={home.all}>
              <NoteLines lines={started.items} fact="opened" shown={shown} />
            </Section>
            <Section list="fresh" title={home.fresh} empty={home.freshNone} of={fresh} all={home.all}>
              <NoteLines lines={fresh.items} fact="published" shown={shown} />
            </Section>
          </div>
          <div className="desk-column">
            {vaults.length > 0 && (
              <Section title={home.next} empty={home.nextNone} of={{ items: next, more: null }}>
                <SuggestionLines suggestions={next} shown={shown} />
              </Section>
            )}
            <Section list="answers" title={home.answers} empty={home.answersNone} of={answers} all={home.all}>
              <AnswerLines answers={answers.items} shown={shown} />
            </Section>
            <Section list="bookmarks" title={home.bookmarks} empty={home.bookmarksNone} of={bookmarks} all={home.all}>
              <NoteLines lines={bookmarks.items} fact="vault" shown={shown} />
            </Section>
          </div>
        </div>
        <section aria-labelledby="vaults">
          <h2 id="vaults" className="label">
            {home.vaults}
          </h2>
          {vaults.length === 0 && <p className="desk-empty">{home.vaultsNone}</p>}
          <ul className="vaults">
            {vaults.map((vault) => (
              <VaultLabel key={vault.slug} vault={vault} words={words} />
            ))}
          </ul>
        </section>
        <PageFooter vault={{ language, chrome: language }} how={words.made.listNow(true)} making={making} />
      </main>
      <Reader copy={words.copy.label} copied={words.copy.done} language={language} />
    </div>
  );
}

type SectionProps = {
  title: string;
  empty: string;
  of: { items: unknown[]; more: string | null };
  /** The list that has a page of its own. */
  list?: ListName;
  all?: string;
  children: ReactNode;
};

function Section({ title, empty, of, list, all, children }: SectionProps) {
  return (
    <section>
      <h2>{title}</h2>
      {of.items.length === 0 ? <p className="desk-empty">{empty}</p> : children}
      {list && of.more !== null && (
        <a className="desk-all" href={listHref(list)} aria-label={`${all}: ${title}`}>
          {all}
        </a>
      )}
    </section>
  );
}
