import { formatMoment } from '@/lib/language/format';
import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import { lessonHref, type XrayWords, xrayWords } from '@/lib/language/xray';
import { modeOf } from '@/lib/observe/mode';
import type { Observation } from '@/lib/observe/observation';
import type { Span, SpanKind } from '@/lib/observe/trace';
import { ModeBadge } from '../ui/mode-badge';
import { CacheList, DecisionList, FileList, FormPath, RouteFacts, SessionFacts } from './fact-lists';
import { QueryList } from './query-list';
import { Names, Section } from './section';
import { SpanTimeline } from './span-timeline';

type Props = {
  observation: Observation;
  rendering: Observation | null;
  owner: boolean;
  /** The plan of one query, when it was asked for. */
  plan?: { of: number; lines: string[] } | null;
  language: InterfaceLanguage;
};

/** One request, opened up. */
export function XrayView({ observation, rendering, owner, plan = null, language }: Props) {
  const words = xrayWords(language);
  const { request, response } = observation;
  const of = (kind: SpanKind) => observation.trace.spans.filter((span) => span.kind === kind);
  const part = { language, words };
  return (
    <>
      <p className="said">{observation.probe ? words.probe : words.own}</p>
      <Summary observation={observation} queries={of('query').length} language={language} words={words} />
      <Section part="timeline" title={words.timeline.title} lead={words.timeline.lead} {...part}>
        <SpanTimeline observation={observation} language={language} />
      </Section>
      <Section part="request" title={words.request.title} lead={words.request.lead} {...part}>
        <p className="xray-line">
          <code>
            {request.method} {request.path}
          </code>
        </p>
        {request.query.length > 0 && <h3>{words.request.parameters}</h3>}
        {request.query.length > 0 && <Names named={request.query} words={words} />}
        <h3>{words.request.headers}</h3>
        <Names named={request.headers} words={words} />
      </Section>
      <Section part="route" title={words.route.title} lead={words.route.lead} {...part}>
        <RouteFacts observation={observation} words={words} />
      </Section>
      <Section part="session" title={words.session.title} lead={words.session.lead} {...part}>
        <SessionFacts observation={observation} words={words} />
      </Section>
      <Section part="access" title={words.access.title} lead={words.access.lead} {...part}>
        <DecisionList spans={of('access')} words={words} />
      </Section>
      {(of('form').length > 0 || of('publishing').length > 0) && (
        <Section part="form" title={words.form.title} lead={words.form.lead} {...part}>
          <FormPath spans={[...of('form'), ...of('publishing')]} words={words} />
        </Section>
      )}
      <Section part="queries" title={words.queries.title} lead={words.queries.lead(of('query').length)} {...part}>
        <QueryList queries={of('query')} language={language} owner={owner} plan={plan} />
      </Section>
      <Section part="cache" title={words.cache.title} lead={words.cache.lead} {...part}>
        <CacheList spans={of('cache')} words={words} />
      </Section>
      {of('file').length > 0 && (
        <Section part="files" title={words.files.title} lead={words.files.lead} {...part}>
          <FileList spans={of('file')} words={words} />
        </Section>
      )}
      <Section part="response" title={words.response.title} lead={words.response.lead} {...part}>
        <p className="xray-line">
          <code>HTTP/1.1 {response?.status}</code> {response && words.bytes(response.bytes)}
        </p>
        <h3>{words.response.headers}</h3>
        <Names named={response?.headers ?? []} words={words} />
      </Section>
      {observation.source === 'page store' && (
        <Rendering rendering={rendering} owner={owner} language={language} words={words} />
      )}
    </>
  );
}

function Summary({
  observation,
  queries,
  language,
  words,
}: {
  observation: Observation;
  queries: number;
  language: InterfaceLanguage;
  words: XrayWords;
}) {
  const { summary } = words;
  const mode = modeOf(observation);
  const { response, source } = observation;
  const why =
    mode === null ? words.noPage : mode === 'static' && source !== 'page store' ? words.rendered : words.why[mode];
  return (
    <>
      <dl className="xray-summary">
        <Fact name={summary.status} value={String(response?.status)} />
        <Fact name={summary.head} value={words.ms(response?.head ?? 0)} />
        <Fact name={summary.time} value={words.ms(response?.end ?? 0)} />
        <Fact name={summary.bytes} value={words.bytes(response?.bytes ?? 0)} />
        <Fact name={summary.queries} value={String(queries)} />
      </dl>
      <p className="xray-mode">
        {mode && <ModeBadge mode={mode} label={wordsFor(language).mode[mode]} />} {why}
      </p>
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

type RenderingProps = Omit<Props, 'observation' | 'plan'> & { words: XrayWords };

function Rendering({ rendering, owner, language, words }: RenderingProps) {
  const { title, lead, gone } = words.rendering;
  const isQuery = (span: Span) => span.kind === 'query';
  return (
    <section className="xray-part" aria-labelledby="xray-rendering">
      <h2 id="xray-rendering">{title}</h2>
      <p className="said">
        {rendering ? lead(formatMoment(rendering.at, language)) : gone}{' '}
        <a href={lessonHref('rendering', language)}>{words.learn}</a>
      </p>
      {rendering && (
        <>
          <SpanTimeline observation={rendering} language={language} />
          <RouteFacts observation={rendering} words={words} />
          <h3>{words.queries.title}</h3>
          <QueryList queries={rendering.trace.spans.filter(isQuery)} language={language} owner={owner} />
          <h3>{words.cache.title}</h3>
          <CacheList spans={rendering.trace.spans.filter((span) => span.kind === 'cache')} words={words} />
        </>
      )}
    </section>
  );
}
