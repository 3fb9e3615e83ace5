import type { TagPage } from '@/features/notes/page';
import { languageOfWord } from '@/lib/language/tag';
import { wordsFor } from '@/lib/language/words';
import type { Making } from '../making';
import { PageFooter } from '../page-footer';
import { NoteList } from './note-list';
import { TagList } from './tag-list';
import { VaultFrame } from './vault-frame';

export function TagView({ page, making }: { page: TagPage; making: Making }) {
  const { vault, tag, notes, children, tree } = page;
  const words = wordsFor(vault.chrome);
  const chrome = languageOfWord(words.language, vault.language);
  return (
    <VaultFrame vault={vault} making={making} tree={tree} here="tags">
      <main id="text" className="text">
        <header className="title">
          <nav className="crumbs" aria-label={words.tags.title} {...chrome}>
            <ol>
              <li>
                <a href={`${vault.href}/-/tags`}>{words.tags.all}</a>
              </li>
            </ol>
          </nav>
          <h1>#{tag}</h1>
          <p className="lead" {...chrome}>
            {words.vault.notes(notes.length)}
          </p>
        </header>
        {children.length > 0 && (
          <section aria-labelledby="narrower">
            <h2 id="narrower" className="label" {...chrome}>
              {words.tags.narrower}
            </h2>
            <TagList tags={children} words={words} />
          </section>
        )}
        <NoteList notes={notes} />
        <PageFooter
          vault={vault}
          how={making.mode === 'static' ? words.made.list : words.made.listNow(making.visit !== null)}
          making={making}
        />
      </main>
    </VaultFrame>
  );
}
