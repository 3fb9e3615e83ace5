/** Which bytes of a representation a `Range` header asks for. Both ends are inclusive. */
export type Wanted = { as: 'whole' } | { as: 'part'; start: number; end: number } | { as: 'none' };

type Part = { start: number; end: number };

const WHOLE: Wanted = { as: 'whole' };
/** More ranges than this are not worth sorting: whoever asks for them gets the whole. */
const RANGES_MAX = 64;

/**
 * Reads a `Range` header (RFC 9110, 14.1 and 14.2) for a representation of `size` bytes. Whatever is no range of bytes is
 * ignored, as the RFC allows: another unit, a syntax error, ranges that do not join into one. `none` is for a range that is
 * one, of bytes that do not exist. Of nothing, the whole is all there is.
 */
export function chooseRange(header: string | null, size: number): Wanted {
  const [, list] = /^\s*bytes\s*=(.*)$/is.exec(header ?? '') ?? [];
  if (list === undefined || size === 0) return WHOLE;
  const specs = list
    .split(',', RANGES_MAX + 1)
    .map((spec) => spec.trim())
    .filter((spec) => spec !== '');
  if (specs.length === 0 || specs.length > RANGES_MAX) return WHOLE;
  const parts: Part[] = [];
  for (const spec of specs) {
    const part = readSpec(spec, size);
    if (part === 'invalid') return WHOLE;
    if (part) parts.push(part);
  }
  if (parts.length === 0) return { as: 'none' };
  const joined = join(parts);
  return joined ? { as: 'part', ...joined } : WHOLE;
}

/** Null for bytes that do not exist. Numbers too large to be exact are beyond the end all the same. */
function readSpec(spec: string, size: number): Part | 'invalid' | null {
  const [, first, last] = /^(\d*)-(\d*)$/.exec(spec) ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'invalid';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? null : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? Number.POSITIVE_INFINITY : Number(last);
  if (end < start) return 'invalid';
  return start >= size ? null : { start, end: Math.min(end, size - 1) };
}

/** The one range that these are together, or null when there are gaps between them. */
function join(parts: Part[]): Part | null {
  const [first, ...others] = [...parts].sort((a, b) => a.start - b.start);
  if (!first) return null;
  const joined = { ...first };
  for (const { start, end } of others) {
    if (start > joined.end + 1) return null;
    joined.end = Math.max(joined.end, end);
  }
  return joined;
}
