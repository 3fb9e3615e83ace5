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
  const startSpan = (name: string, options: { attributes?: Attributes } = {}) => new NextSpan(name, options.attributes);
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

/** One of Next's spans, as far as the trace at hand wants it. A class: each request makes many, and closures cost more. */
class NextSpan {
  readonly seen: Seen | null;

  constructor(name: string, attributes: Attributes = {}) {
    this.seen = openSpan('next', name, {});
    this.setAttributes(attributes);
  }

  spanContext() {
    return NO_CONTEXT;
  }

  isRecording(): boolean {
    return this.seen !== null;
  }

  setAttribute(key: string, value: unknown): this {
    const told = this.seen && TOLD[key];
    if (told && isFact(value)) this.seen.facts[told] = value;
    return this;
  }

  setAttributes(all: Attributes): this {
    if (this.seen) for (const key in all) this.setAttribute(key, all[key]);
    return this;
  }

  addEvent(): this {
    return this;
  }

  addLink(): this {
    return this;
  }

  addLinks(): this {
    return this;
  }

  setStatus(): this {
    return this;
  }

  updateName(given: string): this {
    if (this.seen) this.seen.name = given;
    return this;
  }

  recordException(error: unknown): void {
    if (this.seen) this.seen.facts.failed = error instanceof Error ? error.name : 'error';
  }

  end(): void {
    closeSpan(this.seen);
  }
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
