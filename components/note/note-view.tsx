import type { ReactNode } from 'react';
import type { NoteArticle, NotePage } from '@/features/notes/page';
import { languageOf, languageOfWord } from '@/lib/language/tag';
import { type Words, wordsFor } from '@/lib/language/words';
import { Invitation } from '../comments/invitation';
import type { Making } from '../making';
import { PageFooter } from '../page-footer';
import { VaultFrame } from '../vault/vault-frame';
import { Backlinks } from './backlinks';
import { Neighbours } from './neighbours';
import { Outline } from './outline';
import { NoteTags, Properties } from './properties';

/** An outline of one line says nothing. */
const OUTLINE_MIN = 2;

type Props = {
  note: NotePage;
  making: Making;
  /** How the page was made, where it is neither of the usual ways. */
  how?: string;
  /** What a person sees of their own: under the title, under the text and below it. */
  personal?: { bar: ReactNode; end: ReactNode; comments: ReactNode };
};

export function NoteView({ note, making, how, personal }: Props) {
  const { vault, outline, backlinks } = note;
  const words = wordsFor(vault.chrome);
  const chrome = languageOfWord(words.language, vault.language);
  const hasOutline = outline.length >= OUTLINE_MIN;
  return (
    <VaultFrame
      vault={vault}
      making={making}
      tree={note.tree}
      translations={note.translations}
      hasOutline={hasOutline}
      side={
        <div className="side">
          {hasOutline && <Outline items={outline} words={words} chrome={chrome} />}
          <Backlinks backlinks={backlinks} words={words} chrome={chrome} />
        </div>
      }
    >
      <main id="text" className="text">
        <Article note={note} vaultLanguage={vault.language} words={words} bar={personal?.bar} />
        {personal?.end}
        <Neighbours previous={note.previous} next={note.next} words={words} chrome={chrome} />
        {personal ? personal.comments : <Invitation language={words.language} chrome={chrome} />}
        <PageFooter
          vault={vault}
          how={
            how ??
            (making.mode === 'static'
              ? words.made.static(note.revision)
              : words.made.dynamic(note.revision, making.visit !== null))
          }
          making={making}
          publishedAt={note.publishedAt}
        />
      </main>
    </VaultFrame>
  );
}

type ArticleProps = { note: NoteArticle; vaultLanguage: string; words: Words; bar?: ReactNode };

export function Article({ note, vaultLanguage, words, bar }: ArticleProps) {
  return (
    <article {...languageOf(note.language, vaultLanguage)}>
      <header className={note.home ? 'title title-home' : 'title'}>
        <h1>{note.title}</h1>
        <Properties note={note} words={words} />
        <NoteTags tags={note.tags} words={words} />
        {bar}
      </header>
      <div className="prose" dangerouslySetInnerHTML={{ __html: note.html }} />
    </article>
  );
}
