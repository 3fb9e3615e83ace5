import type { Heading } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import type { Block, OutlineItem } from './compiled';
import { type Draft, gatherWords } from './draft';
import { around, type Mark, point } from './marks';

/** Ids that other parts of a page use begin like this, or are these: the note's frame (`components/`) has them. */
const RESERVED = /^(?:fn|fnref|block|user-content|e\d+|d\d+)-|^(?:text|tree|outline|backlinks|glimpse)$/;

/** A readable id, unique in its note, like GitHub's: small letters, no punctuation, Unicode kept. */
export function uniqueId(taken: Set<string>, words: string): string {
  const slug = words
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_\- ]/gu, '')
    .trim()
    .replaceAll(' ', '-')
    .slice(0, 200);
  const base = RESERVED.test(slug) ? `h-${slug}` : slug || 'section';
  if (!taken.has(base)) return claim(taken, base);
  // The next number is remembered, so that many equal headings take no longer than different ones.
  let number = Number(counts.get(taken)?.get(base) ?? 0);
  do number += 1;
  while (taken.has(`${base}-${number}`));
  const numbers = counts.get(taken) ?? new Map<string, number>();
  counts.set(taken, numbers.set(base, number));
  return claim(taken, `${base}-${number}`);
}

const counts = new WeakMap<Set<string>, Map<string, number>>();

function claim(taken: Set<string>, id: string): string {
  taken.add(id);
  return id;
}

/**
 * A heading with its id. Those at the top level of the note make up its outline. Of one that the page shows as its title
 * only the place stays, so that links to it arrive.
 */
export function heading(draft: Draft, state: State, node: Heading, listed: boolean): Mark {
  const before = draft.words.length;
  const { result: children, words } = gatherWords(draft, () => state.all(node));
  const id = uniqueId(draft.ids, words);
  const isTitle = node.data?.isTitle === true;
  if (isTitle) draft.words.length = before;
  const at = draft.headings.push({ depth: node.depth, text: words, id, line: draft.lineOf(node), listed, isTitle }) - 1;
  return isTitle ? point(`H${at}`) : around(`H${at}`, children);
}

/** What of a heading's words counts when a link names it: not case, extra spaces nor what a link cannot hold. */
export function headingKey(words: string): string {
  return words
    .normalize('NFC')
    .toLowerCase()
    .replace(/[#|^:%[\]\\]+/g, ' ')
    .replace(/[*_`~=]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The heading that `Heading` or `H1#H2` names: each part is looked for below the one before it, the first found wins.
 * A heading may itself hold `#`, so the whole is tried as one heading too. Null when there is none.
 */
export function findHeading(outline: OutlineItem[], fragment: string): OutlineItem | null {
  const whole = headingKey(fragment);
  if (!whole) return null;
  return (
    findPath(outline, fragment) ??
    outline.find((item) => headingKey(item.text) === whole) ??
    ((bareKey(fragment) && outline.find((item) => bareKey(item.text) === bareKey(fragment))) || null)
  );
}

/** Links are also written without a heading's question marks and the like. */
function bareKey(words: string): string {
  return headingKey(words.replace(/[\p{P}\p{S}]+/gu, ' '));
}

function findPath(outline: OutlineItem[], fragment: string): OutlineItem | null {
  const parts = fragment.split('#').map(headingKey).filter(Boolean);
  const search = (part: number, from: number, deeperThan: number): OutlineItem | null => {
    for (let index = from; index < outline.length; index += 1) {
      const item = outline[index];
      if (!item || item.depth <= deeperThan) return null;
      if (headingKey(item.text) !== parts[part]) continue;
      if (part === parts.length - 1) return item;
      const found = search(part + 1, index + 1, item.depth);
      if (found) return found;
    }
    return null;
  };
  return parts.length > 0 ? search(0, 0, 0) : null;
}

/** The block that `^id` (or `id`) names, or null. */
export function findBlock(blocks: Record<string, Block>, fragment: string): Block | null {
  const id = fragment.replace(/^\^/, '').trim().toLowerCase();
  return Object.hasOwn(blocks, id) ? (blocks[id] ?? null) : null;
}
