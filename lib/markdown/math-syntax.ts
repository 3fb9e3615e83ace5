import type { Code, Construct, Extension, State, TokenizeContext, Tokenizer } from 'micromark-util-types';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    formulaText: 'formulaText';
    formulaTextLine: 'formulaTextLine';
    formulaFlow: 'formulaFlow';
    formulaFlowFence: 'formulaFlowFence';
    formulaFlowLine: 'formulaFlowLine';
  }
}

const DOLLAR = 36;
const BACKSLASH = 92;
const SPACE = 32;

function isLineEnding(code: Code): boolean {
  return code !== null && code < -2;
}

function isSpace(code: Code): boolean {
  return code === null || code < 0 || code === SPACE;
}

function isDigit(code: Code): boolean {
  return code !== null && code >= 48 && code <= 57;
}

/** Paragraphs in which a search for the closing marks already reached the end, so that it is not repeated. */
const unclosed = new WeakMap<TokenizeContext, Set<number>>();

/**
 * `$…$` and `$$…$$` in a paragraph. As in Obsidian (and Pandoc) no space may follow the opening dollar or precede
 * the closing one, and no digit may follow that. A dollar that cannot close means that the one before it opened nothing:
 * `$5 and $10` are prices, also when a formula follows.
 */
const formulaText: Construct = {
  name: 'formulaText',
  previous(code) {
    return code !== DOLLAR || this.events.at(-1)?.[1].type === 'characterEscape';
  },
  tokenize(effects, ok, nok) {
    const failed = unclosed.get(this) ?? new Set<number>();
    unclosed.set(this, failed);
    let size = 0;
    let found = 0;
    let before: Code = null;
    let inLine = false;
    return start;

    function start(code: Code): State | undefined {
      effects.enter('formulaText');
      return open(code);
    }

    function open(code: Code): State | undefined {
      if (code === DOLLAR && size < 2) {
        effects.consume(code);
        size += 1;
        return open;
      }
      if (code === DOLLAR || failed.has(size) || (size === 1 && isSpace(code))) return nok(code);
      return inside(code);
    }

    function inside(code: Code): State | undefined {
      if (code === null) {
        failed.add(size);
        return nok(code);
      }
      if (isLineEnding(code)) return lineEnding(code);
      if (!inLine) effects.enter('formulaTextLine');
      inLine = true;
      if (code === DOLLAR) {
        found = 0;
        return close(code);
      }
      before = code;
      effects.consume(code);
      return code === BACKSLASH ? escaped : inside;
    }

    function escaped(code: Code): State | undefined {
      if (code === null || isLineEnding(code)) return inside(code);
      before = code;
      effects.consume(code);
      return inside;
    }

    function lineEnding(code: Code): State | undefined {
      if (inLine) effects.exit('formulaTextLine');
      inLine = false;
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      before = code;
      return inside;
    }

    function close(code: Code): State | undefined {
      if (code === DOLLAR && found < size) {
        effects.consume(code);
        found += 1;
        return close;
      }
      if (found === size && (size === 2 || (!isSpace(before) && !isDigit(code)))) {
        effects.exit('formulaTextLine');
        effects.exit('formulaText');
        return ok(code);
      }
      if (size === 1) return nok(code);
      before = DOLLAR;
      return inside(code);
    }
  },
};

/** Whether the line that follows still belongs to the same list item or quote. */
const sameContainer: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    return (code) => {
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return (next) => (this.parser.lazy[this.now().line] ? nok(next) : ok(next));
    };
  },
};

/** `$$` at the start of a line up to `$$` at the end of a line, whatever the lines between look like. */
const tokenizeFlow: Tokenizer = (effects, ok, nok) => {
  let marks = 0;
  let blank = false;
  return start;

  function start(code: Code): State | undefined {
    effects.enter('formulaFlow');
    effects.enter('formulaFlowFence');
    return fence(code);
  }

  function fence(code: Code): State | undefined {
    if (code !== DOLLAR) return nok(code);
    effects.consume(code);
    marks += 1;
    if (marks < 2) return fence;
    effects.exit('formulaFlowFence');
    return line;
  }

  function line(code: Code): State | undefined {
    marks = 0;
    if (code === null || (isLineEnding(code) && blank)) return nok(code);
    if (isLineEnding(code)) {
      blank = true;
      return effects.attempt(sameContainer, line, nok)(code);
    }
    effects.enter('formulaFlowLine');
    return inside(code);
  }

  function inside(code: Code): State | undefined {
    if (marks === 2 && isSpace(code)) return after(code);
    if (marks === 2 || code === null) return nok(code);
    if (isLineEnding(code)) {
      effects.exit('formulaFlowLine');
      return line(code);
    }
    marks = code === DOLLAR ? marks + 1 : 0;
    if (!isSpace(code)) blank = false;
    effects.consume(code);
    return code === BACKSLASH ? escaped : inside;
  }

  function escaped(code: Code): State | undefined {
    if (code === null || isLineEnding(code)) return inside(code);
    effects.consume(code);
    return inside;
  }

  function after(code: Code): State | undefined {
    if (code !== null && !isLineEnding(code)) {
      if (!isSpace(code)) return nok(code);
      effects.consume(code);
      return after;
    }
    effects.exit('formulaFlowLine');
    effects.exit('formulaFlow');
    return ok(code);
  }
};

const formulaFlow: Construct = { name: 'formulaFlow', concrete: true, tokenize: tokenizeFlow };

export const formulaSyntax: Extension = { text: { [DOLLAR]: formulaText }, flow: { [DOLLAR]: formulaFlow } };
