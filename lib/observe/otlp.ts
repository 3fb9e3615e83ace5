import { createHash } from 'node:crypto';
import type { Observation } from './observation';
import type { Fact, Span } from './trace';

type Value =
  | { stringValue: string }
  | { boolValue: boolean }
  | { doubleValue: number }
  | { intValue: string }
  | { arrayValue: { values: Value[] } };
type Attribute = { key: string; value: Value };

/** Some observations as OTLP has traces: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export function toOtlp(observations: readonly Observation[]) {
  return {
    resourceSpans: [
      {
        resource: { attributes: [attribute('service.name', 'trastienda')] },
        scopeSpans: [{ scope: { name: 'trastienda' }, spans: observations.flatMap(spansOf) }],
      },
    ],
  };
}

function spansOf(observation: Observation) {
  const { trace, request, response, at } = observation;
  const start = BigInt(Date.parse(at)) * 1_000_000n;
  const nanos = (milliseconds: number) => String(start + BigInt(Math.round(milliseconds * 1e6)));
  const root = spanId(trace.id, -1);
  const end = response?.end ?? Math.max(0, ...trace.spans.map((span) => span.end ?? span.begin));
  const facts: Record<string, Fact> = {
    'http.request.method': request.method,
    'url.path': request.path,
    'http.response.status_code': response?.status ?? null,
    'http.response.size': response?.bytes ?? null,
    'trastienda.source': observation.source,
  };
  const common = { traceId: trace.id };
  return [
    {
      ...common,
      spanId: root,
      name: `${request.method} ${request.path}`,
      kind: 2,
      startTimeUnixNano: nanos(0),
      endTimeUnixNano: nanos(end),
      attributes: attributesOf(facts),
      status: { code: (response?.status ?? 0) >= 500 ? 2 : 0 },
    },
    ...trace.spans.map((span, i) => ({
      ...common,
      spanId: spanId(trace.id, i),
      parentSpanId: span.parent === null ? root : spanId(trace.id, span.parent),
      name: span.kind === 'query' ? (/^\s*\w+/.exec(span.name)?.[0] ?? 'query') : span.name,
      kind: span.kind === 'query' ? 3 : 1,
      startTimeUnixNano: nanos(span.begin),
      endTimeUnixNano: nanos(span.end ?? end),
      attributes: attributesOf(factsOf(span)),
      status: { code: span.facts.failed ? 2 : 0 },
    })),
  ];
}

/** A query's values stay here: what is exported may be read by others than owners. */
function factsOf({ kind, name, facts }: Span): Record<string, Fact> {
  const { parameters: _, ...told } = facts;
  const own: Record<string, Fact> = kind === 'query' ? { 'db.system.name': 'postgresql', 'db.query.text': name } : {};
  const named = Object.entries(told).map(([key, value]) => [`trastienda.${key}`, value] as const);
  return { 'trastienda.kind': kind, ...own, ...Object.fromEntries(named) };
}

/** Eight bytes that are the same whenever the same trace is exported. */
const spanId = (trace: string, index: number): string =>
  createHash('sha256').update(`${trace} ${index}`).digest('hex').slice(0, 16);

const attributesOf = (facts: Record<string, Fact>): Attribute[] =>
  Object.entries(facts).flatMap(([key, value]) => (value === null ? [] : [attribute(key, value)]));

const attribute = (key: string, value: Exclude<Fact, null>): Attribute => ({ key, value: valueOfFact(value) });

function valueOfFact(value: Exclude<Fact, null>): Value {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { arrayValue: { values: value.map((each) => ({ stringValue: each })) } };
}
