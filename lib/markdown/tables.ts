import type { ElementContent } from 'hast';
import type { Table, TableRow } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import { type Draft, wrap } from './draft';
import { element, type Mark, text } from './marks';

/** A table in a box of its own, so that a wide one scrolls without the page. */
export function table(draft: Draft, state: State, node: Table): Mark {
  const [head, ...body] = node.children;
  const align = node.align ?? [];
  const parts: ElementContent[] = [];
  if (head) parts.push(element('thead', {}, [row(draft, state, head, 'th', align)]));
  if (body.length > 0) {
    const rows = body.map((each) => row(draft, state, each, 'td', align));
    parts.push(element('tbody', {}, state.wrap(rows, true)));
  }
  return wrap(draft, '<div class="table" tabindex="0">', '</div>', [element('table', {}, state.wrap(parts, true))]);
}

function row(draft: Draft, state: State, node: TableRow, tag: string, align: Table['align']): ElementContent {
  const columns = align?.length ?? node.children.length;
  const cells: ElementContent[] = [];
  for (let column = 0; column < columns; column += 1) {
    const cell = node.children[column];
    const side = align?.[column];
    cells.push(element(tag, side ? { align: side } : {}, cell ? state.all(cell) : [text('')]));
    draft.words.push(column < columns - 1 ? ' · ' : '\n');
  }
  return element('tr', {}, cells);
}
