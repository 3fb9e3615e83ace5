import type { ElementContent } from 'hast';
import type { Blockquote, Paragraph, PhrasingContent } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import { type Draft, wrap } from './draft';
import { escapeHtml } from './escape';
import { type Mark, written } from './marks';

export const CALLOUT_TYPES: Record<string, string> = {
  note: 'note',
  abstract: 'abstract',
  summary: 'abstract',
  tldr: 'abstract',
  info: 'info',
  todo: 'todo',
  tip: 'tip',
  hint: 'tip',
  important: 'tip',
  success: 'success',
  check: 'success',
  done: 'success',
  question: 'question',
  help: 'question',
  faq: 'question',
  warning: 'warning',
  caution: 'warning',
  attention: 'warning',
  failure: 'failure',
  fail: 'failure',
  missing: 'failure',
  danger: 'danger',
  error: 'danger',
  bug: 'bug',
  example: 'example',
  quote: 'quote',
  cite: 'quote',
};

type Head = { name: string; fold: string; title: PhrasingContent[]; rest: PhrasingContent[] };

/** A quote that opens with `[!type]` becomes a callout; null when it is only a quote. */
export function callout(draft: Draft, state: State, node: Blockquote): Mark | null {
  const [first, ...blocks] = node.children;
  const head = first?.type === 'paragraph' ? readHead(first) : null;
  if (!head) return null;
  const body: Blockquote['children'] =
    head.rest.length > 0 ? [{ type: 'paragraph', children: head.rest, position: first?.position }, ...blocks] : blocks;
  const type = Object.hasOwn(CALLOUT_TYPES, head.name.toLowerCase()) ? CALLOUT_TYPES[head.name.toLowerCase()] : 'note';
  const tag = head.fold ? 'details' : 'div';
  const title = head.fold ? 'summary' : 'div';
  const children: ElementContent[] = [
    wrap(draft, `<${title} class="callout-title">`, `</${title}>`, calloutTitle(draft, state, head)),
  ];
  draft.words.push('\n');
  if (body.length > 0) {
    const content = state.wrap(state.all({ type: 'blockquote', children: body }), true);
    children.push(wrap(draft, '<div class="callout-body">', '</div>', content));
  }
  const open = head.fold === '+' ? ' open' : '';
  return wrap(draft, `<${tag} class="callout" data-callout="${type}"${open}>`, `</${tag}>`, children);
}

function calloutTitle(draft: Draft, state: State, head: Head): ElementContent[] {
  if (head.title.length > 0) return state.all({ type: 'paragraph', children: head.title });
  const known = Object.hasOwn(CALLOUT_TYPES, head.name.toLowerCase());
  const name = head.name.charAt(0).toUpperCase() + head.name.slice(1);
  return [wrap(draft, known ? written(`W:callout-${head.name.toLowerCase()}`) : escapeHtml(name), '', [])];
}

const HEAD = /^\[!([^\]|\n]+)(?:\|[^\]\n]*)?\]([+-]?)(?:[^\S\n]+|(?=\n)|$)/;

/** Reads `[!type|meta]- title` and parts the words of the first line from those below it. */
function readHead({ children }: Paragraph): Head | null {
  const [start, ...others] = children;
  const match = start?.type === 'text' ? HEAD.exec(start.value) : null;
  if (!match || start?.type !== 'text') return null;
  const opening: PhrasingContent = { ...start, value: start.value.slice(match[0].length) };
  const { title, rest } = splitAtLineEnd([opening, ...others]);
  return { name: (match[1] ?? '').trim(), fold: match[2] ?? '', title, rest };
}

function splitAtLineEnd(children: PhrasingContent[]): { title: PhrasingContent[]; rest: PhrasingContent[] } {
  for (const [index, child] of children.entries()) {
    const end = child.type === 'text' ? child.value.indexOf('\n') : -1;
    if (child.type !== 'break' && end < 0) continue;
    const title = children.slice(0, index);
    const rest = children.slice(index + 1);
    if (child.type === 'text') {
      title.push({ ...child, value: child.value.slice(0, end) });
      rest.unshift({ ...child, value: child.value.slice(end + 1) });
    }
    return { title: title.filter(hasWords), rest: rest.filter(hasWords) };
  }
  return { title: children.filter(hasWords), rest: [] };
}

function hasWords(node: PhrasingContent): boolean {
  return node.type !== 'text' || node.value !== '';
}
