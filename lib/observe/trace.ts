import { AsyncLocalStorage } from 'node:async_hooks';

/** What a span tells of: a query, a part of Next's work, an access decision… */
export type SpanKind =
  | 'request'
  | 'next'
  | 'query'
  | 'session'
  | 'access'
  | 'cache'
  | 'form'
  | 'file'
  | 'publishing'
  | 'page';
export type Fact = string | number | boolean | null | readonly string[];
export type Facts = Record<string, Fact>;

/** Something that took a while, or, when `end` is `begin`, happened. Times are milliseconds since the trace began. */
export type Span = {
  /** Index of the span it is part of. */
  parent: number | null;
  kind: SpanKind;
  name: string;
  begin: number;
  /** Null while it lasts. */
  end: number | null;
  facts: Facts;
};

/** What was seen of the making of one answer. */
export type Trace = {
  /** 32 hexadecimal digits, as OpenTelemetry has them. */
  id: string;
  /** Of `performance.now()`. */
  origin: number;
  spans: Span[];
  /** Spans beyond the most a trace holds. */
  omitted: number;
  /** UUID of whoever's session the request carried, once it was checked. */
  person: string | null;
};

/** Queries made in a piece of work. */
type Tally = { queries: number; outer: Tally | null };
type Scope = {
  trace: Trace | null;
  parent: number | null;
  tally: Tally | null;
  /** What Next's own spans find each other by; here because each store of this kind costs every promise. */
  carried?: unknown;
};

/** More than any page makes; an import or a runaway page must not fill the memory. */
const SPANS_MAX = 500;

declare global {
  /** Shared by the server's module graph and Next's, which meet only here, in PostgreSQL and over HTTP. */
  var trastiendaScopes: AsyncLocalStorage<Scope> | undefined;
}

function scopes(): AsyncLocalStorage<Scope> {
  globalThis.trastiendaScopes ??= new AsyncLocalStorage();
  return globalThis.trastiendaScopes;
}

/** Runs `work`, and all it starts, as part of a trace. */
export function duringTrace<T>(trace: Trace, work: () => T): T {
  return scopes().run({ trace, parent: null, tally: null }, work);
}

/** The trace of the answer in the making; null when it is not observed. */
export const currentTrace = (): Trace | null => scopes().getStore()?.trace ?? null;

/** Whether anybody looks: what is costly to tell is told only then. */
export function isObserved(): boolean {
  const scope = scopes().getStore();
  return scope !== undefined && (scope.trace !== null || scope.tally !== null);
}

/** Runs `work` as a span; it may add facts to those given. */
export async function observe<T>(
  kind: SpanKind,
  name: string,
  facts: Facts,
  work: (facts: Facts) => Promise<T>,
): Promise<T> {
  const scope = scopes().getStore();
  const span = openSpan(kind, name, facts);
  if (!scope?.trace || !span) return work(facts);
  try {
    const parent = scope.trace.spans.indexOf(span);
    return await scopes().run({ ...scope, parent }, () => work(span.facts));
  } catch (error) {
    span.facts.failed = error instanceof Error ? error.name : 'error';
    throw error;
  } finally {
    closeSpan(span);
  }
}

/** Says whose session the request carries, so that they may see what was seen of it. */
export function nameViewer(person: string): void {
  const trace = currentTrace();
  if (trace) trace.person = person;
}

/** What {@link carry} has the work at hand carry. */
export const carried = (): unknown => scopes().getStore()?.carried;

/** Has `work`, and all it starts, carry something, and within `span` when one is given. */
export function carry<T>(something: unknown, work: () => T, span: Span | null = null): T {
  const scope = scopes().getStore() ?? { trace: null, parent: null, tally: null };
  const parent = span && scope.trace ? scope.trace.spans.lastIndexOf(span) : scope.parent;
  return scopes().run({ ...scope, parent, carried: something }, work);
}

/** Notes that something happened. */
export function tell(kind: SpanKind, name: string, facts: Facts = {}): void {
  const span = openSpan(kind, name, facts);
  if (span) span.end = span.begin;
}

/** Runs `work` and counts the queries made for it, whether or not it is observed. */
export async function tallying<T>(work: () => Promise<T>): Promise<{ value: T; queries: number }> {
  const scope = scopes().getStore();
  const tally: Tally = { queries: 0, outer: scope?.tally ?? null };
  const inner = { ...scope, trace: scope?.trace ?? null, parent: scope?.parent ?? null, tally };
  const value = await scopes().run(inner, work);
  return { value, queries: tally.queries };
}

/** Counts one query for whoever is tallying. */
export function countQuery(): void {
  for (let tally = scopes().getStore()?.tally ?? null; tally; tally = tally.outer) tally.queries++;
}

/** Opens a span in the trace at hand, if any; {@link closeSpan} ends it. */
export function openSpan(kind: SpanKind, name: string, facts: Facts): Span | null {
  const scope = scopes().getStore();
  if (!scope?.trace) return null;
  const { trace, parent } = scope;
  if (trace.spans.length >= SPANS_MAX) {
    trace.omitted++;
    return null;
  }
  const span = new OpenSpan(trace.origin, parent, kind, name, facts);
  trace.spans.push(span);
  return span;
}

/** Ends a span that lasts. */
export function closeSpan(span: Span | null): void {
  if (span instanceof OpenSpan) span.close();
}

/** Knows when its trace began: looking that up for each span would cost more than all else about it. */
class OpenSpan implements Span {
  readonly begin: number;
  end: number | null = null;
  readonly #origin: number;

  constructor(
    origin: number,
    readonly parent: number | null,
    readonly kind: SpanKind,
    public name: string,
    readonly facts: Facts,
  ) {
    this.#origin = origin;
    this.begin = performance.now() - origin;
  }

  close(): void {
    this.end ??= performance.now() - this.#origin;
  }
}
