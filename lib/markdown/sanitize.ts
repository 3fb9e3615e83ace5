import type { Root } from 'hast';
import { type Schema, sanitize } from 'hast-util-sanitize';
import { written } from './marks';

const BLOCKS =
  'p h1 h2 h3 h4 h5 h6 blockquote hr pre div ul ol li dl dt dd table thead tbody tfoot tr th td caption figure figcaption details summary section';
const WORDS =
  'em strong i b u s del ins mark small sub sup kbd samp var code q cite dfn abbr span time bdi bdo ruby rt rp wbr br';

const USER_PREFIX = `${written('P')}user-content-`;
const USER_ID = new RegExp(`^${USER_PREFIX}[\\p{L}\\p{N}_-]{1,100}$`, 'u');

/** An author's id as it may stand in a page: it can be taken neither for one of ours nor for a global of the browser. */
export function userId(id: string): string {
  return USER_PREFIX + id;
}

/**
 * What an author's HTML may be. Links, pictures, players and frames are not here: those are read before and written anew
 * by us, as is everything with a class. Left out on purpose: `style`, `class`, forms, scripts, SVG, MathML, `data-`.
 */
export const schema: Schema = {
  tagNames: `${BLOCKS} ${WORDS}`.split(' '),
  strip: [
    'script',
    'style',
    'template',
    'noscript',
    'title',
    'textarea',
    'select',
    'option',
    'svg',
    'math',
    'object',
    'embed',
    'applet',
    'frameset',
    'noembed',
    'noframes',
    'xmp',
    'plaintext',
  ],
  clobber: [],
  ancestors: {
    tbody: ['table'],
    td: ['table'],
    th: ['table'],
    thead: ['table'],
    tfoot: ['table'],
    tr: ['table'],
  },
  attributes: {
    '*': [['id', USER_ID], ['dir', 'ltr', 'rtl', 'auto'], ['lang', /^[\w-]{1,35}$/], 'title'],
    ol: [['start', /^-?\d{1,9}$/], 'reversed', ['type', /^[1aAiI]$/]],
    li: [['value', /^-?\d{1,9}$/]],
    td: [
      ['align', 'left', 'center', 'right'],
      ['colSpan', /^\d{1,3}$/],
      ['rowSpan', /^\d{1,3}$/],
    ],
    th: [['align', 'left', 'center', 'right'], ['colSpan', /^\d{1,3}$/], ['rowSpan', /^\d{1,3}$/], 'scope'],
    details: ['open'],
    abbr: ['title'],
    time: [['dateTime', /^[\d\s:TZ.+PYMWDHS-]{1,40}$/]],
  },
};

/** Leaves only what the list above allows. Doing it twice changes nothing more. */
export function clean(tree: Root): Root {
  const result = sanitize(tree, schema);
  return result.type === 'root' ? result : { type: 'root', children: [] };
}
