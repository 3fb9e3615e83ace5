/** A text without its comments, and for each of its lines the (0-based) line of the original it comes from. */
export type Uncommented = { text: string; lines: number[] | null };

const FENCE = /[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})([^\n]*)/y;
const INDENTED = /(?: {4}| {0,3}\t)[^\n]*/y;
const LIST_ITEM = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]/;
const NEXT = /%%|`+|\\.|\$\$|<!--|\n/g;
const FORMULA_END = /\$\$|\n[ \t>]*\n/g;

/**
 * Takes out `%%…%%`, in a line or over many, wherever it does not stand in code, in a formula or in an HTML comment. A
 * comment left open at the start of a line hides the rest of the note: better too little published than too much.
 */
export function removeComments(source: string): Uncommented {
  if (!source.includes('%%')) return { text: source, lines: null };
  return new CommentRemover(source).run();
}

class CommentRemover {
  private readonly lines = [0];
  private out = '';
  private at = 0;
  private line = 0;
  private blankBefore = true;
  /** Whether an indented line would belong to a list, not be code. */
  private insideList = false;
  private htmlCommentsEnd = true;
  /** For each length of a run of backticks, up to where none closes it. */
  private readonly unclosed = new Map<number, number>();

  constructor(private readonly source: string) {}

  run(): Uncommented {
    while (this.at < this.source.length) {
      if (!this.skipCodeBlock()) this.readLine();
    }
    return { text: this.out, lines: this.lines };
  }

  /** Copies up to `end`. */
  private keep(end: number): void {
    const piece = this.source.slice(this.at, end);
    for (let index = piece.indexOf('\n'); index >= 0; index = piece.indexOf('\n', index + 1)) {
      this.line += 1;
      this.lines.push(this.line);
    }
    this.out += piece;
    this.at = end;
  }

  private skipCodeBlock(): boolean {
    FENCE.lastIndex = this.at;
    const fence = FENCE.exec(this.source);
    const mark = fence?.[1] ?? '';
    if (fence && !(mark.startsWith('`') && fence[2]?.includes('`'))) {
      const close = new RegExp(`\\n[ \\t>]*\\${mark.charAt(0)}{${mark.length},}[ \\t]*(?=\\n|$)`, 'g');
      close.lastIndex = this.at + fence[0].length;
      this.keep(close.exec(this.source) ? close.lastIndex : this.source.length);
      this.blankBefore = false;
      return true;
    }
    INDENTED.lastIndex = this.at;
    const indented = this.blankBefore && !this.insideList ? INDENTED.exec(this.source) : null;
    if (!indented) return false;
    this.keep(Math.min(this.source.length, this.at + indented[0].length + 1));
    return true;
  }

  private readLine(): void {
    const start = this.at;
    while (this.at < this.source.length) {
      NEXT.lastIndex = this.at;
      const match = NEXT.exec(this.source);
      this.keep(match?.index ?? this.source.length);
      if (!match) return;
      if (match[0] === '\n') {
        this.keep(match.index + 1);
        this.noteLine(this.source.slice(start, match.index));
        return;
      }
      if (match[0] === '%%') this.dropComment(match.index);
      else this.keep(this.endOfLiteral(match[0], match.index));
    }
  }

  private noteLine(line: string): void {
    if (LIST_ITEM.test(line)) this.insideList = true;
    else if (this.blankBefore && /^\S/.test(line)) this.insideList = false;
    this.blankBefore = line.trim() === '';
  }

  /** Where code, a formula or an HTML comment that opens at `index` ends; past the marks themselves if it never does. */
  private endOfLiteral(mark: string, index: number): number {
    const after = index + mark.length;
    if (mark.startsWith('\\')) return after;
    if (mark === '<!--') {
      const end = this.htmlCommentsEnd ? this.source.indexOf('-->', after) : -1;
      this.htmlCommentsEnd = end >= 0;
      return end < 0 ? after : end + 3;
    }
    if (mark === '$$') {
      FORMULA_END.lastIndex = after;
      const end = FORMULA_END.exec(this.source);
      return end?.[0] === '$$' ? FORMULA_END.lastIndex : after;
    }
    if ((this.unclosed.get(mark.length) ?? 0) > index) return after;
    const paragraph = /\n[ \t>]*\n|$/g;
    paragraph.lastIndex = after;
    const limit = paragraph.exec(this.source)?.index ?? this.source.length;
    const close = new RegExp(`(?<!\`)\`{${mark.length}}(?!\`)`, 'g');
    close.lastIndex = after;
    const found = close.exec(this.source);
    if (found && found.index < limit) return found.index + mark.length;
    this.unclosed.set(mark.length, limit);
    return after;
  }

  private dropComment(index: number): void {
    const end = this.source.indexOf('%%', index + 2);
    const before = this.out.slice(this.out.lastIndexOf('\n') + 1);
    const opensLine = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*$/.test(before);
    if (end < 0 && !opensLine) {
      this.keep(index + 2);
      return;
    }
    const next = end < 0 ? this.source.length : end + 2;
    for (let eol = this.source.indexOf('\n', index); eol >= 0 && eol < next; eol = this.source.indexOf('\n', eol + 1)) {
      this.line += 1;
    }
    this.at = next;
    // A comment on lines of its own leaves no blank line where that would loosen a list or end a table or quote.
    const above = this.out.slice(this.out.lastIndexOf('\n', this.out.length - before.length - 2) + 1);
    if (before.trim() === '' && this.source[next] === '\n' && /^[ \t]*(?:[-*+>|]|\d+[.)])/.test(above)) {
      this.at += 1;
      this.line += 1;
      this.lines[this.lines.length - 1] = this.line;
    }
  }
}
