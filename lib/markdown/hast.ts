import type { Element, ElementContent, Root } from 'hast';
import type { Blockquote, Code, Heading, Html, List, ListItem, Nodes, Paragraph, Parents, Table, Text } from 'mdast';
import { defaultHandlers, type Handlers, type State, toHast } from 'mdast-util-to-hast';
import { callout } from './callouts';
import { codeBlock, languageOf } from './code';
import { diagramKind, drawDiagram } from './diagrams';
import { addTag, type Draft, insert, wrap } from './draft';
import { footnoteReference, footnotesSection, inlineFootnote } from './footnotes';
import { heading } from './headings';
import { imageNode, isEmbed, linkNode, wikilink } from './links';
import { around, element, point, text } from './marks';
import { drawFormula } from './math';
import { loneEmbed, partLines } from './paragraphs';
import { table } from './tables';
import { checkbox, taskCharacter, taskItemOpening, withCheckbox, withoutBox } from './tasks';
import { pluginOf, reportInline, unsupportedBlock } from './unsupported';
import { wordsInHtml } from './words-in-html';

/** Turns the note into HTML's tree. What is ours stands in marks, so that the author cannot write the like. */
export function toTree(draft: Draft, tree: Nodes): Root {
  const result = toHast(tree, { allowDangerousHtml: true, handlers: handlersFor(draft) });
  return result.type === 'root' ? result : { type: 'root', children: [] };
}

function handlersFor(draft: Draft): Handlers {
  return { ...blockHandlers(draft), ...inlineHandlers(draft) };
}

/** What holds blocks: HTML in anything else is part of a line. */
const CONTAINERS = new Set(['root', 'blockquote', 'listItem', 'footnoteDefinition']);

function blockHandlers(draft: Draft): Handlers {
  return {
    root: (state, node: Parents) => [
      ...state.wrap(state.all(node)),
      text('\n'),
      point('Z'),
      ...footnotesSection(draft, state),
    ],
    paragraph: (state, node: Paragraph) => named(draft, node, paragraph(draft, state, node)),
    heading: (state, node: Heading, parent) =>
      named(draft, node, [heading(draft, state, node, parent?.type === 'root')]),
    blockquote: (state, node: Blockquote, parent) => {
      const quote = callout(draft, state, node) ?? defaultHandlers.blockquote(state, { ...node, data: undefined });
      return named(draft, node, [quote], parent);
    },
    list: (state, node: List) => named(draft, node, [list(draft, state, node)]),
    listItem: (state, node: ListItem, parent) => named(draft, node, [listItem(draft, state, node, parent)]),
    table: (state, node: Table) => named(draft, node, [table(draft, state, node)]),
    code: (_, node: Code) => named(draft, node, [code(draft, node)]),
    html: (_, node: Html, parent) => {
      if (parent && CONTAINERS.has(parent.type)) draft.words.push(wordsInHtml(node.value), '\n');
      return { type: 'raw', value: node.value, position: node.position };
    },
  };
}

function inlineHandlers(draft: Draft): Handlers {
  return {
    text: (_, node: Text) => words(draft, node),
    inlineCode: (_, node: Text) => {
      draft.words.push(node.value);
      reportInline(draft, node, node.value, true);
      return element('code', {}, [text(node.value.replaceAll('\n', ' '))]);
    },
    break: () => {
      draft.words.push('\n');
      return [element('br', {}, []), text('\n')];
    },
    link: (state, node) => linkNode(draft, state, node),
    linkReference: (state, node) => {
      const definition = state.definitionById.get(String(node.identifier).toUpperCase());
      return definition ? linkNode(draft, state, { ...node, url: definition.url }) : state.all(node);
    },
    image: (_, node, parent) => imageNode(draft, node, aloneInCell(parent)),
    imageReference: (state, node, parent) => {
      const definition = state.definitionById.get(String(node.identifier).toUpperCase());
      return definition ? imageNode(draft, { ...node, url: definition.url }, aloneInCell(parent)) : [];
    },
    wikilink: (_, node, parent) => wikilink(draft, node, aloneInCell(parent)),
    highlight: (state, node) => element('mark', {}, state.all(node)),
    formula: (_, node) => {
      draft.words.push(node.value);
      const formula = insert(draft, drawFormula(node));
      return node.block ? named(draft, node, [formula]) : formula;
    },
    tag: (_, node) => {
      draft.words.push(`#${node.value}`);
      addTag(draft, node.value.replace(/\/+$/, ''));
      return point(`G${encodeURIComponent(node.value)}`);
    },
    footnoteReference: (state, node) => footnoteReference(draft, state, node),
    inlineFootnote: (state, node) => inlineFootnote(draft, state, node),
  };
}

function aloneInCell(parent: Parents | undefined): boolean {
  return parent?.type === 'tableCell' && parent.children.length === 1;
}

/** Puts the block's `^id`, if it has one, around what it became. */
function named(draft: Draft, node: Nodes, content: ElementContent[], parent?: Parents): ElementContent[] {
  if (node.type !== 'listItem' && parent?.type !== 'listItem') draft.words.push('\n');
  const id = node.data?.blockId;
  return id === undefined ? content : [around(`B${draft.blockIds.push(id) - 1}`, content)];
}

function words(draft: Draft, node: Text): ElementContent[] {
  draft.words.push(node.value);
  reportInline(draft, node, node.value, false);
  if (draft.strictLineBreaks || !node.value.includes('\n')) return [text(node.value)];
  return node.value.split('\n').flatMap((line, index) => {
    return index === 0 ? [text(line)] : [element('br', {}, []), text(`\n${line}`)];
  });
}

/** A line that is only an embed stands between paragraphs, because what it shows may be blocks. */
function paragraph(draft: Draft, state: State, node: Paragraph): ElementContent[] {
  if (!node.children.some(isEmbed)) return [element('p', {}, state.all(node))];
  return partLines(node.children).flatMap((part): ElementContent[] => {
    draft.words.push('\n');
    const embed = loneEmbed(part);
    if (!embed) return [element('p', {}, state.all({ type: 'paragraph', children: part }))];
    if (embed.type === 'wikilink') return [wikilink(draft, embed, true)];
    if (embed.type === 'image') return imageNode(draft, embed, true);
    return state.all({ type: 'paragraph', children: part });
  });
}

function list(draft: Draft, state: State, node: List): ElementContent {
  const items = state.wrap(state.all(node), true);
  if (node.children.some((item) => taskCharacter(item) !== null)) {
    const tag = node.ordered ? 'ol' : 'ul';
    return wrap(draft, `<${tag} class="task-list">`, `</${tag}>`, items);
  }
  const start = typeof node.start === 'number' && node.start !== 1 ? { start: node.start } : {};
  return element(node.ordered ? 'ol' : 'ul', start, items);
}

function listItem(draft: Draft, state: State, node: ListItem, parent: Parents | undefined): ElementContent {
  const character = taskCharacter(node);
  const plain: ListItem = { ...withoutBox(node), checked: null, data: undefined };
  const item: Element = defaultHandlers.listItem(state, plain, parent);
  if (character === null) return item;
  const content = withCheckbox(checkbox(draft, character), item.children);
  return wrap(draft, taskItemOpening(character), '</li>', content);
}

function code(draft: Draft, node: Code): ElementContent {
  const language = languageOf(node.lang);
  const plugin = pluginOf(language);
  if (plugin !== null) return unsupportedBlock(draft, node, plugin, node.value);
  if (language !== 'mermaid') {
    draft.words.push(node.value);
    return insert(draft, codeBlock(node.value, language));
  }
  const diagram = drawDiagram(node.value, draft.inserts.length);
  if (diagram !== null) return insert(draft, diagram);
  return unsupportedBlock(draft, node, `mermaid:${diagramKind(node.value)}`, node.value);
}
