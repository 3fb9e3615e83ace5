import { renderMermaidSVG } from 'beautiful-mermaid';
import type { Element, Root } from 'hast';
import { raw } from 'hast-util-raw';
import { type Schema, sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { LRUCache } from 'lru-cache';
import { visit } from 'unist-util-visit';
import { escapeHtml } from './escape';
import { scrub, written } from './marks';

/** Layout takes time that grows with the edges; these bounds keep it under half a second. */
const SOURCE_MAX = 6000;
const LINES_MAX = 200;
const ARROWS_MAX = 150;
const FANS_MAX = 20;

const KINDS = /^(?:graph|flowchart|stateDiagram(?:-v2)?|sequenceDiagram|classDiagram|erDiagram|xychart(?:-beta)?)\b/;
const drawn = new LRUCache<string, string>({
  max: 200,
  maxSize: 16_000_000,
  sizeCalculation: (html) => html.length + 1,
});

/** The first word of a diagram: what kind it is. */
export function diagramKind(source: string): string {
  const first = source.split('\n').find((line) => line.trim() && !line.trim().startsWith('%%')) ?? '';
  return (/^\s*([A-Za-z][\w-]{0,40})/.exec(first)?.[1] ?? 'unknown').trim();
}

/**
 * Draws Mermaid as SVG that can run nothing and fetch nothing, coloured by CSS variables alone; `number` keeps the ids of
 * a page's diagrams apart. Null when the kind is not supported, the diagram too large or the source wrong.
 */
export function drawDiagram(source: string, number: number): string | null {
  const key = `${number}\n${source}`;
  const known = drawn.get(key);
  if (known !== undefined) return known || null;
  const svg = isDrawable(source) ? draw(source, number) : null;
  drawn.set(key, svg ?? '');
  return svg && figure(svg, source);
}

function figure(svg: string, source: string): string {
  const summary = `<summary>${written('W:diagramSource')}</summary>`;
  const code = `<pre tabindex="0"><code>${escapeHtml(source)}</code></pre>`;
  const kind = escapeHtml(diagramKind(source));
  const picture = `<div class="diagram-picture" tabindex="0">${svg}</div>`;
  return `<figure class="diagram" data-kind="${kind}">${picture}<details>${summary}${code}</details></figure>`;
}

function isDrawable(source: string): boolean {
  const kind = diagramKind(source);
  if (!KINDS.test(kind) || source.length > SOURCE_MAX || source.split('\n').length > LINES_MAX) return false;
  // A chart's axis is drawn tick by tick.
  if (kind.startsWith('xychart') && /\d{7}|\de[+-]?\d/i.test(source)) return false;
  const arrows = source.match(/--|==|-\.|<\||\|>|->|~~~/g)?.length ?? 0;
  return arrows <= ARROWS_MAX && (source.match(/&/g)?.length ?? 0) <= FANS_MAX;
}

function draw(source: string, number: number): string | null {
  try {
    const svg = renderMermaidSVG(spaced(source), { transparent: true });
    const tree = raw({ type: 'root', children: [{ type: 'raw', value: scrub(svg) }] });
    const clean = sanitize(tree, schema);
    if (clean.type !== 'root') return null;
    nameApart(clean, `d${number}-`);
    return toHtml(clean, { space: 'svg' });
  } catch {
    return null;
  }
}

const FLOW = /^(?:graph|flowchart|stateDiagram)/;
const ARROW = /\s*(<?(?:-{2,}[>xo]?|={2,}>?|-\.+->?|~~~))\s*/g;

/** Mermaid needs no spaces around arrows and takes `;` at the end of lines; the renderer does and does not. */
function spaced(source: string): string {
  const lines = source.split('\n').filter((line) => !line.trim().startsWith('%%'));
  if (!FLOW.test(diagramKind(source))) return lines.join('\n');
  return lines
    .map((line) => line.replace(/;\s*$/, ''))
    .filter((line) => !/^\s*class\s+[^{]*\sinternal-link\s*$/.test(line))
    .map((line) => line.replace(/"[^"]*"|\[[^\]]*\]|\|[^|]*\||[^"[|]+/g, spaceArrows))
    .join('\n');
}

function spaceArrows(part: string): string {
  return /^["[|]/.test(part) ? part : part.replace(ARROW, ' $1 ');
}

/** Ids are unique in the page, and also in a page that embeds this note. */
function nameApart(tree: Root, prefix: string): void {
  const local = written('P') + prefix;
  visit(tree, 'element', (node: Element) => {
    const { properties } = node;
    if (typeof properties.id === 'string') properties.id = local + properties.id;
    for (const name of ['markerStart', 'markerEnd'] as const) {
      const value = properties[name];
      if (typeof value === 'string') properties[name] = value.replace('#', `#${local}`);
    }
    if (node.tagName === 'svg') Object.assign(properties, { role: 'img', ariaLabel: written('W:diagram') });
  });
}

const PAINT = /^(?:none|currentColor|[a-z]{1,30}|var\(--[\w-]+\)|#[0-9a-f]{3,8}|rgba?\([\d\s.,%]+\))$/i;
const NUMBER = /^[\d\s.,em%-]+$/;
const numbers =
  'x y x1 y1 x2 y2 cx cy r rx ry dx dy width height strokeWidth strokeDashArray fontSize fontWeight opacity';

/** Shapes and words only: no style, no link, no script, no picture, no reference but to the diagram's own markers. */
const schema: Schema = {
  tagNames: 'svg defs marker polygon polyline path g rect circle ellipse line text tspan'.split(' '),
  clobber: [],
  strip: ['style', 'script'],
  attributes: {
    '*': [
      ['fill', PAINT],
      ['stroke', PAINT],
      ['className', /^[\w-]+$/],
      ['textAnchor', /^\w+$/],
      ['fontStyle', /^\w+$/],
      ['strokeLineJoin', /^\w+$/],
      ['strokeLineCap', /^\w+$/],
      ['dominantBaseline', /^[\w-]+$/],
      ['transform', /^[a-z]+\([\d\s.,-]+\)$/],
      ['points', /^[\d\s.,e-]+$/],
      ['d', /^[\d\s.,a-z-]+$/i],
      ['markerStart', /^url\(#[\w-]+\)$/],
      ['markerEnd', /^url\(#[\w-]+\)$/],
      ...numbers.split(' ').map((name): [string, RegExp] => [name, NUMBER]),
    ],
    svg: ['viewBox', 'xmlns'],
    marker: [['id', /^[\w-]+$/], 'markerWidth', 'markerHeight', 'refX', 'refY', 'orient'],
  },
};
