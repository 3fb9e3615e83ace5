import type { Element, ElementContent, Root, RootContent } from 'hast';
import { raw } from 'hast-util-raw';
import { VFile } from 'vfile';
import { blankSlot, readAddress } from './address';
import { addSlot, type Draft, insert, reportUnsupported } from './draft';
import { escapeHtml } from './escape';
import { externalLink, image } from './links';
import { around, type Mark, point, scrub, text } from './marks';
import { schema, userId } from './sanitize';

/**
 * Reads the author's raw HTML into elements, and writes its links, pictures and players anew as slots. Only the blocks
 * that hold raw HTML are read again, because that is slow; an element opened in one block and closed in another takes in
 * all the blocks between.
 */
export function readRawHtml(draft: Draft, root: Root, source: string): void {
  const file = new VFile(source);
  const first = root.children.findIndex((child) => child.type === 'raw');
  const last = root.children.findLastIndex((child) => child.type === 'raw');
  const children: RootContent[] = [];
  for (let index = 0; index < root.children.length; index += 1) {
    const child = root.children[index];
    if (index === first) {
      children.push(...readGroup(draft, file, root.children.slice(first, last + 1)));
      index = last;
    } else if (child && holdsRaw(child)) children.push(...readGroup(draft, file, [child]));
    else if (child) children.push(child);
  }
  root.children = children;
}

function holdsRaw(node: RootContent): boolean {
  return node.type === 'raw' || ('children' in node && node.children.some(holdsRaw));
}

function readGroup(draft: Draft, file: VFile, children: RootContent[]): RootContent[] {
  const tree = raw({ type: 'root', children }, { file, passThrough: ['mark'] });
  return tree.type === 'root' ? rewriteAll(draft, tree.children) : [];
}

function rewriteAll<T extends RootContent>(draft: Draft, nodes: T[]): (T | ElementContent)[] {
  return nodes.flatMap((node) => rewrite(draft, node));
}

const dropped = new Set(schema.strip);

function rewrite<T extends RootContent>(draft: Draft, node: T): (T | ElementContent)[] {
  if (node.type === 'text') {
    node.value = scrub(node.value);
  } else if (node.type === 'mark') {
    node.children = rewriteAll(draft, node.children);
    if (draft.insideLink > 0 && /^L\d/.test(node.open)) return node.children;
  } else if (node.type === 'element') {
    if (dropped.has(node.tagName)) return [];
    for (const [name, value] of Object.entries(node.properties)) {
      if (typeof value !== 'string') continue;
      node.properties[name] = name === 'id' ? userId(scrub(value)) : scrub(value);
    }
    return rewriteElement(draft, node) ?? [node];
  }
  return [node];
}

function rewriteElement(draft: Draft, node: Element): ElementContent[] | null {
  if (node.tagName === 'a') return rewriteLink(draft, node);
  if (node.tagName === 'img') return rewriteImage(draft, node);
  if (node.tagName === 'iframe') return rewriteFrame(draft, node);
  if (node.tagName === 'video' || node.tagName === 'audio') return rewritePlayer(draft, node);
  node.children = rewriteAll(draft, node.children);
  return null;
}

function attribute(node: Element, name: string): string {
  const value = node.properties[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function rewriteLink(draft: Draft, node: Element): ElementContent[] {
  const outside = draft.insideLink === 0;
  draft.insideLink += 1;
  const children = rewriteAll(draft, node.children);
  draft.insideLink -= 1;
  const href = attribute(node, 'href');
  const address = readAddress(href);
  if (!outside || !href || address.to === 'nowhere') return children;
  if (address.to === 'web') return [externalLink(draft, address.url, children)];
  const { target, fragment } = address;
  const words = wordsOf(children).trim() || null;
  const slot = addSlot(draft, {
    ...blankSlot(),
    target,
    fragment,
    text: words,
    line: draft.lineOf(node),
    syntax: 'html',
  });
  return [around(`L${slot}`, children)];
}

function wordsOf(nodes: ElementContent[]): string {
  return nodes
    .map((node) => (node.type === 'text' ? node.value : 'children' in node ? wordsOf(node.children) : ''))
    .join('');
}

function rewriteImage(draft: Draft, node: Element): ElementContent[] {
  const src = attribute(node, 'src');
  if (!src) return [];
  const width = /^\d{1,5}$/.exec(attribute(node, 'width'))?.[0];
  const height = /^\d{1,5}$/.exec(attribute(node, 'height'))?.[0];
  const size = width ? `|${width}${height ? `x${height}` : ''}` : '';
  const alt = attribute(node, 'alt').replaceAll('|', ' ') || (size ? ' ' : '');
  return image(draft, src, alt + size, { node, syntax: 'html', block: false });
}

/** Players from these sites are shown as a link to the same page there: nothing of theirs loads without a click. */
const FRAMES: [RegExp, string][] = [
  [
    /^https:\/\/(?:www\.)?(?:youtube(?:-nocookie)?\.com\/embed\/|youtu\.be\/)([\w-]{5,20})/,
    'https://www.youtube.com/watch?v=',
  ],
  [/^https:\/\/player\.vimeo\.com\/video\/(\d{1,15})/, 'https://vimeo.com/'],
];

function rewriteFrame(draft: Draft, node: Element): ElementContent[] {
  const src = attribute(node, 'src').replace(/^\/\//, 'https://');
  for (const [pattern, page] of FRAMES) {
    const id = pattern.exec(src)?.[1];
    if (id) return [card(draft, page + id)];
  }
  reportUnsupported(draft, node, 'iframe');
  return URL.canParse(src) && /^https?:/.test(src) ? [card(draft, src)] : [];
}

/** A link to what a frame or player from elsewhere would show. */
function card(draft: Draft, url: string): Mark {
  const words = escapeHtml(url.replace(/^https?:\/\/(?:www\.)?/, ''));
  const link = `<a class="external embed-card" href="${escapeHtml(url)}" rel="noopener noreferrer">${words}</a>`;
  return insert(draft, link);
}

function rewritePlayer(draft: Draft, node: Element): ElementContent[] {
  const source = node.children.find((child) => child.type === 'element' && child.tagName === 'source');
  const src = attribute(node, 'src') || (source?.type === 'element' ? attribute(source, 'src') : '');
  const address = readAddress(src);
  if (!src || address.to === 'nowhere') return [text('')];
  if (address.to === 'web') return [card(draft, address.url)];
  const { target, fragment } = address;
  const line = draft.lineOf(node);
  return [point(`E${addSlot(draft, { ...blankSlot(), kind: 'embed', target, fragment, line, syntax: 'html' })}`)];
}
