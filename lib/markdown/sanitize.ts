import type { Root } from 'hast';
import { type Schema, sanitize } from 'hast-util-sanitize';

const BLOCKS =
  'p h1 h2 h3 h4 h5 h6 blockquote hr pre div ul ol li dl dt dd table thead tbody tfoot tr th td caption figure figcaption details summary section';
const WORDS =
  'em strong i b u s del ins mark small sub sup kbd samp var code q cite dfn abbr span time bdi bdo ruby rt rp wbr br';

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
  clobber: ['id'],
  clobberPrefix: 'user-content-',
  ancestors: {
    tbody: ['table'],
    td: ['table'],
    th: ['table'],
    thead: ['table'],
    tfoot: ['table'],
    tr: ['table'],
  },
  attributes: {
    '*': ['id', ['dir', 'ltr', 'rtl', 'auto'], ['lang', /^[\w-]{1,35}$/], 'title'],
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
  const result = sanitize(tree, { ...schema });
  return result.type === 'root' ? result : { type: 'root', children: [] };
}
