/**
 * What one note becomes when it is compiled. It depends on the note's bytes alone, never on its neighbours: where a link
 * goes, what an embed shows and whether the viewer may see either is decided when the page is rendered, by filling slots.
 */

/** Bump when the compiler's output changes, so that stored notes are compiled again at the next start. */
export const COMPILER_VERSION = 1;

/** Slots stand in `html` between these two noncharacters, which are removed from every note's own text. */
export const SLOT_OPEN = '\uFDD0';
export const SLOT_CLOSE = '\uFDD1';

/**
 * In `html`: `OPEN L<n> CLOSE … OPEN /L CLOSE` wraps the (already rendered) words of link slot n,
 * `OPEN E<n> CLOSE` stands where embed slot n goes (in flow position if it stood alone in its paragraph, else inline),
 * `OPEN P CLOSE` stands at the start of every id and of every href to an id of the same note, for the prefix of an embed,
 * `OPEN W:<word> CLOSE` where a word in the language of the interface goes, `OPEN G<tag> CLOSE` where a tag goes and
 * `OPEN I<address|alt|width|height> CLOSE` where a picture from the web goes (the last two percent-encoded).
 */
export type Slot = {
  kind: 'link' | 'embed' | 'property';
  /** The vault path or name as written, decoded, without fragment; '' is the note itself. */
  target: string;
  /** `Heading`, `H1#H2` or `^block`, as written and without the first `#`; for files `page=3`, `height=400`, `t=10`. */
  fragment: string | null;
  /** 1-based line in the source file. */
  line: number;
  syntax: 'wiki' | 'markdown' | 'html' | 'property';
  /** The words shown (link), or the alternative text (embed); null when the author gave none. */
  text: string | null;
  /** Pixels, from `|200` or `|200x100`. */
  width: number | null;
  height: number | null;
  /** An embed that stands alone in its paragraph may hold blocks; another is inline. */
  block: boolean;
};

export type OutlineItem = {
  depth: 1 | 2 | 3 | 4 | 5 | 6;
  /** Plain text of the heading. */
  text: string;
  /** The id in the page, unique in the note, without prefix. */
  id: string;
  line: number;
  /** Offsets in `html` of the section: from the heading itself to the next heading of the same or a higher level. */
  start: number;
  end: number;
};

/** A `^block`: the id in the page and the offsets in `html` of the block it names. */
export type Block = { id: string; start: number; end: number };

export type Unsupported = { line: number; kind: string };

export type Compiled = {
  /** The `title` property, else the text of a level-1 heading that opens the note (which is then left out of `html`), else null. */
  title: string | null;
  html: string;
  slots: Slot[];
  outline: OutlineItem[];
  /** By block id in lower case. */
  blocks: Record<string, Block>;
  /** Plain text for descriptions, previews and search: no comments, no frontmatter, no embeds, no code fences' marks. */
  text: string;
  /** Tags of the body and of the `tags` property, first spelling, without `#`, in order of appearance. */
  tags: string[];
  unsupported: Unsupported[];
};

export type CompileInput = {
  /** The note's text, decoded, without BOM, line ends `\n`. */
  source: string;
  /** Where the body begins in `source` (after the frontmatter) and on which 1-based line. */
  bodyStart: number;
  bodyLine: number;
  /** Property values that may hold `[[links]]`, with their line. */
  properties: { line: number; text: string }[];
  title: string | null;
  tags: string[];
  /** False (Obsidian's default): a single line break in a paragraph is a line break on the page. */
  strictLineBreaks: boolean;
};

/** How one slot is shown to one viewer. What the viewer may not see is `null`, exactly like what does not exist. */
export type Filled =
  | { as: 'note'; href: string; fragmentId: string | null; title: string }
  /** A page of this site that is no note, such as `/healthz`. */
  | { as: 'site'; href: string }
  | {
      as: 'file';
      /** Saves it. */
      href: string;
      /** Shows it in the browser, when that is safe. */
      viewHref?: string;
      /** The picture in smaller sizes, by media type, the smallest type first. */
      sources?: { mediaType: string; sizes: { href: string; width: number }[] }[];
      name: string;
      mediaType: string;
      size: number;
      width: number | null;
      height: number | null;
    }
  | null;

/** What an embed of a note shows: the compiled note it comes from and where its own slots lead. */
export type Transclusion = {
  href: string;
  title: string;
  compiled: Pick<Compiled, 'html' | 'slots' | 'outline' | 'blocks'>;
  fill: Fill;
};

export type Fill = {
  slot: (slot: Slot, index: number) => Filled;
  /** The note embedded by this slot, or null when it is missing, forbidden or no note. */
  transclude: (slot: Slot, index: number) => Transclusion | null;
};
