import type { TagsPage } from '@/features/notes/page';
import { languageOfWord } from '@/lib/language/tag';
import { wordsFor } from '@/lib/language/words';
import type { Making } from '../making';
import { PageFooter } from '../page-footer';
import { TagList } from './tag-list';
import { VaultFrame } from './vault-frame';

export function TagsView({ page, making }: { page: TagsPage; making: Making }) {
  const { vault, tags, tree } = page;
  const words = wordsFor(vault.chrome);
  const chrome = languageOfWord(words.language, vault.language);
  return (
    <VaultFrame vault={vault} making={making} tree={tree} here="tags">
      <main id="text" className="text">
        <header className="title" {...chrome}>
          <h1>{words.tags.title}</h1>
          <p className="lead">{tags.length > 0 ? words.tags.lead(tags.length) : words.tags.none}</p>
        </header>
        {tags.length > 0 && <TagList tags={tags} words={words} />}
        <PageFooter
          vault={vault}
          how={making.mode === 'static' ? words.made.list : words.made.listNow(making.visit !== null)}
          making={making}
        />
      </main>
    </VaultFrame>
  );
}
