/** What tells one state of a resource from another. */
export type Validators = {
  /** Strong, with its quotes. */
  etag: string;
  modified: Date;
};

type Headers = { get: (name: string) => string | null };

/**
 * What the conditions of a GET or HEAD request come to, in the order of RFC 9110, 13.2.2: send it, say that it is as the
 * visitor has it (304), or that it is not as the visitor demands (412).
 */
export function conditionOf(headers: Headers, { etag, modified }: Validators): 'send' | 'unchanged' | 'failed' {
  const ifMatch = headers.get('if-match');
  const unmodifiedSince = readDate(headers.get('if-unmodified-since'));
  if (ifMatch !== null) {
    if (!matches(ifMatch, etag, 'strong')) return 'failed';
  } else if (unmodifiedSince !== null && seconds(modified) > seconds(unmodifiedSince)) return 'failed';
  const ifNoneMatch = headers.get('if-none-match');
  if (ifNoneMatch !== null) return matches(ifNoneMatch, etag, 'weak') ? 'unchanged' : 'send';
  const modifiedSince = readDate(headers.get('if-modified-since'));
  return modifiedSince !== null && seconds(modified) <= seconds(modifiedSince) ? 'unchanged' : 'send';
}

/** Whether a `Range` is to be heeded: without `If-Range`, or when it names exactly this state (RFC 9110, 13.1.5). */
export function rangeHolds(headers: Headers, { etag, modified }: Validators): boolean {
  const ifRange = headers.get('if-range')?.trim();
  if (ifRange === undefined) return true;
  return ifRange === etag || ifRange === httpDate(modified);
}

/** A date as headers have it, in whole seconds. */
export const httpDate = (date: Date): string => date.toUTCString();

function matches(list: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  if (list.trim() === '*') return true;
  const tags = list.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => tag === etag || (comparison === 'weak' && tag === `W/${etag}`));
}

/** One of the three forms of RFC 9110, 5.6.7; null for what is no date, which is then ignored. */
function readDate(text: string | null): Date | null {
  if (text === null) return null;
  const zoned = /GMT\s*$/.test(text)
    ? text
    : /^\w{3} \w{3} [ \d]\d [\d:]{8} \d{4}$/.test(text.trim())
      ? `${text} GMT`
      : '';
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : new Date(time);
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
