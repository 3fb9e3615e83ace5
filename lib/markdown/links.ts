import type { ElementContent } from 'hast';
import type { Image, Link, PhrasingContent } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import type { Node } from 'unist';
import { blankSlot, readAddress } from './address';
import type { Slot } from './compiled';
import { addSlot, type Draft, gatherWords, wrap } from './draft';
import { escapeHtml } from './escape';
import { around, type Mark, point, text, withoutMarks } from './marks';
import { parseEmbedText, parseWikilink, type Wikilink, wikilinkWords } from './wikilinks';

type Where = { node: Node; syntax: 'markdown' | 'html'; block: boolean };

/** `[[…]]` and `![[…]]`. Within another link it is only its words. */
export function wikilink(draft: Draft, node: Wikilink, block: boolean): Mark | ElementContent {
  const parts = parseWikilink(node.value);
  if (!parts) return say(draft, `${node.embed ? '!' : ''}[[${node.value}]]`);
  const words = wikilinkWords(parts);
  const line = draft.lineOf(node);
  if (node.embed) {
    const shown = parseEmbedText(parts.text);
    return embedMark(draft, { ...blankSlot(), ...parts, ...shown, kind: 'embed', line, block });
  }
  if (draft.insideLink > 0) return say(draft, words);
  const index = addSlot(draft, { ...blankSlot(), ...parts, line });
  return around(`L${index}`, [say(draft, words)]);
}

function say(draft: Draft, words: string): ElementContent {
  draft.words.push(words);
  return text(words);
}

/** In a link an embed would be a link in a link, unless it is a picture; that is known only when it is filled. */
function embedMark(draft: Draft, slot: Slot): Mark {
  return point(`E${addSlot(draft, slot)}`);
}

/** `[words](address)`, with the words already turned into HTML by `content`. */
export function link(draft: Draft, url: string, where: Where, content: () => ElementContent[]): ElementContent[] {
  if (draft.insideLink > 0) return content();
  const address = readAddress(url);
  draft.insideLink += 1;
  const { result: children, words } = gatherWords(draft, content);
  draft.insideLink -= 1;
  if (address.to === 'nowhere') return children;
  if (address.to === 'web') return [externalLink(draft, address.url, children)];
  const slot: Slot = { ...blankSlot(), ...pick(address), line: draft.lineOf(where.node), syntax: where.syntax };
  return [around(`L${addSlot(draft, { ...slot, text: words || null })}`, children)];
}

export function externalLink(draft: Draft, url: string, children: ElementContent[]): Mark {
  const opening = `<a class="external" href="${escapeHtml(url)}" rel="noopener noreferrer">`;
  return wrap(draft, opening, '</a>', children);
}

/** `![alt|size](address)`. A picture from the web is shown or not when the page is rendered. */
export function image(draft: Draft, url: string, alt: string, where: Where): ElementContent[] {
  const shown = parseEmbedText(withoutMarks(alt) || null);
  const address = readAddress(url);
  if (address.to === 'web') {
    const fields = [address.url, shown.text ?? '', shown.width ?? '', shown.height ?? ''];
    return [point(`I${fields.map((field) => encodeURIComponent(wellFormed(String(field)))).join('|')}`)];
  }
  if (address.to === 'nowhere') return shown.text === null ? [] : [text(shown.text)];
  const slot: Slot = { ...blankSlot(), ...pick(address), ...shown, kind: 'embed', syntax: where.syntax };
  return [embedMark(draft, { ...slot, line: draft.lineOf(where.node), block: where.block })];
}

function wellFormed(value: string): string {
  return value.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}

function pick({ target, fragment }: { target: string; fragment: string | null }): Pick<Slot, 'target' | 'fragment'> {
  return { target, fragment };
}

export function linkNode(
  draft: Draft,
  state: State,
  node: Link | (Pick<Link, 'url'> & { children: PhrasingContent[] }),
): ElementContent[] {
  return link(draft, node.url, { node: { type: 'link', ...node }, syntax: 'markdown', block: false }, () =>
    state.all({ type: 'paragraph', children: node.children }),
  );
}

export function imageNode(
  draft: Draft,
  node: Pick<Image, 'url' | 'alt' | 'position'>,
  block: boolean,
): ElementContent[] {
  return image(draft, node.url, node.alt ?? '', { node: { type: 'image', ...node }, syntax: 'markdown', block });
}

/** Whether an inline node is something embedded. */
export function isEmbed(node: PhrasingContent): boolean {
  return node.type === 'image' || node.type === 'imageReference' || (node.type === 'wikilink' && node.embed);
}
