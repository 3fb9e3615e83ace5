import type { Node, PhrasingContent } from 'mdast';
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import { classifyCharacter } from 'micromark-util-classify-character';
import { resolveAll } from 'micromark-util-resolve-all';
import type { Code, Construct, Event, Extension, State, Token, TokenizeContext } from 'micromark-util-types';
import { PAIRS_MAX } from './bounds';

export interface Highlight extends Node {
  type: 'highlight';
  children: PhrasingContent[];
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    highlight: 'highlight';
    highlightSequence: 'highlightSequence';
    highlightText: 'highlightText';
  }
}

declare module 'mdast' {
  interface PhrasingContentMap {
    highlight: Highlight;
  }
  interface RootContentMap {
    highlight: Highlight;
  }
}

const EQUALS = 61;

const highlight: Construct = {
  name: 'highlight',
  resolveAll: resolveHighlights,
  tokenize(effects, ok, nok) {
    const { previous } = this;
    let size = 0;
    return start;

    function start(code: Code): State | undefined {
      if (previous === EQUALS) return nok(code);
      effects.enter('highlightSequence');
      return more(code);
    }

    function more(code: Code): State | undefined {
      if (code === EQUALS) {
        effects.consume(code);
        size += 1;
        return size > 2 ? nok : more;
      }
      if (size < 2) return nok(code);
      const token = effects.exit('highlightSequence');
      const before = classifyCharacter(previous);
      const after = classifyCharacter(code);
      token._open = !after || (after === 2 && Boolean(before));
      token._close = !before || (before === 2 && Boolean(after));
      return ok(code);
    }
  },
};

/** `==highlight==`, which pairs like the strikethrough of micromark-extension-gfm-strikethrough. */
export const highlightSyntax: Extension = {
  text: { [EQUALS]: highlight },
  insideSpan: { null: [highlight] },
  attentionMarkers: { null: [EQUALS] },
};

function resolveHighlights(events: Event[], context: TokenizeContext): Event[] {
  const opened: number[] = [];
  let paired = 0;
  for (let index = 0; index < events.length; index += 1) {
    const [kind, token] = events[index] ?? [];
    if (kind !== 'enter' || token?.type !== 'highlightSequence' || token._paired) continue;
    const open = token._close ? opened.pop() : undefined;
    if (open !== undefined && ++paired < PAIRS_MAX) index = wrapHighlight(events, open, index, context);
    else if (token._open) opened.push(index);
  }
  for (const [, token] of events) if (token.type === 'highlightSequence' && !token._paired) token.type = 'data';
  return events;
}

declare module 'micromark-util-types' {
  interface Token {
    _paired?: boolean;
  }
}

/** Puts what is between the sequences that enter at `open` and `close` into a highlight; gives the index of its end. */
function wrapHighlight(events: Event[], open: number, close: number, context: TokenizeContext): number {
  const opening = events[open]?.[1];
  const closing = events[close]?.[1];
  if (!opening || !closing) return close;
  opening._paired = true;
  closing._paired = true;
  const outer: Token = { type: 'highlight', start: { ...opening.start }, end: { ...closing.end } };
  const inner: Token = { type: 'highlightText', start: { ...opening.end }, end: { ...closing.start } };
  const inside = context.parser.constructs.insideSpan.null ?? [];
  const wrapped: Event[] = [
    ['enter', outer, context],
    ['enter', opening, context],
    ['exit', opening, context],
    ['enter', inner, context],
    ...resolveAll(inside, events.slice(open + 2, close), context),
    ['exit', inner, context],
    ['enter', closing, context],
    ['exit', closing, context],
    ['exit', outer, context],
  ];
  const rest = events.splice(open).slice(close - open + 2);
  for (const event of wrapped) events.push(event);
  for (const event of rest) events.push(event);
  return open + wrapped.length - 1;
}

export const highlightFromMarkdown: FromMarkdown = {
  canContainEols: ['highlight'],
  enter: {
    highlight(token) {
      this.enter({ type: 'highlight', children: [] }, token);
    },
  },
  exit: {
    highlight(token) {
      this.exit(token);
    },
  },
};
