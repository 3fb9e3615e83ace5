import type { Node } from 'unist';
import { type Draft, insert, reportUnsupported } from './draft';
import { escapeHtml } from './escape';
import { type Mark, written } from './marks';

/** Languages of fences that are a plugin's instructions, and the plugin's name in reports. */
const PLUGINS: Record<string, string> = {
  dataview: 'dataview',
  dataviewjs: 'dataviewjs',
  base: 'base',
  query: 'query',
  tasks: 'tasks',
  kanban: 'kanban',
  excalidraw: 'excalidraw',
  'compressed-json': 'excalidraw',
  templater: 'templater',
};

/** What a fence asks of Obsidian that this site cannot do, or null for code. */
export function pluginOf(language: string): string | null {
  if (language.startsWith('ad-')) return 'admonition';
  return Object.hasOwn(PLUGINS, language) ? (PLUGINS[language] ?? null) : null;
}

/** The plugin that a whole note belongs to by its frontmatter, or null. */
export function pluginOfNote(frontmatter: string): 'excalidraw' | 'kanban' | null {
  if (/^excalidraw-plugin:/m.test(frontmatter)) return 'excalidraw';
  return /^kanban-plugin:/m.test(frontmatter) ? 'kanban' : null;
}

/** Folded, for its reader came for what it would have shown. */
const FOLDED = new Set(['base', 'query', 'dataview', 'dataviewjs', 'tasks']);

/** The source, in a box that says it is one. */
export function unsupportedBlock(draft: Draft, node: Node, kind: string, source: string): Mark {
  reportUnsupported(draft, node, kind);
  return insert(draft, unsupportedBox(kind, source));
}

export function unsupportedBox(kind: string, source: string): string {
  const [box, title] = FOLDED.has(kind) ? ['details', 'summary'] : ['div', 'p'];
  const words = `${written(`W:unsupported-${kind.split(':')[0]}`)}`;
  const code = kind === 'excalidraw' ? '' : `<pre tabindex="0"><code>${escapeHtml(source)}</code></pre>`;
  const heading = `<${title} class="unsupported-title">${words}</${title}>`;
  return `<${box} class="unsupported" data-kind="${escapeHtml(kind)}">${heading}${code}</${box}>`;
}

/** Reports what plugins would do inside a line of text; the text itself stays. */
export function reportInline(draft: Draft, node: Node, words: string, isCode: boolean): void {
  if (words.includes('<%')) reportUnsupported(draft, node, 'templater');
  if (isCode && words.startsWith('$=')) reportUnsupported(draft, node, 'dataviewjs');
  else if (isCode && /^=\s*(?:this\.|\[\[|[a-z]+\()/i.test(words)) reportUnsupported(draft, node, 'dataview');
}
