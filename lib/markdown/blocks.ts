import type { BlockContent, Heading, Nodes, Paragraph, Parents, RootContent, TableRow } from 'mdast';
import { toString as plain } from 'mdast-util-to-string';

declare module 'mdast' {
  interface Data {
    /** The `^id` that names this block. */
    blockId?: string;
  }
}

const AT_END = /(?:^|[ \t\n])\^([A-Za-z0-9-]+)[ \t]*$/;
const ALONE = /^\^([A-Za-z0-9-]+)$/;
const MAYBE = /\^[A-Za-z0-9-]+[ \t]*$/m;

/**
 * Finds `^id` at the end of a block or alone below it, takes it out of the text and remembers it on the block it names:
 * the list item or quote whose last words it ends, else the paragraph or heading; alone, the block before it.
 */
export function nameBlocks(tree: Parents, source: string): void {
  if (MAYBE.test(source)) nameWithin(tree, source);
}

function nameWithin(parent: Parents, source: string): void {
  const kept: Nodes[] = [];
  for (const child of parent.children) {
    const before = kept.at(-1);
    if (child.type === 'paragraph') {
      if (before && nameBefore(before, child, parent)) continue;
      nameByEnd(child, parent, source);
    } else if (child.type === 'heading') {
      nameByEnd(child, child, source);
    } else if (child.type === 'table') {
      const id = idInLastRow(child.children.at(-1), source);
      if (id !== null) {
        child.children.pop();
        child.data = { ...child.data, blockId: id };
      }
    } else if (isContainer(child)) {
      nameWithin(child, source);
    }
    kept.push(child);
  }
  if (kept.length < parent.children.length) Object.assign(parent, { children: kept });
}

function isContainer(node: RootContent): node is Extract<BlockContent, Parents> {
  return ['blockquote', 'list', 'listItem', 'footnoteDefinition'].includes(node.type);
}

/** A paragraph that is only an id names the block before it, or the list item whose first paragraph that is. */
function nameBefore(before: Nodes, paragraph: Paragraph, parent: Parents): boolean {
  const only = paragraph.children.length === 1 ? paragraph.children[0] : undefined;
  const match = only?.type === 'text' ? ALONE.exec(only.value.trim()) : null;
  if (!match) return false;
  const named = parent.type === 'listItem' && before.type === 'paragraph' ? parent : before;
  named.data = { ...named.data, blockId: match[1] };
  return true;
}

function nameByEnd(block: Paragraph | Heading, parent: Parents, source: string): void {
  const last = block.children.at(-1);
  if (last?.type !== 'text') return;
  const match = AT_END.exec(last.value);
  const end = last.position?.end.offset;
  if (!match?.[1] || end === undefined) return;
  const caret = source.lastIndexOf('^', end);
  if (source[caret - 1] === '\\') return;
  last.value = last.value.slice(0, match.index);
  if (last.value === '') block.children.pop();
  const named = parent.type === 'listItem' || parent.type === 'blockquote' ? parent : block;
  named.data = { ...named.data, blockId: match[1] };
}

/** A line with an id right below a table is read as its last row. */
function idInLastRow(row: TableRow | undefined, source: string): string | null {
  const [first, ...others] = row?.children ?? [];
  const start = row?.position?.start.offset;
  if (!first || start === undefined || source[start] !== '^' || others.some((cell) => cell.children.length > 0))
    return null;
  return ALONE.exec(plain(first))?.[1] ?? null;
}
