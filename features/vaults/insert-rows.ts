import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Executor } from '@/db/connection';

/**
 * Inserts rows that all have the same keys. They travel as one parameter of JSON, which costs a tenth of one parameter
 * for every value. `end` is what follows: `on conflict …`, `returning …`.
 */
export async function insertRows<T extends PgTable>(
  tx: Executor,
  table: T,
  rows: T['$inferInsert'][],
  end: SQL = sql``,
): Promise<Record<string, unknown>[]> {
  const [first] = rows;
  if (!first) return [];
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => key in first);
  const names = list(columns.map(([, { name }]) => sql.identifier(name)));
  const types = list(columns.map(([, column]) => sql`${sql.identifier(column.name)} ${sql.raw(column.getSQLType())}`));
  const statement = sql`
    insert into ${table} (${names})
    select ${names} from json_to_recordset(${asJson(columns, rows)}::json) as given(${types}) ${end}`;
  return [...(await tx.execute(statement))];
}

/** The values that replace those of a row that is already there. */
export function replacing(table: PgTable, keys: string[]): SQL {
  const columns = getTableColumns(table);
  return list(
    keys.flatMap((key) => {
      const name = sql.identifier(columns[key]?.name ?? key);
      return [sql`${name} = excluded.${name}`];
    }),
  );
}

const list = (parts: SQL[] | ReturnType<typeof sql.identifier>[]): SQL => sql.join(parts, sql`, `);

function asJson(columns: [string, PgColumn][], rows: Record<string, unknown>[]): string {
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map(([key, { name }]) => [name, jsonValue(row[key])]))),
  );
}

const jsonValue = (value: unknown): unknown =>
  value instanceof Uint8Array
    ? `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
    : value;
