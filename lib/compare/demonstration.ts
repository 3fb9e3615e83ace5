/** The words that the note anybody may change can say, by the language of its vault. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ['quince', 'chestnut', 'plum', 'hazelnut', 'fig', 'medlar'],
  es: ['membrillo', 'castaña', 'ciruela', 'avellana', 'higo', 'níspero'],
};
const MARKED = /==([^=\n]{1,40})==/;

/** The word a note's source says; null when it says none of those. */
export function wordOf(source: string, language: string): string | null {
  const word = MARKED.exec(source)?.[1] ?? '';
  return WORDS[language]?.includes(word) ? word : null;
}

/** The source with the next word in the place of its own, and that word; null when it says none. */
export function withNextWord(source: string, language: string, current: string): { text: string; word: string } | null {
  const words = WORDS[language];
  const word = words?.[(words.indexOf(current) + 1) % words.length];
  if (word === undefined || wordOf(source, language) === null) return null;
  return { text: source.replace(MARKED, `==${word}==`), word };
}

/** The word that the page of that note shows; null when none is there. */
export function wordIn(html: string): string | null {
  const text = html.slice(Math.max(0, html.indexOf('class="prose"')));
  return /<mark>([^<]*)<\/mark>/.exec(text)?.[1] ?? null;
}
