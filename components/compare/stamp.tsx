import type { ReactNode } from 'react';
import { compareWords } from '@/lib/language/compare';
import { type InterfaceLanguage, type Mode, wordsFor } from '@/lib/language/words';
import { ModeBadge } from '../ui/mode-badge';

/** When, where and at what cost a page or a part of it was made. */
export type Made = {
  /** ISO 8601, with milliseconds. */
  at: string;
  process: string;
  queries: number;
};

type Props = {
  mode: Mode;
  language: InterfaceLanguage;
  /** The note's own address. */
  page: string;
  /** Null when nothing but the parts has a time of its own. */
  made: Made | null;
  /** Parts made apart. */
  children?: ReactNode;
};

/** What a page of the comparison says of its own making, at the foot of the window. */
export function Stamp({ mode, language, page, made, children }: Props) {
  const { stamp } = compareWords(language);
  return (
    <aside className="stamp" aria-label={stamp.label} lang={language}>
      <p className="stamp-mode">
        <ModeBadge mode={mode} label={wordsFor(language).mode[mode]} />
        <span>{stamp.kept[mode]}</span>
      </p>
      {made && <StampFacts part="page" label={children ? stamp.body : stamp.page} made={made} language={language} />}
      {children}
      <p className="stamp-links">
        <a href={`/compare${page}`}>{stamp.compare}</a> <a href={page}>{stamp.note}</a>
      </p>
    </aside>
  );
}

type FactsProps = { part: 'page' | 'visit'; label: string; made: Made; language: InterfaceLanguage };

/** One line of the stamp; programs read it from its attributes. */
export function StampFacts({ part, label, made, language }: FactsProps) {
  const { stamp } = compareWords(language);
  return (
    <p
      className="stamp-facts"
      data-stamp={part}
      data-at={made.at}
      data-process={made.process}
      data-queries={made.queries}
    >
      <span>{label}</span> <time dateTime={made.at}>{made.at.slice(11, 23)} UTC</time>{' '}
      <span>{stamp.process(made.process)}</span> <span>{stamp.queries(made.queries)}</span>
    </p>
  );
}

/** Without JavaScript the parts that come later stay out of sight, where the stream put them: this shows them there. */
export function ShowLateParts() {
  return (
    <noscript>
      <style>{'[id^="S:"][hidden]{display:block!important}.awaited{display:none}'}</style>
    </noscript>
  );
}
