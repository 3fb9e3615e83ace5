import type { FolderPage } from '@/features/notes/page';
import { languageOfWord } from '@/lib/language/tag';
import { wordsFor } from '@/lib/language/words';
import type { Making } from '../making';
import { PageFooter } from '../page-footer';
import { Icon } from '../ui/icon';
import { NoteList } from './note-list';
import { VaultFrame } from './vault-frame';

/** What a folder holds; for the root, the vault's own page when it has no home note. */
export function FolderView({ page, making }: { page: FolderPage; making: Making }) {
  const { vault, folder, folders, notes, tree } = page;
  const words = wordsFor(vault.chrome);
  const chrome = languageOfWord(words.language, vault.language);
  const root = folder === '';
  return (
    <VaultFrame vault={vault} making={making} tree={tree}>
      <main id="text" className="text">
        <header className="title">
          {!root && <Crumbs vault={vault} folder={folder} />}
          <h1>{page.name}</h1>
          {root && vault.description && <p className="lead">{vault.description}</p>}
        </header>
        {folders.length > 0 && (
          <section aria-labelledby="folders">
            <h2 id="folders" className="label" {...chrome}>
              {words.vault.folders}
            </h2>
            <ul className="folders">
              {folders.map((each) => (
                <li key={each.href}>
                  <a href={each.href}>
                    <Icon name="folder" />
                    <span className="folders-name">{each.name}</span>
                    <span className="folders-count" {...chrome}>
                      {words.tree.notesIn(each.notes)}
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
        {notes.length > 0 ? (
          <section aria-labelledby="notes">
            <h2 id="notes" className="label" {...chrome}>
              {words.menu.notes}
            </h2>
            <NoteList notes={notes} />
          </section>
        ) : (
          <p className="empty" {...chrome}>
            {words.folder.empty}
          </p>
        )}
        <PageFooter
          vault={vault}
          how={making.mode === 'static' ? words.made.list : words.made.listNow(making.visit !== null)}
          making={making}
        />
      </main>
    </VaultFrame>
  );
}

function Crumbs({ vault, folder }: Pick<FolderPage, 'vault' | 'folder'>) {
  const above = folder.split('/').slice(0, -1);
  const words = wordsFor(vault.chrome);
  return (
    <nav aria-label={words.folder.up} className="crumbs">
      <ol>
        <li>
          <a href={vault.href}>{vault.title}</a>
        </li>
        {above.map((name, i) => {
          const path = above
            .slice(0, i + 1)
            .map(encodeURIComponent)
            .join('/');
          return (
            <li key={path}>
              <a href={`${vault.href}/-/folders/${path}`}>{name}</a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
