import type { Translation, VaultCard } from '@/features/notes/page';
import { languageName, languageOfWord, languageTag } from '@/lib/language/tag';
import { wordsFor } from '@/lib/language/words';
import { AccountMenu } from './account-menu';
import type { Making } from './making';
import { ThemeButton } from './theme-button';
import { Icon } from './ui/icon';
import { Wordmark } from './wordmark';

type Props = { vault: VaultCard; making: Making; translations?: Translation[] };

/** The site's sign, the vault's name, the same page in other languages and the colours. */
export function PageHeader({ vault, making, translations = [] }: Props) {
  const words = wordsFor(vault.chrome);
  const chrome = languageOfWord(words.language, vault.language);
  return (
    <header className="site-header">
      <div className="awning" aria-hidden="true" />
      <div className="site-header-row">
        <a className="brand" href="/" aria-label={words.home} {...chrome}>
          <Wordmark />
        </a>
        <a className="vault-name" href={vault.href}>
          <span>{vault.title}</span>
        </a>
        <div className="site-header-end">
          {translations.length > 0 && (
            <nav aria-label={words.note.translations} className="translations" {...chrome}>
              {translations.map((each) => (
                <ReadIn key={each.href} translation={each} />
              ))}
            </nav>
          )}
          <ThemeButton words={words} attributes={chrome} />
          <AccountMenu visit={making.visit} language={words.language} attributes={chrome} />
        </div>
      </div>
    </header>
  );
}

/** In its own language, for whoever reads that one: "Leer en español". */
function ReadIn({ translation }: { translation: Translation }) {
  const language = languageTag(translation.language);
  const words = wordsFor(language);
  const name = languageName(language, words.language);
  return (
    <a href={translation.href} hrefLang={language} lang={words.language} rel="alternate" title={translation.title}>
      <Icon name="globe" />
      <span>{words.note.readIn(name)}</span>
    </a>
  );
}
