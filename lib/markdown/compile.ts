import type { Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Root as Note } from 'mdast';
import type { Node } from 'unist';
import { blankSlot } from './address';
import { assemble } from './assemble';
import { nameBlocks } from './blocks';
import { languagesIn, loadLanguages } from './code';
import { removeComments } from './comments';
import type { Compiled, CompileInput, Unsupported } from './compiled';
import { addTag, type Draft } from './draft';
import { escapeHtml } from './escape';
import { toTree } from './hast';
import { scrub, withoutMarks, writeMarks } from './marks';
import { readRawHtml } from './raw-html';
import { clean } from './sanitize';
import { prepareSource } from './source';
import { parse } from './syntax';
import { takeTitle } from './title';
import { pluginOfNote, unsupportedBox } from './unsupported';
import { parseEmbedText, wikilinksIn } from './wikilinks';

/** Compiles one note. It never throws: a note that cannot be read as Markdown is shown as plain text. */
export async function compile(input: CompileInput): Promise<Compiled> {
  const body = removeComments(scrub(input.source.slice(input.bodyStart)));
  const toLine = (line: number): number => (body.lines?.[line - 1] ?? line - 1) + input.bodyLine;
  await loadLanguages(languagesIn(body.text));
  const plugin = pluginOfNote(input.source.slice(0, input.bodyStart));
  // A drawing's text is its data; nothing of it is for reading.
  if (plugin === 'excalidraw') return unreadNote(input, '', unsupportedBox(plugin, ''), { line: 1, kind: plugin });
  const draft = startDraft(input, toLine);
  if (plugin) draft.unsupported.push({ line: 1, kind: plugin });
  try {
    return compileBody(input, draft, body.text);
  } catch {
    const html = `<pre class="plain-note" tabindex="0">${escapeHtml(body.text)}</pre>`;
    return unreadNote(input, body.text, html, { line: input.bodyLine, kind: 'too-complex' });
  }
}

function compileBody(input: CompileInput, draft: Draft, body: string): Compiled {
  const source = prepareSource(draft, body);
  const note = parse(source);
  nameBlocks(note, source);
  const title = takeTitle(note, input.title);
  const { html, outline, blocks } = assemble(draft, cleanHtml(draft, note, source));
  addPropertySlots(draft, input);
  return {
    title,
    html,
    slots: draft.slots,
    outline,
    blocks,
    text: tidy(draft.words.join('')),
    tags: [...draft.tags.values()],
    unsupported: draft.unsupported,
  };
}

function cleanHtml(draft: Draft, note: Note, source: string): string {
  const tree = toTree(draft, note);
  if (holdsHtml(note)) readRawHtml(draft, tree, source);
  unlistNested(draft, tree);
  writeMarks(tree);
  return toHtml(clean(tree), { characterReferences: { useNamedReferences: true } });
}

function holdsHtml(node: Note | Note['children'][number]): boolean {
  return node.type === 'html' || ('children' in node && node.children.some(holdsHtml));
}

/** A heading that raw HTML took in is no section of its own: what follows it to the next one is no whole HTML. */
function unlistNested(draft: Draft, tree: Root): void {
  const top = new Set(
    tree.children.flatMap((child) => (child.type === 'mark' ? headingsIn(child.open, child.children) : [])),
  );
  draft.headings.forEach((heading, index) => {
    if (!top.has(index)) heading.listed = false;
  });
}

function headingsIn(open: string, children: Root['children']): number[] {
  if (open.startsWith('H')) return [Number(open.slice(1))];
  const [only] = children;
  return open.startsWith('B') && only?.type === 'mark' ? headingsIn(only.open, only.children) : [];
}

function addPropertySlots(draft: Draft, input: CompileInput): void {
  for (const { line, text } of input.properties) {
    for (const parts of wikilinksIn(scrub(text))) {
      const { text: words } = parseEmbedText(parts.text);
      draft.slots.push({ ...blankSlot(), ...parts, text: words, kind: 'property', syntax: 'property', line });
    }
  }
}

function startDraft(input: CompileInput, toLine: (line: number) => number): Draft {
  const draft: Draft = {
    slots: [],
    inserts: [],
    headings: [],
    blockIds: [],
    unsupported: [],
    tags: new Map(),
    words: [],
    insideLink: 0,
    ids: new Set(),
    strictLineBreaks: input.strictLineBreaks,
    lineOf: (node: Node) => toLine(node.position?.start.line ?? 1),
  };
  for (const tag of input.tags) addTag(draft, scrub(tag).trim().replace(/^#/, ''));
  return draft;
}

function tidy(words: string): string {
  return withoutMarks(words)
    .replace(/[ \t\u00A0]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/** A note of which only the properties are read. */
function unreadNote(input: CompileInput, body: string, html: string, why: Unsupported): Compiled {
  const draft = startDraft(input, (line) => line);
  addPropertySlots(draft, input);
  return {
    title: input.title,
    html,
    slots: draft.slots,
    outline: [],
    blocks: {},
    text: tidy(body),
    tags: [...draft.tags.values()],
    unsupported: [why],
  };
}
