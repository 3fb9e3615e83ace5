import { languageName } from '@/lib/language/tag';
import { INTERFACE_LANGUAGES, type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import { SkipLink } from '../skip-link';
import { ThemeButton } from '../theme-button';
import { Wordmark } from '../wordmark';

/** The header of the pages that belong to no vault: they speak the visitor's language. */
export function SiteHeader({ language }: { language: InterfaceLanguage }) {
  const words = wordsFor(language);
  return (
    <>
      <SkipLink words={words} />
      <header className="site-header site-header-tall">
        <div className="awning" aria-hidden="true" />
        <div className="site-header-row">
          <a className="brand" href="/" aria-label={words.home}>
            <Wordmark />
          </a>
          <div className="site-header-end">
            <LanguageForm language={language} />
            <ThemeButton words={words} />
          </div>
        </div>
      </header>
    </>
  );
}

function LanguageForm({ language }: { language: InterfaceLanguage }) {
  return (
    <form className="languages" method="post" action="/api/language" aria-label={wordsFor(language).site.language}>
      {INTERFACE_LANGUAGES.map((each) => (
        <button key={each} type="submit" name="language" value={each} lang={each} aria-pressed={each === language}>
          {languageName(each)}
        </button>
      ))}
    </form>
  );
}
