import type { Draft } from './draft';
import { escapeHtml } from './escape';
import { written } from './marks';

/** No person writes a line this long; reading it as Markdown could take time that grows with its square. */
const LINE_MAX = 40_000;
const FENCE = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})/;

/** Readies the text for the parser: lines too long become plain text, footnotes go on after two spaces. */
export function prepareSource(draft: Draft, body: string): string {
  const source = hasLongLine(body) ? setAsideLongLines(draft, body) : body;
  return /^\[\^[^\]\n]+\]:/m.test(source) ? indentFootnotes(source) : source;
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
    .map((line) => (line.length < LINE_MAX ? line : setAside(draft, line)))
    .join('\n');
}

function setAside(draft: Draft, line: string): string {
  draft.words.push(line);
  draft.unsupported.push({ line: 0, kind: 'long-line' });
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
