import { MODES } from '@/lib/compare/measured';
import { compareWords } from '@/lib/language/compare';
import { measureWords } from '@/lib/language/measure';
import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import { ModeBadge } from '../ui/mode-badge';

/** A note's five addresses. */
export function ModeLinks({ page, language }: { page: string; language: InterfaceLanguage }) {
  const words = measureWords(language);
  const { modes } = compareWords(language);
  const names = wordsFor(language).mode;
  return (
    <nav aria-label={words.page.open}>
      <ul className="mode-links">
        {MODES.map((mode) => (
          <li key={mode}>
            <a href={`/compare/${mode}${page}`}>
              <ModeBadge mode={mode} label={names[mode]} />
              <span>{modes[mode].short}</span>
            </a>
          </li>
        ))}
      </ul>
      <p className="with-links">
        <a href="/compare">{words.page.all}</a> · <a href={page}>{decodeURI(page)}</a>
      </p>
    </nav>
  );
}
