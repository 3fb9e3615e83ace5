import type { ElementContent } from 'hast';
import type { FootnoteReference, Node, PhrasingContent } from 'mdast';
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type { State as ToHast } from 'mdast-util-to-hast';
import type { Code, Construct, Extension, State } from 'micromark-util-types';
import { type Draft, insert, wrap } from './draft';
import { type Mark, text, written } from './marks';

/** `^[text]`, a footnote written where it is used. */
export interface InlineFootnote extends Node {
  type: 'inlineFootnote';
  children: PhrasingContent[];
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    inlineFootnote: 'inlineFootnote';
    inlineFootnoteMarker: 'inlineFootnoteMarker';
  }
}

declare module 'mdast' {
  interface PhrasingContentMap {
    inlineFootnote: InlineFootnote;
  }
  interface RootContentMap {
    inlineFootnote: InlineFootnote;
  }
}

const CARET = 94;
const OPEN = 91;
const CLOSE = 93;
const BACKSLASH = 92;
const LENGTH_MAX = 5000;
/** Micromark gives line endings the codes -5 to -3. */
const LINE_ENDINGS_BELOW = -2;

const construct: Construct = {
  name: 'inlineFootnote',
  tokenize(effects, ok, nok) {
    let depth = 0;
    let length = 0;
    return start;

    function start(code: Code): State | undefined {
      effects.enter('inlineFootnote');
      effects.enter('inlineFootnoteMarker');
      effects.consume(code);
      return open;
    }

    function open(code: Code): State | undefined {
      if (code !== OPEN) return nok(code);
      effects.consume(code);
      effects.exit('inlineFootnoteMarker');
      return first;
    }

    function first(code: Code): State | undefined {
      if (code === CLOSE) return nok(code);
      effects.enter('chunkText', { contentType: 'text' });
      return inside(code);
    }

    function inside(code: Code): State | undefined {
      if (code === null || code < LINE_ENDINGS_BELOW || ++length > LENGTH_MAX) return nok(code);
      if (code === CLOSE && depth === 0) {
        effects.exit('chunkText');
        effects.enter('inlineFootnoteMarker');
        effects.consume(code);
        effects.exit('inlineFootnoteMarker');
        effects.exit('inlineFootnote');
        return ok;
      }
      if (code === OPEN) depth += 1;
      if (code === CLOSE) depth -= 1;
      effects.consume(code);
      return code === BACKSLASH ? escaped : inside;
    }

    function escaped(code: Code): State | undefined {
      if (code === null || code < LINE_ENDINGS_BELOW) return nok(code);
      effects.consume(code);
      return inside;
    }
  },
};

export const inlineFootnoteSyntax: Extension = { text: { [CARET]: construct } };

export const inlineFootnoteFromMarkdown: FromMarkdown = {
  canContainEols: ['inlineFootnote'],
  enter: {
    inlineFootnote(token) {
      this.enter({ type: 'inlineFootnote', children: [] }, token);
    },
  },
  exit: {
    inlineFootnote(token) {
      this.exit(token);
    },
  },
};

const local = (id: string): string => written('P') + id;

/** A footnote's number, leading to the note and named so that the note can lead back. */
export function footnoteReference(draft: Draft, state: ToHast, node: Pick<FootnoteReference, 'identifier'>): Mark {
  const id = node.identifier.toUpperCase();
  if (!state.footnoteOrder.includes(id)) state.footnoteOrder.push(id);
  const number = state.footnoteOrder.indexOf(id) + 1;
  const count = (state.footnoteCounts.get(id) ?? 0) + 1;
  state.footnoteCounts.set(id, count);
  const link = `<a href="#${local(`fn-${number}`)}" id="${local(referenceId(number, count))}" role="doc-noteref">`;
  return insert(draft, `<sup class="footnote-ref">${link}${number}</a></sup>`);
}

/** An inline footnote is a reference to a definition that nothing else refers to. */
export function inlineFootnote(draft: Draft, state: ToHast, node: InlineFootnote): Mark {
  const identifier = `^${state.footnoteById.size}`;
  state.footnoteById.set(identifier, {
    type: 'footnoteDefinition',
    identifier,
    children: [{ type: 'paragraph', children: node.children }],
    position: node.position,
  });
  return footnoteReference(draft, state, { identifier });
}

/** The list of footnotes, or nothing when the note has none. Footnotes may hold footnotes, so the list may grow. */
export function footnotesSection(draft: Draft, state: ToHast): ElementContent[] {
  const items: ElementContent[] = [];
  for (let index = 0; index < state.footnoteOrder.length; index += 1) {
    const id = state.footnoteOrder[index] ?? '';
    const definition = state.footnoteById.get(id);
    if (!definition) continue;
    const content = state.all(definition);
    items.push(wrap(draft, `<li id="${local(`fn-${index + 1}`)}">`, '</li>', content));
    const back = insert(draft, backLinks(index + 1, state.footnoteCounts.get(id) ?? 0));
    const last = content.at(-1);
    (last?.type === 'element' && last.tagName === 'p' ? last.children : content).push(text(' '), back);
  }
  state.footnoteOrder.length = 0;
  if (items.length === 0) return [];
  const label = written('W:footnotes');
  return [
    wrap(draft, `<section class="footnotes" role="doc-endnotes" aria-label="${label}"><ol>`, '</ol></section>', items),
  ];
}

function referenceId(number: number, count: number): string {
  return count > 1 ? `fnref-${number}-${count}` : `fnref-${number}`;
}

function backLinks(number: number, count: number): string {
  const links: string[] = [];
  for (let each = 1; each <= count; each += 1) {
    const href = `#${local(referenceId(number, each))}`;
    const label = `${written('W:backToReference')} ${number}`;
    links.push(`<a class="footnote-back" href="${href}" role="doc-backlink" aria-label="${label}">↩</a>`);
  }
  return links.join(' ');
}
