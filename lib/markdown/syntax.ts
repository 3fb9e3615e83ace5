import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { bounds } from './bounds';
import './edit-map';
import { inlineFootnoteFromMarkdown, inlineFootnoteSyntax } from './footnotes';
import { highlightFromMarkdown, highlightSyntax } from './highlight';
import { formulaFromMarkdown } from './math';
import { formulaSyntax } from './math-syntax';
import { tagFromMarkdown, tagSyntax } from './tags';
import { wikilinkFromMarkdown, wikilinkSyntax } from './wikilinks';

const extensions = [gfm(), bounds, wikilinkSyntax, highlightSyntax, formulaSyntax, tagSyntax, inlineFootnoteSyntax];

const mdastExtensions = [
  // The tokenizer already finds bare addresses; looking for them again would walk every tree once more.
  ...gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] })),
  wikilinkFromMarkdown,
  highlightFromMarkdown,
  formulaFromMarkdown,
  tagFromMarkdown,
  inlineFootnoteFromMarkdown,
];

/** Reads Obsidian's Markdown: CommonMark, GFM and its own links, highlights, formulas, tags and footnotes. */
export function parse(source: string): Root {
  return fromMarkdown(source, { extensions, mdastExtensions });
}
