/** Tables and columns that hold what opens something: values of queries that name them are never looked at. */
const SECRETIVE =
  /password|token|session|recovery|identity|totp|secret|seal|key_|"key"|webauthn|credential|invitation/i;
const LONGEST = 80;
/** Long and without a space: more likely a key, a hash or a token than words. */
const LIKE_A_KEY = /^[^\s/]{40,}$/;

/** Texts of queries that were looked through for those names: a page asks the same ones again and again. */
const LOOKED_MAX = 1_000;
const looked = new Map<string, boolean>();

/**
 * What may be kept of a query's parameters for the owner's eyes: numbers, dates and short words. Bytes, and whatever
 * belongs to a query that touches passwords, sessions or keys, are told by their kind and size only.
 */
export function shownParameters(query: string, values: readonly unknown[]): string[] {
  if (values.length === 0) return [];
  const secretive = isSecretive(query);
  return values.map((value) => shown(secretive, value));
}

function shown(secretive: boolean, value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Uint8Array) return `‹${value.byteLength} bytes›`;
  if (secretive) return `‹${typeof value}›`;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `‹list of ${value.length}›`;
  if (typeof value !== 'string') return `‹${typeof value}›`;
  if (/@|\$argon/.test(value) || LIKE_A_KEY.test(value)) return `‹text of ${value.length}›`;
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}

function isSecretive(query: string): boolean {
  const known = looked.get(query);
  if (known !== undefined) return known;
  const found = SECRETIVE.test(query);
  if (looked.size >= LOOKED_MAX) looked.clear();
  looked.set(query, found);
  return found;
}
