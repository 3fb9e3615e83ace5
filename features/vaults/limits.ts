import type { Problem } from '@/lib/vault/frontmatter';
import type { Known } from '@/lib/vault/known';

/** An index entry of PostgreSQL holds 2,704 bytes; no path that is imported is longer than this either. */
const KEY_BYTES_MAX = 1024;

const fits = (text: string) => Buffer.byteLength(text) <= KEY_BYTES_MAX;

/**
 * Leaves out what is too long to be looked up by: a permalink, an alias, an `id` or a tag beyond what any address or name can be. Each is
 * told as a problem.
 */
export function withinLimits(known: Known, tags: string[]): { known: Known; tags: string[]; problems: Problem[] } {
  const long = [
    ...[known.permalink].filter((each) => each !== null && !fits(each)).map(() => 'permalink'),
    ...[known.id].filter((each) => each !== null && !fits(each)).map(() => 'id'),
    ...known.aliases.filter((each) => !fits(each)).map(() => 'alias'),
    ...tags.filter((each) => !fits(each)).map(() => 'tag'),
  ];
  const own = (text: string | null) => (text !== null && fits(text) ? text : null);
  return {
    known: { ...known, permalink: own(known.permalink), id: own(known.id), aliases: known.aliases.filter(fits) },
    tags: tags.filter(fits),
    problems: long.map((what) => ({ problem: `${what}: longer than ${KEY_BYTES_MAX} bytes, left out`, line: 1 })),
  };
}
