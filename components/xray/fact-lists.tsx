import type { XrayWords } from '@/lib/language/xray';
import type { Observation } from '@/lib/observe/observation';
import type { Fact, Span } from '@/lib/observe/trace';
import { Names } from './section';

const text = (fact: Fact | undefined): string =>
  Array.isArray(fact) ? fact.join(', ') : fact === undefined || fact === null ? '–' : String(fact);

/** Which route and file answered, as Next says. */
export function RouteFacts({ observation, words }: { observation: Observation; words: XrayWords }) {
  const route = observation.trace.spans.map((span) => span.facts.route).find((fact) => typeof fact === 'string');
  if (typeof route !== 'string') return <p>{words.route.kept}</p>;
  const file = observation.files?.[route];
  return (
    <Names
      named={[[words.route.route, route], ...(file ? [[words.route.file, file] satisfies [string, string]] : [])]}
      words={words}
    />
  );
}

export function SessionFacts({ observation, words }: { observation: Observation; words: XrayWords }) {
  const { session: said, access } = words;
  const checked = observation.trace.spans.find((span) => span.kind === 'session');
  if (!checked) return <p>{observation.request.session ? said.cookie : said.anonymous}</p>;
  const { role, groups, twoFactor } = checked.facts;
  if (!role) return <p>{said.invalid}</p>;
  return (
    <Names
      named={[
        [said.role, text(role)],
        [said.groups, text(groups) || '–'],
        [said.twoFactor, twoFactor ? access.yes : access.no],
      ]}
      words={words}
    />
  );
}

/** Decisions, each once with how often it was taken. */
export function DecisionList({ spans, words }: { spans: Span[]; words: XrayWords }) {
  if (spans.length === 0) return <p>{words.none}</p>;
  const { access } = words;
  const told = spans.map(({ name, facts }) => {
    if (name === 'notes' || name === 'files') return `${access[name]}: ${text(facts.through)}`;
    return `${name}: ${facts.allowed ? access.yes : access.no}`;
  });
  const counts = new Map<string, number>();
  for (const each of told) counts.set(each, (counts.get(each) ?? 0) + 1);
  return (
    <ul className="xray-list">
      {[...counts].map(([decision, count]) => (
        <li key={decision}>
          {decision}
          {count > 1 && ` (×${count})`}
        </li>
      ))}
    </ul>
  );
}

export function CacheList({ spans, words }: { spans: Span[]; words: XrayWords }) {
  if (spans.length === 0) return <p>{words.none}</p>;
  const { cache } = words;
  const what = (name: string) => (name === 'read' ? cache.read : name === 'miss' ? cache.miss : cache.write);
  return (
    <ul className="xray-list">
      {spans.map((span) => (
        <li key={`${span.begin} ${span.name}`}>
          {what(span.name)}
          {typeof span.facts.age === 'number' && `, ${cache.age} ${words.seconds(span.facts.age)}`}
          {span.facts.tags !== undefined && (
            <>
              {' · '}
              {cache.tags}: <code>{text(span.facts.tags)}</code>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

export function FileList({ spans, words }: { spans: Span[]; words: XrayWords }) {
  return spans.map((span) => (
    <Names
      key={span.begin}
      named={Object.entries(span.facts).map(([name, fact]) => [name, text(fact)])}
      words={words}
    />
  ));
}

export function FormPath({ spans, words }: { spans: Span[]; words: XrayWords }) {
  const { form } = words;
  return (
    <ol className="xray-list">
      {spans.map((span) => (
        <li key={span.begin}>
          {span.kind === 'form' ? (
            <>
              {form.fields}: <code>{text(span.facts.fields)}</code> · {form.wrong}:{' '}
              <code>{text(span.facts.wrong) || '–'}</code>
            </>
          ) : (
            <>
              {form.announce}: <code>{text(span.facts.tags)}</code>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}
