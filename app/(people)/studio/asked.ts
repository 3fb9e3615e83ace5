/** What the address of a page asks for. */
export type Asked = Promise<Record<string, string | string[] | undefined>>;

/** A parameter as one text; the first of several, empty for none. */
export const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';

/** The number of a page, 1 for whatever is none. */
export function pageIn(value: string | string[] | undefined): number {
  const page = Number(one(value));
  return Number.isInteger(page) && page > 0 ? Math.min(page, 100_000) : 1;
}

/** A query of those parameters that say something. */
export function queryOf(values: Record<string, string | null>): string {
  const said = Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return said.length > 0 ? `?${new URLSearchParams(said)}` : '';
}
