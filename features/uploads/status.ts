import type { Refusal } from './schema';

/** The status of an answer that refuses a file, by why. https://www.rfc-editor.org/rfc/rfc9110#section-15, 507 of RFC 4918 */
export const STATUS: Readonly<Record<Refusal, number>> = {
  empty: 422,
  long: 422,
  note: 422,
  hidden: 422,
  characters: 422,
  outside: 422,
  taken: 409,
  missing: 404,
  kind: 415,
  large: 413,
  quota: 507,
  disk: 507,
  busy: 429,
  keys: 503,
  cut: 400,
};
