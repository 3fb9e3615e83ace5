import { LRUCache } from 'lru-cache';
import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore, type ThemedToken } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { bundledLanguages } from 'shiki/langs';
import { escapeHtml } from './escape';

const SOURCE_MAX = 30_000;
const LINE_MAX = 1000;
/** The first line in a language takes long, because its grammar is readied then. */
const TIME_PER_LINE_MS = 5000;

const theme = createCssVariablesTheme({ name: 'tokens', variablePrefix: '--' });
const coloured = new LRUCache<string, string>({
  max: 500,
  maxSize: 8_000_000,
  sizeCalculation: (html) => html.length + 1,
});

let highlighter: Promise<HighlighterCore> | undefined;
let ready: HighlighterCore | undefined;
const loaded = new Set<string>();

type Language = keyof typeof bundledLanguages;

function isKnown(language: string): language is Language {
  return Object.hasOwn(bundledLanguages, language);
}

/** Loads the grammars that a note's fences name, once each. Languages nobody knows are left as plain text. */
export async function loadLanguages(names: Iterable<string>): Promise<void> {
  const missing = [...new Set(names)].filter(isKnown).filter((name) => !loaded.has(name));
  if (missing.length === 0) return;
  highlighter ??= createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  ready = await highlighter;
  for (const name of missing) {
    await ready.loadLanguage(bundledLanguages[name]);
    loaded.add(name);
  }
}

/** The names in the opening lines of fences, in small letters: some that are in no fence are found too. */
export function languagesIn(source: string): string[] {
  return [...source.matchAll(/^[ \t>*+\-\d.)]*(?:`{3,}|~{3,})[ \t]*\{?\.?([\w+#-]+)/gm)].map((match) =>
    (match[1] ?? '').toLowerCase(),
  );
}

/** A fence's language from its info string: `js title="x"`, `{.js}` and `js {1,3}` are all `js`. */
export function languageOf(info: string | null | undefined): string {
  return (/^\{?\.?([\w+#-]+)/.exec(info ?? '')?.[1] ?? '').toLowerCase();
}

/** A block of code, its tokens in classes where the language is known. */
export function codeBlock(source: string, language: string): string {
  const name = language ? ` data-lang="${escapeHtml(language)}"` : '';
  return `<div class="code"${name}><pre tabindex="0"><code>${highlight(source, language)}</code></pre></div>`;
}

function highlight(source: string, language: string): string {
  if (!ready || !loaded.has(language) || source.length > SOURCE_MAX) return escapeHtml(source);
  const key = `${language}\n${source}`;
  const known = coloured.get(key);
  if (known !== undefined) return known;
  const html = paint(ready, source, language);
  coloured.set(key, html);
  return html;
}

function paint(shiki: HighlighterCore, source: string, lang: string): string {
  try {
    const { tokens } = shiki.codeToTokens(source, {
      lang,
      theme: 'tokens',
      tokenizeMaxLineLength: LINE_MAX,
      tokenizeTimeLimit: TIME_PER_LINE_MS,
    });
    return tokens.map(paintLine).join('\n');
  } catch {
    return escapeHtml(source);
  }
}

/** Neighbours of one colour share a span. */
function paintLine(tokens: ThemedToken[]): string {
  let html = '';
  let words = '';
  let kind = '';
  for (const token of tokens) {
    const next = tokenKind(token.color);
    if (next !== kind) {
      html += span(kind, words);
      words = '';
      kind = next;
    }
    words += token.content;
  }
  return html + span(kind, words);
}

function span(kind: string, words: string): string {
  return kind && words ? `<span class="tok-${kind}">${escapeHtml(words)}</span>` : escapeHtml(words);
}

const KINDS: Record<string, string> = {
  'token-constant': 'constant',
  'token-string': 'string',
  'token-string-expression': 'string',
  'token-comment': 'comment',
  'token-keyword': 'keyword',
  'token-parameter': 'parameter',
  'token-function': 'function',
  'token-punctuation': 'punctuation',
  'token-link': 'link',
  'token-inserted': 'inserted',
  'token-deleted': 'deleted',
  'token-changed': 'changed',
};

function tokenKind(color: string | undefined): string {
  return KINDS[/^var\(--([\w-]+)\)$/.exec(color ?? '')?.[1] ?? ''] ?? '';
}
