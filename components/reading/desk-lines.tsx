import type { Answer, Line, Suggestion } from '@/features/reading/page';
import { dayIn, momentIn } from '@/lib/language/moment';
import type { ReadingWords } from '@/lib/language/reading';
import { readingWords } from '@/lib/language/reading';
import { languageOf } from '@/lib/language/tag';
import type { InterfaceLanguage } from '@/lib/language/words';

/** In which words lines are shown. */
export type Lines = { words: ReadingWords['home']; language: InterfaceLanguage; timeZone: string | null };

type NoteProps = { lines: Line[]; fact: 'opened' | 'published' | 'vault'; shown: Lines };

/** Notes of one's own lists. */
export function NoteLines({ lines, fact, shown }: NoteProps) {
  const { words, language, timeZone } = shown;
  const facts = (line: Line) =>
    fact === 'vault' ? line.vault : `${line.vault} · ${words[fact](momentIn(line.at, language, timeZone))}`;
  return (
    <ul className="desk-list">
      {lines.map((line) => (
        <li key={line.cursor}>
          <a href={line.href}>
            <span className="desk-line" {...languageOf(line.language, language)}>
              {line.title}
            </span>
            {fact === 'opened' && line.position > 0 && (
              <progress value={line.position} max={100} aria-label={words.percent(line.position)} />
            )}
            {line.changed && <span className="desk-why desk-changed">{readingWords(language).mine.changedShort}</span>}
            <span className="desk-facts">{facts(line)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Notes to read next, and why. */
export function SuggestionLines({ suggestions, shown }: { suggestions: Suggestion[]; shown: Lines }) {
  const { words, language } = shown;
  return (
    <ul className="desk-list">
      {suggestions.map((each) => (
        <li key={each.href}>
          <a href={each.href}>
            <span className="desk-line" {...languageOf(each.language, language)}>
              {each.title}
            </span>
            <span className="desk-why">{because(each.reason, words)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function because(reason: Suggestion['reason'], { because: words }: ReadingWords['home']): string {
  if (reason.as === 'popular') return words.popular(reason.readers);
  if (reason.as === 'first') return words.first(reason.vault);
  return words[reason.as](reason.title);
}

/** What others answered. */
export function AnswerLines({ answers, shown }: { answers: Answer[]; shown: Lines }) {
  const { words, language, timeZone } = shown;
  return (
    <ul className="desk-list">
      {answers.map((answer) => (
        <li key={answer.cursor}>
          <a href={answer.href}>
            <span className="desk-line" lang="">
              {answer.text}
            </span>
            <span className="desk-facts">
              {words.answered(answer.by ?? readingWords(language).comments.somebody, answer.title)} ·{' '}
              {dayIn(answer.at, language, timeZone)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
