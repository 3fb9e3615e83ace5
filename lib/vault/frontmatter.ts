import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument, visit, type YAMLMap } from 'yaml';
import { type Known, readKnown } from './known';
import { type Property, readProperty } from './property';

export { type Known, STEERING_KEYS, shownProperties, type Translated } from './known';
export type { Property, PropertyKind } from './property';

/** Something for the report; `line` is 1-based in the source file. */
export type Problem = { problem: string; line: number };

export type Frontmatter = {
  /** Where the body begins in the text (UTF-16 units) and on which 1-based line. */
  bodyStart: number;
  bodyLine: number;
  /** In the author's order. Empty when there are none or they are malformed. */
  properties: Property[];
  /** Text values that hold a `[[link]]`, for `CompileInput.properties`. */
  links: { line: number; text: string }[];
  known: Known;
  /** Set when the properties could not be read: the note then publishes nothing. */
  malformed: Problem | null;
  /** Values that were understood as something else than written, or not at all. */
  problems: Problem[];
};

const BYTES_MAX = 64 * 1024;
const DEPTH_MAX = 20;
const KEYS_MAX = 500;
const TOO_DEEP: Problem = { problem: `the properties are nested deeper than ${DEPTH_MAX}`, line: 1 };

/**
 * The properties at the top of a note: YAML (or a JSON object) between two lines `---`, the first at offset 0 of `text`
 * (decoded, line ends `\n`). Values keep their spelling: `2020-08-21`, `no`, `012` and `1:30` stay what was written.
 * Never throws; what cannot be read is `malformed`, and its text is still left out of the body unless it was no list of
 * properties at all.
 */
export function readFrontmatter(text: string): Frontmatter {
  const block = findBlock(text);
  if (block === null)
    return without(0, 1, looksUnclosed(text) ? 'the properties are never closed with a line ---' : null, 1);
  const { yaml, bodyStart, bodyLine } = block;
  if (Buffer.byteLength(yaml) > BYTES_MAX)
    return without(bodyStart, bodyLine, `the properties are longer than ${BYTES_MAX / 1024} KiB`, 1);
  const counter = new LineCounter();
  const parsed = parse(yaml, counter);
  if ('problem' in parsed) return without(bodyStart, bodyLine, parsed.problem, parsed.line);
  const { contents } = parsed.document;
  if (contents === null || (isScalar(contents) && contents.value === null))
    return without(bodyStart, bodyLine, null, 1);
  // A rule of dashes that opens the text, with a second one further down: words between them belong to the text.
  if (!isMap(contents)) return without(0, 1, 'the text between --- is no list of properties', 2);
  const trouble = findTrouble(contents, counter);
  if (trouble) return without(bodyStart, bodyLine, trouble.problem, trouble.line);
  return { bodyStart, bodyLine, ...readProperties(contents, yaml, counter), malformed: null };
}

type Block = { yaml: string; bodyStart: number; bodyLine: number };

function findBlock(text: string): Block | null {
  const opening = /^---[ \t]*\n/.exec(text);
  if (!opening) return null;
  const start = opening[0].length;
  const closing = /^---[ \t]*$/m;
  const found = closing.exec(text.slice(start));
  if (!found) return null;
  const yaml = text.slice(start, start + found.index);
  const end = start + found.index + found[0].length;
  const bodyStart = Math.min(end + 1, text.length);
  return { yaml, bodyStart, bodyLine: yaml.split('\n').length + 2 };
}

/** Fail closed: an author who forgot the closing line may have asked for privacy above it. */
function looksUnclosed(text: string): boolean {
  return /^---[ \t]*\n["']?[\p{L}\p{N}_-]+["']?[ \t]*:(\s|$)/u.test(text);
}

function without(bodyStart: number, bodyLine: number, problem: string | null, line: number): Frontmatter {
  const malformed = problem === null ? null : { problem, line };
  return { bodyStart, bodyLine, properties: [], links: [], known: readKnown([]).known, malformed, problems: [] };
}

function parse(yaml: string, counter: LineCounter): { document: Document.Parsed } | Problem {
  // Tabs may indent JSON but not YAML; JSON has none inside its strings.
  const source = /^\s*\{/.test(yaml) ? yaml.replaceAll('\t', ' ') : yaml;
  try {
    const document = parseDocument(source, {
      schema: 'core',
      version: '1.2',
      lineCounter: counter,
      logLevel: 'silent',
      prettyErrors: false,
    });
    const [error] = document.errors;
    if (!error) return { document };
    if (error.message.includes('call stack')) return TOO_DEEP;
    return {
      problem: `the properties are not valid YAML: ${error.message}`,
      line: counter.linePos(error.pos[0]).line + 1,
    };
  } catch {
    return TOO_DEEP;
  }
}

function findTrouble(contents: YAMLMap, counter: LineCounter): Problem | null {
  let trouble: Problem | null = null;
  let keys = 0;
  const stop = (problem: string, node: Node | null) => {
    trouble = { problem, line: lineOf(node, counter) };
    return visit.BREAK;
  };
  visit(contents, {
    Node: (_, node, ancestors) =>
      ancestors.length > DEPTH_MAX * 2 ? stop(`the properties are nested deeper than ${DEPTH_MAX}`, node) : undefined,
    Pair: (_, { key }) => {
      if (++keys > KEYS_MAX) return stop(`more than ${KEYS_MAX} properties`, contents);
      if (!isScalar(key)) return stop('a property has no plain name', contents);
      return String(key.source ?? key.value) === '__proto__'
        ? stop('a property may not be called __proto__', key)
        : undefined;
    },
  });
  return trouble;
}

function readProperties(
  contents: YAMLMap,
  yaml: string,
  counter: LineCounter,
): Pick<Frontmatter, 'properties' | 'links' | 'known' | 'problems'> {
  const links: Frontmatter['links'] = [];
  visit(contents, {
    Scalar: (place, node) => {
      if (place !== 'key' && typeof node.value === 'string' && node.value.includes('[[')) {
        links.push({ line: lineOf(node, counter), text: node.value });
      }
    },
  });
  const read = contents.items.map((pair) => {
    const key = isScalar(pair.key) ? pair.key : null;
    return readProperty(key, pair.value, yaml, lineOf(key, counter));
  });
  return { properties: read, links, ...readKnown(read) };
}

/** 1-based in the file: the block begins on its second line. */
function lineOf(node: Node | null, counter: LineCounter): number {
  return counter.linePos(node?.range?.[0] ?? 0).line + 1;
}
