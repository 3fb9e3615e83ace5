import type { InterfaceLanguage } from '@/lib/language/words';
import { type XrayWords, xrayWords } from '@/lib/language/xray';
import type { Observation } from '@/lib/observe/observation';
import type { Span } from '@/lib/observe/trace';
import { percent, ticksTo } from '../chart/scale';
import { Grid } from '../chart/spread-chart';
import { ScrollingTable } from '../ui/scrolling';

const ROW = 18;
const AXIS = 22;
/** Bars drawn; the table has all. */
const DRAWN_MAX = 120;
const NAME_MAX = 90;
const LABEL_MAX = 26;
/** What took no time is still to be seen. */
const THIN = 0.003;

/** What happened when, as bars and as a table. */
export function SpanTimeline({ observation, language }: { observation: Observation; language: InterfaceLanguage }) {
  const words = xrayWords(language);
  const { trace, response } = observation;
  const spans = trace.spans;
  const all = Math.max(response?.end ?? 0, ...spans.map((span) => span.end ?? span.begin), 1);
  const ticks = ticksTo(all);
  const most = ticks.at(-1) ?? all;
  const drawn = spans.slice(0, DRAWN_MAX);
  return (
    <>
      <svg
        className="chart xray-spans"
        width="100%"
        height={drawn.length * ROW + AXIS}
        role="img"
        aria-label={words.timeline.picture(drawn.length)}
      >
        <Grid ticks={ticks} most={most} height={drawn.length * ROW} language={language} />
        {drawn.map((span, i) => (
          <Bar
            key={`${span.begin} ${span.kind} ${span.name}`}
            span={span}
            row={i}
            all={all}
            most={most}
            words={words}
          />
        ))}
      </svg>
      <details>
        <summary>{words.timeline.table}</summary>
        <ScrollingTable label={words.timeline.title}>
          <tbody>
            {spans.map((span, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: spans have no other name, and stay in their order
              <SpanRow key={i} span={span} depth={depthOf(spans, span)} language={language} />
            ))}
          </tbody>
        </ScrollingTable>
      </details>
      {trace.omitted > 0 && <p className="said">{words.timeline.omitted(trace.omitted)}</p>}
    </>
  );
}

type BarProps = { span: Span; row: number; all: number; most: number; words: XrayWords };

/** A piece of work, with its name where there is more room for it: after it, or before. */
function Bar({ span, row, all, most, words }: BarProps) {
  const end = Math.max(span.end ?? all, span.begin + most * THIN);
  const after = span.begin < most - end;
  return (
    <>
      <rect
        data-kind={span.kind}
        x={percent(span.begin, most)}
        width={percent(end - span.begin, most)}
        y={row * ROW + 3}
        height={ROW - 6}
        rx="1"
      />
      <text
        x={percent(after ? end : span.begin, most)}
        dx={after ? 5 : -5}
        y={row * ROW + ROW - 5}
        textAnchor={after ? 'start' : 'end'}
      >
        {words.kinds[span.kind]} · {labelOf(span)}
      </text>
    </>
  );
}

/** A few words for a piece of work: of a query, what it does to which table. */
function labelOf({ kind, name }: Span): string {
  if (kind !== 'query') return name.slice(0, LABEL_MAX);
  const verb = /\b(?:select|insert|update|delete|begin|commit|rollback)\b/i.exec(name)?.[0] ?? '';
  const table = /\b(?:from|into|update|join)\s+"?(\w+)/i.exec(name)?.[1] ?? '';
  return `${verb.toLowerCase()} ${table}`.slice(0, LABEL_MAX);
}

function SpanRow({ span, depth, language }: { span: Span; depth: number; language: InterfaceLanguage }) {
  const words = xrayWords(language);
  const name = span.name.replace(/\s+/g, ' ').trim();
  return (
    <tr>
      <th scope="row" data-kind={span.kind}>
        {words.kinds[span.kind]}
      </th>
      <td>{words.ms(span.begin)}</td>
      <td>{span.end === null ? '…' : words.ms(span.end - span.begin)}</td>
      <td className="xray-name" style={{ paddingInlineStart: `${0.75 + depth}rem` }}>
        {name.length > NAME_MAX ? `${name.slice(0, NAME_MAX)}…` : name}
      </td>
    </tr>
  );
}

function depthOf(spans: readonly Span[], span: Span): number {
  let depth = 0;
  for (let at = span.parent; at !== null && depth < 8; at = spans[at]?.parent ?? null) depth++;
  return depth;
}
