import { createRequire } from 'node:module';
import { carried, carry, closeSpan, type Fact, openSpan, type Span as Seen } from '@/lib/observe/trace';

/** As much of OpenTelemetry's API as Next uses: https://opentelemetry.io/docs/specs/otel/trace/api/ */
type Attributes = Record<string, unknown>;
type Context = { getValue: (key: symbol) => unknown; setValue: (key: symbol, value: unknown) => Context };
type Api = {
  ROOT_CONTEXT: Context;
  context: { setGlobalContextManager: (manager: object) => boolean; active: () => Context };
  trace: {
    setGlobalTracerProvider: (provider: object) => boolean;
    setSpan: (context: Context, span: object) => Context;
  };
};

const NO_CONTEXT = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 };
/** What is worth knowing of Next's own facts. */
const TOLD: Record<string, string> = { 'next.route': 'route', 'next.page': 'file', 'next.span_type': 'type' };

/** Has Next tell what it does: its spans become part of the trace of the request at hand. */
export function watchNext(): void {
  const api = apiOfNext();
  const active = () => {
    const context = carried();
    return isContext(context) ? context : api.ROOT_CONTEXT;
  };
  api.context.setGlobalContextManager({
    active,
    with: (context: Context, work: (...args: unknown[]) => unknown, self: unknown, ...args: unknown[]) =>
      carry(context, () => Reflect.apply(work, self, args)),
    bind: (_context: Context, target: unknown) => target,
    enable: () => {},
    disable: () => {},
  });
  const startSpan = (name: string, options: { attributes?: Attributes } = {}) => makeSpan(name, options.attributes);
  const tracer = {
    startSpan,
    startActiveSpan: (name: string, ...rest: unknown[]) => {
      const work = rest.at(-1);
      const [options] = rest;
      if (typeof work !== 'function') throw new TypeError('A span without work.');
      const span = startSpan(name, isOptions(options) ? options : {});
      const context = api.trace.setSpan(active(), span);
      return carry(context, () => Reflect.apply(work, undefined, [span]), span.seen);
    },
  };
  api.trace.setGlobalTracerProvider({ getTracer: () => tracer });
}

function makeSpan(name: string, attributes: Attributes = {}) {
  const seen = openSpan('next', name, {});
  const note = (key: string, value: unknown) => {
    const told = TOLD[key];
    if (seen && told && isFact(value)) seen.facts[told] = value;
  };
  for (const [key, value] of Object.entries(attributes)) note(key, value);
  const span = {
    seen,
    spanContext: () => NO_CONTEXT,
    isRecording: () => seen !== null,
    setAttribute: (key: string, value: unknown) => {
      note(key, value);
      return span;
    },
    setAttributes: (all: Attributes) => {
      for (const [key, value] of Object.entries(all)) note(key, value);
      return span;
    },
    addEvent: () => span,
    addLink: () => span,
    addLinks: () => span,
    setStatus: () => span,
    updateName: (given: string) => {
      if (seen) seen.name = given;
      return span;
    },
    recordException: (error: unknown) => fail(seen, error),
    end: () => closeSpan(seen),
  };
  return span;
}

function fail(seen: Seen | null, error: unknown): void {
  if (seen) seen.facts.failed = error instanceof Error ? error.name : 'error';
}

const isContext = (value: unknown): value is Context =>
  typeof value === 'object' && value !== null && 'getValue' in value;
const isFact = (value: unknown): value is Fact => ['string', 'number', 'boolean'].includes(typeof value);
const isOptions = (value: unknown): value is { attributes?: Attributes } => typeof value === 'object' && value !== null;

/** The copy that Next carries: all copies meet in one global registry. */
function apiOfNext(): Api {
  const api: Api = createRequire(import.meta.url)('next/dist/compiled/@opentelemetry/api');
  return api;
}
