import katex from 'katex';
import { LRUCache } from 'lru-cache';
import type { Node } from 'mdast';
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import { escapeHtml } from './escape';

export interface Formula extends Node {
  type: 'formula';
  display: boolean;
  block: boolean;
  value: string;
}

declare module 'mdast' {
  interface PhrasingContentMap {
    formula: Formula;
  }
  interface RootContentMap {
    formula: Formula;
  }
}

const SOURCE_MAX = 10_000;
const drawn = new LRUCache<string, string>({
  max: 2000,
  maxSize: 8_000_000,
  sizeCalculation: (html) => html.length + 1,
});

/** Draws TeX as MathML. TeX that cannot be drawn shows its source. */
export function drawFormula({ value, display, block }: Pick<Formula, 'value' | 'display' | 'block'>): string {
  const key = `${display ? 1 : 0}${block ? 1 : 0}${value}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const math = value.length > SOURCE_MAX ? null : mathml(value, display);
  const html = math === null ? showSource(value, display, block) : wrapMath(math, display, block);
  drawn.set(key, html);
  return html;
}

function wrapMath(math: string, display: boolean, block: boolean): string {
  if (block) return `<div class="math-block" tabindex="0">${math}</div>`;
  return `<span class="${display ? 'math-block' : 'math'}">${math}</span>`;
}

function showSource(value: string, display: boolean, block: boolean): string {
  if (block) return `<pre class="math-error" tabindex="0"><code>${escapeHtml(value)}</code></pre>`;
  const fence = display ? '$$' : '$';
  return `<code class="math-error">${escapeHtml(fence + value + fence)}</code>`;
}

function mathml(value: string, displayMode: boolean): string | null {
  try {
    const html = katex.renderToString(value, {
      output: 'mathml',
      displayMode,
      trust: false,
      throwOnError: true,
      strict: 'ignore',
      maxExpand: 1000,
      maxSize: 20,
    });
    // KaTeX escapes quotes in text, so what looks like an attribute is one. Pages allow no inline styles.
    return html.replace(/^<span class="katex">|<\/span>$/g, '').replace(/ style="[^"]*"/g, '');
  } catch {
    return null;
  }
}

export const formulaFromMarkdown: FromMarkdown = {
  enter: {
    formulaText(token) {
      const written = this.sliceSerialize(token);
      const display = written.startsWith('$$');
      const value = display ? written.slice(2, -2) : written.slice(1, -1);
      this.enter({ type: 'formula', display, block: false, value: value.trim() }, token);
    },
    formulaFlow(token) {
      this.enter({ type: 'formula', display: true, block: true, value: '' }, token);
      this.buffer();
    },
  },
  exit: {
    formulaText(token) {
      this.exit(token);
    },
    formulaFlowLine(token) {
      this.config.enter.data?.call(this, token);
      this.config.exit.data?.call(this, token);
    },
    formulaFlow(token) {
      const value = this.resume().trim().replace(/\$\$$/, '');
      const node = this.stack.at(-1);
      if (node?.type === 'formula') node.value = value.trim();
      this.exit(token);
    },
  },
};
