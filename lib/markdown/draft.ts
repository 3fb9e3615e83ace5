import type { ElementContent } from 'hast';
import type { Node } from 'unist';
import type { Slot, Unsupported } from './compiled';
import { type Mark, point, withoutMarks } from './marks';

export type DraftHeading = {
  depth: 1 | 2 | 3 | 4 | 5 | 6;
  text: string;
  id: string;
  line: number;
  listed: boolean;
  isTitle: boolean;
};

/** What is gathered while one note is compiled. */
export type Draft = {
  slots: Slot[];
  /** HTML made by us from text (formulas, coloured code, diagrams), which joins the page after it is sanitised. */
  inserts: string[];
  headings: DraftHeading[];
  blockIds: string[];
  unsupported: Unsupported[];
  /** First spelling by lower case. */
  tags: Map<string, string>;
  /** Plain text so far, in pieces. */
  words: string[];
  /** How many links we are inside of: a link in a link is only its words. */
  insideLink: number;
  ids: Set<string>;
  strictLineBreaks: boolean;
  /** The line in the source file where a node begins. */
  lineOf: (node: Node) => number;
};

export function addSlot(draft: Draft, slot: Slot): number {
  return draft.slots.push(slot) - 1;
}

/** Puts HTML of ours before and after what is to be sanitised. */
export function wrap(draft: Draft, before: string, after: string, children: ElementContent[]): Mark {
  const at = draft.inserts.push(before, after);
  return { type: 'mark', open: `T${at - 2}`, close: `T${at - 1}`, children };
}

/** A place for HTML that we made ourselves. It must hold no markup of the author's. */
export function insert(draft: Draft, html: string): Mark {
  return point(`T${draft.inserts.push(html) - 1}`);
}

export function reportUnsupported(draft: Draft, node: Node, kind: string): void {
  draft.unsupported.push({ line: draft.lineOf(node), kind });
}

export function addTag(draft: Draft, tag: string): void {
  const key = tag.toLowerCase();
  if (tag && !draft.tags.has(key)) draft.tags.set(key, tag);
}

/** Runs `work` and gives the plain text it added. */
export function gatherWords<T>(draft: Draft, work: () => T): { result: T; words: string } {
  const from = draft.words.length;
  const result = work();
  return { result, words: withoutMarks(draft.words.slice(from).join('')).replace(/\s+/g, ' ').trim() };
}
