import type { Element, ElementContent, Properties, Root, RootContent, Text } from 'hast';
import { SLOT_CLOSE, SLOT_OPEN } from './compiled';

/**
 * A place in the tree that the author's HTML cannot forge: it exists as a node type of its own until the tree is
 * sanitised, and as text between noncharacters (which no note may hold) after that.
 */
export type Mark = { type: 'mark'; open: string; close: string | null; children: ElementContent[] };

declare module 'hast' {
  interface ElementContentMap {
    mark: Mark;
  }
  interface RootContentMap {
    mark: Mark;
  }
}

/** Writes a mark as it stands in the HTML string. */
export function written(code: string): string {
  return SLOT_OPEN + code + SLOT_CLOSE;
}

export function point(code: string): Mark {
  return { type: 'mark', open: code, close: null, children: [] };
}

export function around(code: string, children: ElementContent[]): Mark {
  return { type: 'mark', open: code, close: `/${code}`, children };
}

export function text(value: string): Text {
  return { type: 'text', value };
}

export function element(tagName: string, properties: Properties, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}

const FORGED = /[\uFDD0\uFDD1\0]/g;

/** Replaces the characters that only marks may use. */
export function scrub(value: string): string {
  return value.replace(FORGED, '\uFFFD');
}

/** Text without the marks that stand for lines set aside. */
export function withoutMarks(value: string): string {
  return value.replace(/\uFDD0[^\uFDD1]*\uFDD1/g, '');
}

/** Turns marks into text, in place. Call it only on trees whose own text can hold no mark. */
export function writeMarks(parent: Root | Element): void {
  const { children } = parent;
  let out: RootContent[] | null = null;
  children.forEach((child, index) => {
    if (child.type === 'mark') {
      out ??= children.slice(0, index);
      writeMark(child, out);
    } else {
      if (child.type === 'element') writeMarks(child);
      out?.push(child);
    }
  });
  if (out) parent.children = out;
}

function writeMark(mark: Mark, out: RootContent[]): void {
  out.push(text(written(mark.open)));
  const inside: Root = { type: 'root', children: mark.children };
  writeMarks(inside);
  for (const child of inside.children) out.push(child);
  if (mark.close !== null) out.push(text(written(mark.close)));
}
