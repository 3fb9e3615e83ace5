import type { Node } from 'mdast';
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type { Code, Construct, Extension, State } from 'micromark-util-types';
import type { Slot } from './compiled';

/** `[[target#fragment|words]]`, or with `!` before it an embed. */
export interface Wikilink extends Node {
  type: 'wikilink';
  embed: boolean;
  value: string;
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    wikilink: 'wikilink';
  }
}

declare module 'mdast' {
  interface PhrasingContentMap {
    wikilink: Wikilink;
  }
  interface RootContentMap {
    wikilink: Wikilink;
  }
}

const BANG = 33;
const OPEN = 91;
const CLOSE = 93;
const LENGTH_MAX = 2000;
/** Micromark gives line endings the codes -5 to -3. */
const LINE_ENDINGS_BELOW = -2;

const construct: Construct = {
  name: 'wikilink',
  tokenize(effects, ok, nok) {
    let length = 0;
    return start;

    function start(code: Code): State | undefined {
      effects.enter('wikilink');
      if (code !== BANG) return first(code);
      effects.consume(code);
      return first;
    }

    function first(code: Code): State | undefined {
      if (code !== OPEN) return nok(code);
      effects.consume(code);
      return second;
    }

    function second(code: Code): State | undefined {
      if (code !== OPEN) return nok(code);
      effects.consume(code);
      return (next) => (next === OPEN ? nok(next) : inside(next));
    }

    function inside(code: Code): State | undefined {
      if (code === null || code < LINE_ENDINGS_BELOW || ++length > LENGTH_MAX) return nok(code);
      effects.consume(code);
      if (code === OPEN) return afterOpen;
      return code === CLOSE ? afterClose : inside;
    }

    function afterOpen(code: Code): State | undefined {
      return code === OPEN ? nok(code) : inside(code);
    }

    function afterClose(code: Code): State | undefined {
      if (code !== CLOSE) return inside(code);
      if (length < 2) return nok(code);
      effects.consume(code);
      effects.exit('wikilink');
      return ok;
    }
  },
};

export const wikilinkSyntax: Extension = { text: { [OPEN]: construct, [BANG]: construct } };

export const wikilinkFromMarkdown: FromMarkdown = {
  enter: {
    wikilink(token) {
      const written = this.sliceSerialize(token);
      const embed = written.startsWith('!');
      this.enter({ type: 'wikilink', embed, value: written.slice(embed ? 3 : 2, -2) }, token);
    },
  },
  exit: {
    wikilink(token) {
      this.exit(token);
    },
  },
};

type Parts = Pick<Slot, 'target' | 'fragment' | 'text'>;

/**
 * Takes the inside of a wikilink apart. In a table the bar is written `\|`, so a backslash before it belongs to it.
 * Null when it leads nowhere, like `[[|words]]`.
 */
export function parseWikilink(value: string): Parts | null {
  const bar = /\\?\|/.exec(value);
  const address = bar ? value.slice(0, bar.index) : value;
  const words = bar ? value.slice(bar.index + bar[0].length).trim() : '';
  const hash = address.indexOf('#');
  const target = (hash < 0 ? address : address.slice(0, hash)).trim();
  const fragment = hash < 0 ? '' : address.slice(hash + 1).trim();
  if (!target && !fragment) return null;
  return { target, fragment: fragment || null, text: words || null };
}

/** The words Obsidian shows for a link without words of its own: `note > Heading`. */
export function wikilinkWords({ target, fragment, text }: Parts): string {
  if (text !== null) return text;
  const trail = fragment === null ? [] : fragment.split('#').map((part) => part.trim());
  return [target, ...trail].filter(Boolean).join(' > ');
}

/** Links in the value of a property. */
export function wikilinksIn(value: string): Parts[] {
  const found: Parts[] = [];
  for (const match of value.matchAll(/\[\[((?:(?!\[\[|\]\])[^\n])+)\]\]/g)) {
    const parts = parseWikilink(match[1] ?? '');
    if (parts) found.push(parts);
  }
  return found;
}

const SIZE = /^(\d{1,5})(?:x(\d{1,5}))?$/;

/** Splits `alt|200x100` (or either alone) into the alternative text and the size. */
export function parseEmbedText(value: string | null): Pick<Slot, 'text' | 'width' | 'height'> {
  if (value === null) return { text: null, width: null, height: null };
  const parts = value.split(/\\?\|/);
  const size = SIZE.exec((parts.at(-1) ?? '').trim());
  const text = (size ? parts.slice(0, -1) : parts).join('|').trim() || null;
  return { text, width: size ? Number(size[1]) : null, height: size?.[2] ? Number(size[2]) : null };
}
