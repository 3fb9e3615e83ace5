import type { Root } from 'mdast';
import { toString as plain } from 'mdast-util-to-string';

declare module 'mdast' {
  interface HeadingData {
    /** Shown by the page as its title, not in the text. */
    isTitle?: boolean;
  }
}

/**
 * The note's title: its property, else the level-1 heading it opens with. That heading leaves the text, because the page
 * shows the title itself, unless the property says something else.
 */
export function takeTitle(note: Root, property: string | null): string | null {
  const first = note.children[0];
  if (first?.type !== 'heading' || first.depth !== 1) return property;
  const words = plain(first).replace(/\s+/g, ' ').trim();
  if (!words || (property !== null && property.trim() !== words)) return property;
  first.data = { ...first.data, isTitle: true };
  return property ?? words;
}
