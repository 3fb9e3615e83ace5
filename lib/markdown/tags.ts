import type { Node } from 'mdast';
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type { Code, Construct, Extension, State } from 'micromark-util-types';

export interface Tag extends Node {
  type: 'tag';
  value: string;
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    tag: 'tag';
  }
}

declare module 'mdast' {
  interface PhrasingContentMap {
    tag: Tag;
  }
  interface RootContentMap {
    tag: Tag;
  }
}

const HASH = 35;
const ZERO = 48;
const NINE = 57;
const SLASH = 47;
const PUNCTUATION = new Set([...'!"#$%&\'()*+,.:;<=>?@[\\]^`{|}~'].map((character) => character.charCodeAt(0)));

const construct: Construct = {
  name: 'tag',
  previous(code) {
    return code === null || code < 0 || code === 32 || isWhitespace(code);
  },
  tokenize(effects, ok, nok) {
    let named = false;
    return start;

    function start(code: Code): State | undefined {
      effects.enter('tag');
      effects.consume(code);
      return inside;
    }

    function inside(code: Code): State | undefined {
      if (code !== null && isTagCharacter(code)) {
        if ((code < ZERO || code > NINE) && code !== SLASH) named = true;
        effects.consume(code);
        return inside;
      }
      if (!named) return nok(code);
      effects.exit('tag');
      return ok(code);
    }
  },
};

/** Letters, digits, `_`, `-`, `/`, emoji; the list of what ends a tag is the one Obsidian's editor uses. */
function isTagCharacter(code: number): boolean {
  if (code <= 32 || PUNCTUATION.has(code) || isWhitespace(code)) return false;
  return !((code >= 0x2000 && code <= 0x206f) || (code >= 0x2e00 && code <= 0x2e7f) || code === 0xfffd);
}

function isWhitespace(code: number): boolean {
  return code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x205f;
}

export const tagSyntax: Extension = { text: { [HASH]: construct } };

export const tagFromMarkdown: FromMarkdown = {
  enter: {
    tag(token) {
      this.enter({ type: 'tag', value: this.sliceSerialize(token).slice(1) }, token);
    },
  },
  exit: {
    tag(token) {
      this.exit(token);
    },
  },
};
