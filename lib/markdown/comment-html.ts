import type { Element, ElementContent, Root } from 'hast';
import { type Schema, sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toHast } from 'mdast-util-to-hast';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';
import { bounds } from './bounds';
import { escapeHtml } from './escape';

/** What stays as it was typed: headings, pictures, HTML, tables and whatever else needs a page of its own. */
const NOT_READ = [
  'headingAtx',
  'setextUnderline',
  'thematicBreak',
  'htmlFlow',
  'htmlText',
  'bounded-htmlText',
  'labelStartImage',
  'definition',
  'table',
  'tasklistCheck',
  'strikethrough',
  'bounded-strikethrough',
  'gfmFootnoteDefinition',
  'gfmFootnoteCall',
  'gfmPotentialFootnoteCall',
];

/** Quotes and lists within each other beyond this take long to read, and nobody reads them. */
const TOO_DEEP = /^(?:[ \t]*(?:>|[-+*]|\d{1,9}[.)])){20}/m;

/** Who follows a stranger's link tells its end nothing, and the link lends no good name. */
const REL = ['nofollow', 'ugc', 'noopener'];

const schema: Schema = {
  tagNames: ['p', 'br', 'em', 'strong', 'code', 'pre', 'a', 'ul', 'ol', 'li', 'blockquote'],
  attributes: { a: ['href', ['rel', ...REL]], ol: [['start', /^\d{1,9}$/]] },
  protocols: { href: ['http', 'https', 'mailto'] },
  strip: ['script', 'style'],
};

/**
 * The HTML of a comment: paragraphs, emphasis, code, links, lists and quotes. Everything else is shown as it was typed.
 * Never throws.
 */
export function commentHtml(source: string): string {
  const text = source.replace(/\r\n?/g, '\n').trim();
  try {
    if (!TOO_DEEP.test(text)) return toHtml(clean(read(text)));
  } catch {
    // What cannot be read is shown as it was typed
  }
  return `<p>${escapeHtml(text)}</p>`;
}

function read(text: string): Root {
  const tree = fromMarkdown(text, {
    extensions: [gfm(), bounds, { disable: { null: NOT_READ } }],
    mdastExtensions: gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] })),
  });
  const hast = toHast(tree);
  return hast.type === 'root' ? hast : { type: 'root', children: [] };
}

function clean(tree: Root): Root {
  visit(tree, 'element', (node: Element) => {
    if (node.tagName === 'p') node.children = node.children.flatMap(withBreaks);
  });
  const safe = sanitize(tree, schema);
  if (safe.type !== 'root') return { type: 'root', children: [] };
  visit(safe, 'element', (node: Element) => {
    if (node.tagName === 'a' && isFull(node.properties.href)) node.properties.rel = [...REL];
    else if (node.tagName === 'a') node.properties = {};
    // It scrolls where it is wider than the page
    if (node.tagName === 'pre') node.properties.tabIndex = 0;
  });
  return safe;
}

/** Addresses without a scheme would be read as places of this very site. */
const isFull = (href: unknown): boolean => typeof href === 'string' && /^(?:https?:\/\/|mailto:)/i.test(href);

/** A line ends where its writer ended it. */
function withBreaks(node: ElementContent): ElementContent[] {
  if (node.type !== 'text') return [node];
  return node.value
    .split('\n')
    .flatMap((line, i): ElementContent[] => [
      ...(i === 0 ? [] : [{ type: 'element' as const, tagName: 'br', properties: {}, children: [] }]),
      { type: 'text', value: line },
    ]);
}
