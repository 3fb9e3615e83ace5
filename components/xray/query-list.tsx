import type { InterfaceLanguage } from '@/lib/language/words';
import { xrayWords } from '@/lib/language/xray';
import type { Span } from '@/lib/observe/trace';
import { ScrollingText } from '../ui/scrolling';

type Props = {
  queries: readonly Span[];
  language: InterfaceLanguage;
  /** Whether values are shown. */
  owner: boolean;
  /** The plan an owner asked for: of which query, and what PostgreSQL says. */
  plan?: { of: number; lines: string[] } | null;
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
          <ScrollingText>{broken(query.name)}</ScrollingText>
          {owner && Array.isArray(query.facts.parameters) && query.facts.parameters.length > 0 && (
            <p className="xray-values">
              {said.values}: {query.facts.parameters.map((value, at) => `$${at + 1} = ${value}`).join(' · ')}
            </p>
          )}
          {owner && plan !== undefined && <Plan plan={plan?.of === i ? plan.lines : null} at={i} language={language} />}
        </li>
      ))}
    </ol>
  );
}

function Plan({ plan, at, language }: { plan: string[] | null; at: number; language: InterfaceLanguage }) {
  const { queries } = xrayWords(language);
  if (!plan) {
    return (
      <a className="xray-plan" href={`?plan=${at}#plan`}>
        {queries.plan}
      </a>
    );
  }
  return (
    <div id="plan">
      <b>{queries.planTitle}</b>
      <ScrollingText>{plan.join('\n')}</ScrollingText>
    </div>
  );
}

/** With a line for each clause, as people write SQL. */
const broken = (sql: string): string =>
  sql
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ (from|where|inner join|left join|order by|group by|limit|returning|values|set|on conflict) /gi, '\n$1 ');
