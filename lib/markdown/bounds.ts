import { attention, htmlText, labelEnd } from 'micromark-core-commonmark';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import type { Construct, Event, Extension, TokenizeContext, TokenType } from 'micromark-util-types';

/**
 * Marks in a paragraph are paired by walking back, and open HTML is followed to the paragraph's end, which takes time that
 * grows with the square of their number. No real paragraph holds so many: beyond these bounds they are text.
 */
export const PAIRS_MAX = 1000;
const EVENTS_MAX = 8000;
const LONG_SEARCH = 200;
const LONG_SEARCHES_MAX = 50;

/** The construct, whose marks in a paragraph with too many of them are text. */
function boundPairs(construct: Construct, mark: TokenType): Construct {
  return {
    ...construct,
    name: `bounded-${construct.name}`,
    resolveAll(events, context) {
      let count = 0;
      for (const [, token] of events) if (token.type === mark) count += 1;
      return count < PAIRS_MAX * 4 ? (construct.resolveAll?.(events, context) ?? events) : asText(events, mark);
    },
  };
}

function asText(events: Event[], mark: TokenType): Event[] {
  for (const [, token] of events) if (token.type === mark) token.type = 'data';
  return events;
}

/** `]`, which looks for its `[` among all that the paragraph holds before it. */
const boundedLabelEnd: Construct = {
  ...labelEnd,
  name: 'bounded-labelEnd',
  tokenize(effects, ok, nok) {
    return this.events.length > EVENTS_MAX ? nok : labelEnd.tokenize.call(this, effects, ok, nok);
  },
};

const longSearches = new WeakMap<TokenizeContext, number>();

/** `<!--` and its like, which may be looked for the end of in vain. */
const boundedHtml: Construct = {
  ...htmlText,
  name: 'bounded-htmlText',
  tokenize(effects, ok, nok) {
    const searches = longSearches.get(this) ?? 0;
    if (searches > LONG_SEARCHES_MAX) return nok;
    const start = this.now().offset;
    return htmlText.tokenize.call(this, effects, ok, (code) => {
      if (this.now().offset - start > LONG_SEARCH) longSearches.set(this, searches + 1);
      return nok(code);
    });
  },
};

const boundedAttention = boundPairs(attention, 'attentionSequence');
const strikethrough = gfmStrikethrough().text?.[126];
const boundedStrikethrough =
  strikethrough && !Array.isArray(strikethrough)
    ? boundPairs(strikethrough, 'strikethroughSequenceTemporary')
    : undefined;

export const bounds: Extension = {
  text: {
    42: boundedAttention,
    60: boundedHtml,
    93: boundedLabelEnd,
    95: boundedAttention,
    126: boundedStrikethrough,
  },
  disable: { null: ['attention', 'labelEnd', 'htmlText', 'strikethrough', 'gfmPotentialFootnoteCall'] },
};
