import type { PhrasingContent } from 'mdast';
import { isEmbed } from './links';

type Line = { nodes: PhrasingContent[]; breakAfter: PhrasingContent | null };

/** Parts a paragraph into runs of lines: a line that is one embed is a part of its own. */
export function partLines(children: PhrasingContent[]): PhrasingContent[][] {
  const parts: PhrasingContent[][] = [];
  let words: PhrasingContent[] = [];
  let between: PhrasingContent | null = null;
  for (const line of linesOf(children)) {
    if (loneEmbed(line.nodes)) {
      if (words.length > 0) parts.push(words);
      parts.push(line.nodes);
      words = [];
    } else if (line.nodes.length > 0) {
      if (words.length > 0 && between) words.push(between);
      words.push(...line.nodes);
    }
    between = line.breakAfter;
  }
  if (words.length > 0) parts.push(words);
  return parts;
}

/** The embed that is all there is in a line, or null. */
export function loneEmbed(nodes: PhrasingContent[]): PhrasingContent | null {
  const [only, ...others] = nodes.filter((node) => node.type !== 'text' || node.value.trim() !== '');
  return only && others.length === 0 && isEmbed(only) ? only : null;
}

function linesOf(children: PhrasingContent[]): Line[] {
  const lines: Line[] = [];
  let nodes: PhrasingContent[] = [];
  const end = (breakAfter: PhrasingContent | null): void => {
    lines.push({ nodes, breakAfter });
    nodes = [];
  };
  for (const child of children) {
    if (child.type === 'break') {
      end(child);
    } else if (child.type === 'text') {
      child.value.split('\n').forEach((value, index) => {
        if (index > 0) end({ type: 'text', value: '\n' });
        if (value) nodes.push({ ...child, value });
      });
    } else {
      nodes.push(child);
    }
  }
  end(null);
  return lines;
}
