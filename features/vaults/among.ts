import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/** Whether a column is one of `ids`, however many: they travel as one parameter, of which PostgreSQL takes 65,535. */
export function among(column: AnyPgColumn, ids: Iterable<number | string>, type: 'bigint' | 'uuid' = 'bigint'): SQL {
  return sql`${column} = any(${`{${[...ids].join(',')}}`}::${sql.raw(type)}[])`;
}

/** The same for texts. */
export function amongTexts(column: AnyPgColumn, texts: readonly string[]): SQL {
  return sql`${column} = any(array(select json_array_elements_text(${JSON.stringify(texts)}::json)))`;
}

const CHUNK = 4_000;

/** `items` in parts small enough to be the rows of one statement. */
export function chunks<T>(items: readonly T[], size = CHUNK): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
