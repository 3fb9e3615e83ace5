import type postgres from 'postgres';
import { shownParameters } from './parameters';
import { closeSpan, countQuery, isObserved, openSpan, type Span } from './trace';

/** An import writes thousands of rows with one statement: its beginning tells enough. */
const TEXT_MAX = 4_000;
const PARAMETERS_MAX = 50;

/** What is used of a query of postgres.js that is about to be sent. */
type Pending = {
  handler: (query: unknown) => unknown;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
};

/**
 * The same client, whose queries are seen by whoever observes the work they are made for: each as it is sent, with its
 * rows and time when it is answered. Without an observer, a query costs one look more.
 */
export function observeQueries<S extends postgres.Sql | postgres.TransactionSql>(sql: S): S {
  const unsafe = (...args: Parameters<postgres.Sql['unsafe']>) => watch(sql.unsafe(...args), args[0], args[1]);
  const within =
    (name: 'begin' | 'savepoint') =>
    (...args: unknown[]) => {
      const method: unknown = Reflect.get(sql, name);
      if (typeof method !== 'function') throw new TypeError(`${name} is not for this connection.`);
      const call = (...given: unknown[]): unknown => Reflect.apply(method, sql, given);
      return isObserved() ? transaction(call, name, args) : call(...args);
    };
  const replaced = new Map<string | symbol, unknown>([
    ['unsafe', unsafe],
    ['begin', within('begin')],
    ['savepoint', within('savepoint')],
  ]);
  return new Proxy(sql, {
    apply: (target, self, args: unknown[]) => watch(Reflect.apply(target, self, args), textOf(args[0]), args.slice(1)),
    get: (target, name) => replaced.get(name) ?? Reflect.get(target, name),
  });
}

function watch<Q>(query: Q, text: string, parameters: unknown): Q {
  if (!isObserved() || !isPending(query)) return query;
  const { handler, resolve, reject } = query;
  let span: Span | null = null;
  query.handler = (self) => {
    countQuery();
    span = openSpan('query', text.length > TEXT_MAX ? text.slice(0, TEXT_MAX) : text, {});
    if (span && Array.isArray(parameters))
      span.facts.parameters = shownParameters(text, parameters.slice(0, PARAMETERS_MAX));
    return handler(self);
  };
  query.resolve = (result) => {
    if (span) span.facts.rows = rowsOf(result);
    closeSpan(span);
    resolve(result);
  };
  query.reject = (error) => {
    if (span) span.facts.failed = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
    closeSpan(span);
    reject(error);
  };
  return query;
}

/** Beginning and ending a transaction are statements too. */
async function transaction(call: (...args: unknown[]) => unknown, name: string, args: unknown[]): Promise<unknown> {
  const work = args.at(-1);
  const span = statement(name === 'begin' ? 'begin' : 'savepoint');
  let ending: Span | null = null;
  const inside = async (inner: postgres.TransactionSql) => {
    closeSpan(span);
    if (typeof work !== 'function') return undefined;
    try {
      const value: unknown = await work(observeQueries(inner));
      ending = name === 'begin' ? statement('commit') : null;
      return value;
    } catch (error) {
      ending = statement(name === 'begin' ? 'rollback' : 'rollback to savepoint');
      throw error;
    }
  };
  try {
    return await call(...args.slice(0, -1), inside);
  } finally {
    closeSpan(ending);
  }
}

function statement(text: string): Span | null {
  countQuery();
  return openSpan('query', text, { parameters: [] });
}

/** A query of this library: it does nothing until its handler is called. */
function isPending(value: unknown): value is Pending {
  return (
    typeof value === 'object' &&
    value !== null &&
    'handler' in value &&
    typeof value.handler === 'function' &&
    'resolve' in value &&
    'reject' in value
  );
}

function rowsOf(result: unknown): number | null {
  return typeof result === 'object' && result !== null && 'count' in result && typeof result.count === 'number'
    ? result.count
    : null;
}

/** The text of a tagged template, with `$1` where a value goes. */
const textOf = (strings: unknown): string =>
  Array.isArray(strings) ? strings.reduce((text: string, part, i) => `${text}${i > 0 ? `$${i}` : ''}${part}`, '') : '';
