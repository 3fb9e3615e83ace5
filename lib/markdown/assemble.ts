import type { Block, OutlineItem } from './compiled';
import type { Draft, DraftHeading } from './draft';
import { written } from './marks';

type Assembled = { html: string; outline: OutlineItem[]; blocks: Record<string, Block> };

const SET_ASIDE = /\uFDD0T(\d+)\uFDD1/g;
const MARK = /\uFDD0(\/?)([THBZ])(\d*)\uFDD1/g;

/**
 * Puts what was made from text into the sanitised HTML, gives headings and blocks their ids, and notes where they are.
 * Marks for links, embeds, tags and words stay: they are filled when the page is rendered.
 */
export function assemble(draft: Draft, clean: string): Assembled {
  const page = new Page(draft);
  let from = 0;
  for (const match of clean.matchAll(MARK)) {
    page.add(clean.slice(from, match.index));
    page.mark(match[2] ?? '', Number(match[3]), match[1] === '/');
    from = match.index + match[0].length;
  }
  page.add(clean.slice(from));
  return page.finish();
}

class Page {
  private html = '';
  private bodyEnd = -1;
  /** The id that the next element gets. */
  private pending: string | null = null;
  /** The depths of the headings that the current one stands below. */
  private readonly above: number[] = [];
  private readonly starts = new Map<number, number>();
  private readonly blocks: Record<string, Block> = Object.create(null);

  constructor(private readonly draft: Draft) {}

  add(piece: string): void {
    if (this.pending !== null && piece !== '') {
      const id = ` id="${written('P')}${this.pending}"`;
      const tag = /^<[a-z][a-z0-9]*(?=[\s>])(?![^>]* id=)/.exec(piece);
      this.html += tag ? tag[0] + id + piece.slice(tag[0].length) : `<span${id}></span>${piece}`;
      this.pending = null;
    } else {
      this.html += piece;
    }
  }

  mark(kind: string, number: number, isClosing: boolean): void {
    if (kind === 'T') this.add(this.insertAt(number));
    else if (kind === 'Z') this.bodyEnd = this.html.trimEnd().length;
    else if (kind === 'H') this.heading(number, isClosing);
    else this.block(number, isClosing);
  }

  /** A line set aside as too long may stand in code or in a formula, and so in what was made from that. */
  private insertAt(number: number): string {
    const { inserts } = this.draft;
    return (inserts[number] ?? '').replace(SET_ASIDE, (_, inner: string) =>
      Number(inner) < number ? (inserts[Number(inner)] ?? '') : '',
    );
  }

  private heading(number: number, isClosing: boolean): void {
    const heading = this.draft.headings[number];
    if (!heading) return;
    if (isClosing) {
      this.html += `</h${heading.depth}>`;
      return;
    }
    if (!this.starts.has(number)) this.starts.set(number, this.html.length);
    const id = `id="${written('P')}${heading.id}"`;
    this.add(heading.isTitle ? `<span ${id}></span>` : `<h${heading.depth} ${id}${this.level(heading.depth)}>`);
  }

  /** Authors skip levels for looks; who listens to the page is told one that skips none, below the page's title. */
  private level(depth: number): string {
    while ((this.above.at(-1) ?? 0) >= depth) this.above.pop();
    const level = this.above.push(depth) + 1;
    return level === depth ? '' : ` aria-level="${level}"`;
  }

  private block(number: number, isClosing: boolean): void {
    const name = this.draft.blockIds[number] ?? '';
    const key = name.toLowerCase();
    const known = this.blocks[key];
    if (isClosing) {
      this.add('');
      if (known && known.end < 0) known.end = this.html.length;
    } else if (!known) {
      const id = `block-${key}`;
      this.blocks[key] = { id, start: this.html.length, end: -1 };
      this.pending = id;
    }
  }

  finish(): Assembled {
    const end = this.bodyEnd < 0 ? this.html.length : this.bodyEnd;
    const listed = this.draft.headings.flatMap((heading, index) => {
      const start = this.starts.get(index);
      return heading.listed && start !== undefined ? [{ heading, start }] : [];
    });
    return { html: this.html, outline: withEnds(listed, end), blocks: { ...this.blocks } };
  }
}

type Start = { heading: DraftHeading; start: number };

/** A section ends where the next heading of the same or a higher level begins. */
function withEnds(starts: Start[], end: number): OutlineItem[] {
  const outline: OutlineItem[] = [];
  const nextAt: number[] = [end, end, end, end, end, end, end];
  for (const { heading, start } of starts.reverse()) {
    const { depth, text, id, line } = heading;
    outline.push({ depth, text, id, line, start, end: nextAt[depth] ?? end });
    for (let deeper = depth; deeper <= 6; deeper += 1) nextAt[deeper] = start;
  }
  return outline.reverse();
}
