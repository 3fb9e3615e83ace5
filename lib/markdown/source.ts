import { type Draft, reportUnsupported } from './draft';
import { escapeHtml } from './escape';
import { written } from './marks';

/** No person writes a line this long; reading it as Markdown could take time that grows with its square. */
const LINE_MAX = 40_000;
const FENCE = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})/;

/** Readies the text for the parser: lines too long become plain text, footnotes go on after two spaces. */
export function prepareSource(draft: Draft, body: string): string {
  const source = hasLongLine(body) ? setAsideLongLines(draft, body) : body;
  const filled = source.includes('$$\n') ? fillFormulas(source) : source;
  return /^\[\^[^\]\n]+\]:/m.test(filled) ? indentFootnotes(filled) : filled;
}

function hasLongLine(body: string): boolean {
  for (let start = 0; start + LINE_MAX <= body.length; ) {
    const end = body.lastIndexOf('\n', start + LINE_MAX - 1);
    if (end < start) return true;
    start = end + 1;
  }
  return false;
}

function setAsideLongLines(draft: Draft, body: string): string {
  return body
    .split('\n')
    .map((line, index) => (line.length < LINE_MAX ? line : setAside(draft, line, index + 1)))
    .join('\n');
}

function setAside(draft: Draft, line: string, number: number): string {
  const start = { line: number, column: 1 };
  draft.words.push(line);
  reportUnsupported(draft, { type: 'text', position: { start, end: start } }, 'long-line');
  return written(`T${draft.inserts.push(escapeHtml(line)) - 1}`);
}

/** Obsidian lets a footnote go on in lines that begin with two spaces; GFM wants four. */
function indentFootnotes(source: string): string {
  let inside = false;
  let fenced = false;
  return source
    .split('\n')
    .map((line) => {
      if (FENCE.test(line)) fenced = !fenced;
      if (/^\[\^[^\]\n]+\]:/.test(line)) inside = !fenced;
      else if (/^\S/.test(line)) inside = false;
      return inside && /^ {2,3}\S/.test(line) ? `    ${line.trimStart()}` : line;
    })
    .join('\n');
}

const FORMULA_LINES_MAX = 500;
const OPENS_FORMULA = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\$\$[ \t]*$/;

/** A blank line would end a formula, as it ends a paragraph; in Obsidian it may stand in one. A TeX comment may too. */
function fillFormulas(source: string): string {
  const lines = source.split('\n');
  let fenced = false;
  for (let index = 0; index < lines.length; index += 1) {
    if (FENCE.test(lines[index] ?? '')) fenced = !fenced;
    if (fenced || !OPENS_FORMULA.test(lines[index] ?? '')) continue;
    const inside = lines.slice(index + 1, index + FORMULA_LINES_MAX);
    const length = inside.findIndex((line) => line.includes('$$'));
    if (length < 0) continue;
    for (let each = index + 1; each <= index + length; each += 1) {
      if (/^[ \t>]*$/.test(lines[each] ?? '')) lines[each] = `${lines[each]}%`;
    }
    index += length + 1;
  }
  return lines.join('\n');
}
