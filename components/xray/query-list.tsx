import type { ReactNode } from 'react';
import type { InterfaceLanguage } from '@/lib/language/words';
import { xrayWords } from '@/lib/language/xray';
import type { Span } from '@/lib/observe/trace';

type Props = {
  queries: readonly Span[];
  language: InterfaceLanguage;
  /** Whether values are shown. */
  owner: boolean;
  /** What an owner asks for a query's plan with. */
  plan?: (query: Span) => ReactNode;
};

/** Each query with its rows and time. */
export function QueryList({ queries, language, owner, plan }: Props) {
  const words = xrayWords(language);
  const { queries: said } = words;
  if (queries.length === 0) return <p>{words.none}</p>;
  return (
    <ol className="xray-queries">
      {queries.map((query, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same query may be asked twice
        <li key={i}>
          <p>
            {said.time}: <b>{query.end === null ? '…' : words.ms(query.end - query.begin)}</b> · {said.rows}:{' '}
            <b>{query.facts.rows ?? '–'}</b>
            {query.facts.failed && ` · ${query.facts.failed}`}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on small screens */}
          <pre tabIndex={0}>{broken(query.name)}</pre>
          {owner && Array.isArray(query.facts.parameters) && query.facts.parameters.length > 0 && (
            <p className="xray-values">
              {said.values}: {query.facts.parameters.map((value, at) => `$${at + 1} = ${value}`).join(' · ')}
            </p>
          )}
          {plan?.(query)}
        </li>
      ))}
    </ol>
  );
}

/** With a line for each clause, as people write SQL. */
const broken = (sql: string): string =>
  sql
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ (from|where|inner join|left join|order by|group by|limit|returning|values|set|on conflict) /gi, '\n$1 ');
