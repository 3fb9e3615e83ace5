import type { ElementContent } from 'hast';
import type { ListItem, Paragraph } from 'mdast';
import { type Draft, insert } from './draft';
import { escapeHtml } from './escape';
import { type Mark, written } from './marks';

/** The character in a task's box, or null when the item is no task. GFM knows the space and x; Obsidian any other. */
export function taskCharacter(node: ListItem): string | null {
  if (typeof node.checked === 'boolean') return node.checked ? 'x' : ' ';
  const first = node.children[0];
  const start = first?.type === 'paragraph' ? first.children[0] : undefined;
  const match = start?.type === 'text' ? /^\[([^\n[\]])\](?:[ \t]+|$)/u.exec(start.value) : null;
  return match?.[1] ?? null;
}

/** The item without the box that GFM did not take out itself. */
export function withoutBox(node: ListItem): ListItem {
  const [first, ...others] = node.children;
  if (typeof node.checked === 'boolean' || first?.type !== 'paragraph') return node;
  const [start, ...rest] = first.children;
  if (start?.type !== 'text') return node;
  const value = start.value.replace(/^\[[^\n[\]]\][ \t]*/u, '');
  const paragraph: Paragraph = { ...first, children: [{ ...start, value }, ...rest] };
  return { ...node, children: [paragraph, ...others] };
}

export function checkbox(draft: Draft, character: string): Mark {
  const checked = character === ' ' ? '' : ' checked';
  const words = character === ' ' ? 'W:taskOpen' : character === 'x' ? 'W:taskDone' : 'W:taskMarked';
  const label = words === 'W:taskMarked' ? `${written(words)} ${escapeHtml(character)}` : written(words);
  return insert(draft, `<input type="checkbox" disabled${checked} aria-label="${label}"> `);
}

export function taskItemOpening(character: string): string {
  return `<li class="task" data-task="${escapeHtml(character)}">`;
}

/** Puts the box before the item's words, inside their paragraph if they have one. */
export function withCheckbox(box: Mark, content: ElementContent[]): ElementContent[] {
  const paragraph = content.find((child) => child.type !== 'text' || child.value.trim() !== '');
  if (paragraph?.type !== 'element' || paragraph.tagName !== 'p') return [box, ...content];
  paragraph.children.unshift(box);
  return content;
}
