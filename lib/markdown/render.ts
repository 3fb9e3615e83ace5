import type { Compiled, Fill, Slot, Transclusion } from './compiled';
import { drawEmbed } from './embeds';
import { escapeHtml } from './escape';
import { findBlock, findHeading } from './headings';
import type { Words } from './words';

export type RenderOptions = {
  words: Words;
  /** 'off' shows pictures from other sites as links, so that readers' addresses do not leak to them. */
  externalImages?: 'off' | 'direct';
  /** Where a tag leads; null or left out, tags are plain. */
  tagHref?: (tag: string) => string | null;
};

/** One compiled note, or a part of it, on its way into a page. */
export type Piece = {
  source: Pick<Compiled, 'html' | 'slots'>;
  start: number;
  end: number;
  fill: Fill;
  prefix: string;
};

const DEPTH_MAX = 5;
/** Embeds in embeds multiply; these bound what one page can become. */
const EMBEDS_MAX = 200;
const LENGTH_MAX = 4_000_000;

/** Fills a note's slots for one viewer and gives the HTML of the page's text. */
export function render(compiled: Pick<Compiled, 'html' | 'slots'>, fill: Fill, options: RenderOptions): string {
  const whole = { source: compiled, start: 0, end: compiled.html.length, fill, prefix: '' };
  return new Renderer(options).piece(whole, []);
}

const MARK = /\uFDD0([^\uFDD1]*)\uFDD1/g;

export class Renderer {
  private embeds = 0;
  private length = 0;

  constructor(readonly options: RenderOptions) {}

  piece(piece: Piece, above: Piece[]): string {
    const here = [...above, piece];
    const html = piece.source.html.slice(piece.start, piece.end);
    this.length += html.length;
    const isPart = html.length < piece.source.html.length;
    const links = new Map<number, string>();
    const filled = html.replace(MARK, (_, code: string, at: number) => {
      if (code === 'P') return piece.prefix;
      if (code.startsWith('W:')) return this.word(code.slice(2));
      if (code.startsWith('G')) return this.tag(decodeURIComponent(code.slice(1)));
      if (code.startsWith('I')) return this.externalImage(code.slice(1));
      if (code.startsWith('/L')) return links.get(Number(code.slice(2))) ?? '';
      const number = Number(code.slice(1));
      const slot = piece.source.slots[number];
      if (!slot) return '';
      if (code.startsWith('E')) return this.embed(slot, number, here, piece.start + at);
      const { opening, closing } = openLink(piece.fill, slot, number);
      links.set(number, closing);
      return opening;
    });
    return isPart ? withoutFootnoteLinks(filled) : filled;
  }

  word(key: string): string {
    const { words } = this.options;
    return isWord(words, key) ? escapeHtml(words[key]) : '';
  }

  private tag(tag: string): string {
    const href = this.options.tagHref?.(tag) ?? null;
    const words = `#${escapeHtml(tag)}`;
    return href === null
      ? `<span class="tag">${words}</span>`
      : `<a class="tag" href="${escapeHtml(href)}">${words}</a>`;
  }

  private externalImage(code: string): string {
    const [url = '', alt = '', width = '', height = ''] = code.split('|').map(decodeURIComponent);
    if (this.options.externalImages !== 'direct' || !/^https?:/i.test(url)) {
      const words = escapeHtml(alt || url);
      return `<a class="external external-image" href="${escapeHtml(url)}" rel="noopener noreferrer">${words}</a>`;
    }
    const size = (width && ` width="${escapeHtml(width)}"`) + (height && ` height="${escapeHtml(height)}"`);
    const polite = 'loading="lazy" decoding="async" referrerpolicy="no-referrer"';
    return `<img class="embed-image" src="${escapeHtml(url)}" alt="${escapeHtml(alt)}"${size} ${polite}>`;
  }

  private embed(slot: Slot, number: number, here: Piece[], at: number): string {
    const piece = here.at(-1);
    const note = piece?.fill.transclude(slot, number) ?? null;
    if (!piece || !note) return drawEmbed(this, slot, piece?.fill.slot(slot, number) ?? null);
    const tag = slot.block ? 'div' : 'span';
    const link = `<a class="internal" href="${escapeHtml(note.href)}" data-note="${escapeHtml(note.href)}">${escapeHtml(note.title)}</a>`;
    if (!slot.block) return link.replace('"internal"', '"internal embed-inline"');
    const part = this.partOf(note, slot.fragment);
    if (!part) return drawEmbed(this, slot, null);
    this.embeds += 1;
    if (this.mustCut(part, here, at)) return `<${tag} class="embed-cut">${this.word('cutEmbed')} ${link}</${tag}>`;
    const body = this.piece({ ...part, prefix: `e${this.embeds}-` }, here);
    const title = `<p class="embed-title">${link}</p>`;
    const wrapped = body.startsWith('<li') ? `<ul>${body}</ul>` : body;
    return `<aside class="embed" aria-label="${escapeHtml(note.title)}">${title}<div class="embed-body">${wrapped}</div></aside>`;
  }

  private partOf(note: Transclusion, fragment: string | null): Omit<Piece, 'prefix'> | null {
    const { compiled: source, fill } = note;
    if (fragment === null) return { source, fill, start: 0, end: source.html.length };
    const isBlock = fragment.startsWith('^');
    const part = isBlock ? findBlock(source.blocks, fragment) : findHeading(source.outline, fragment);
    return part && { source, fill, start: part.start, end: part.end };
  }

  /** Whether this part holds the very place it would be put into, or the page has grown too deep or too long. */
  private mustCut(part: Omit<Piece, 'prefix'>, here: Piece[], at: number): boolean {
    if (here.length > DEPTH_MAX || this.embeds > EMBEDS_MAX || this.length > LENGTH_MAX) return true;
    const last = here.at(-1);
    return here.some((piece) => {
      if (piece.source.html !== part.source.html) return false;
      const holdsAt = piece === last && part.start <= at && at < part.end;
      return holdsAt || (piece.start === part.start && piece.end === part.end);
    });
  }
}

function isWord(words: Words, key: string): key is keyof Words {
  return Object.hasOwn(words, key);
}

function openLink(fill: Fill, slot: Slot, number: number): { opening: string; closing: string } {
  const filled = fill.slot(slot, number);
  if (!filled) return { opening: '<span class="unresolved">', closing: '</span>' };
  const href = escapeHtml(filled.as === 'file' ? (filled.viewHref ?? filled.href) : filled.href);
  if (filled.as === 'file') return { opening: `<a class="internal file" href="${href}">`, closing: '</a>' };
  if (filled.as === 'site') return { opening: `<a class="internal" href="${href}">`, closing: '</a>' };
  const fragment = filled.fragmentId === null ? '' : `#${escapeHtml(encodeURIComponent(filled.fragmentId))}`;
  return { opening: `<a class="internal" href="${href}${fragment}" data-note="${href}">`, closing: '</a>' };
}

/** The footnotes of a note do not come with a part of it. */
function withoutFootnoteLinks(html: string): string {
  return html.replace(/<sup class="footnote-ref"><a [^>]*>(\d+)<\/a><\/sup>/g, '<sup class="footnote-ref">$1</sup>');
}
