import { languageName } from '@/lib/language/tag';
import { INTERFACE_LANGUAGES, type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import { AccountMenu } from '../account-menu';
import type { Visit } from '../making';
import { SkipLink } from '../skip-link';
import { ThemeButton } from '../theme-button';
import { Wordmark } from '../wordmark';

type Props = {
  language: InterfaceLanguage;
  visit: Visit | null;
};

/** The header of the pages that belong to no vault: they speak the visitor's language. */
export function SiteHeader({ language, visit }: Props) {
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
            {visit === null && <LanguageForm language={language} />}
            <ThemeButton words={words} />
            <AccountMenu visit={visit} language={language} />
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
