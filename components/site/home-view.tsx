import type { VaultCard } from '@/features/notes/page';
import { type InterfaceLanguage, type Words, wordsFor } from '@/lib/language/words';
import type { Making } from '../making';
import { PageFooter } from '../page-footer';
import { Reader } from '../reader/reader';
import { ScrollingText } from '../ui/scrolling';
import { SiteHeader } from './site-header';
import { VaultLabel } from './vault-label';

type Props = { vaults: VaultCard[]; language: InterfaceLanguage; making: Making };

/** The shop window: what this is, and the vaults that have something public. */
export function HomeView({ vaults, language, making }: Props) {
  const words = wordsFor(language);
  const { site } = words;
  return (
    <div className="home">
      <SiteHeader language={language} visit={making.visit} />
      <main id="text">
        <header className="home-intro">
          <h1>
            {site.heading[0]} <span>{site.heading[1]}</span>
          </h1>
          <div>
            {site.lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
        </header>
        <section aria-labelledby="vaults">
          <h2 id="vaults" className="label">
            {vaults.length > 0 ? site.vaults : site.emptyTitle}
          </h2>
          {vaults.length > 0 ? (
            <ul className="vaults">
              {vaults.map((vault) => (
                <VaultLabel key={vault.slug} vault={vault} words={words} />
              ))}
            </ul>
          ) : (
            <EmptyWindow words={words} />
          )}
        </section>
        <PageFooter
          vault={{ language, chrome: language }}
          how={making.mode === 'static' ? site.made : words.made.listNow(making.visit !== null)}
          making={making}
        />
      </main>
      <Reader copy={words.copy.label} copied={words.copy.done} language={language} />
    </div>
  );
}

function EmptyWindow({ words }: { words: Words }) {
  return (
    <div className="empty-window prose">
      <p>{words.site.emptyText}</p>
      <div className="code">
        <ScrollingText>
          <code>npm start -- ~/notes --access public</code>
        </ScrollingText>
      </div>
      <p>{words.site.emptyAfter}</p>
    </div>
  );
}
