const READ_MAX = 100_000;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** The words of an HTML block, for search and previews. What is not words at all, like scripts, gives none. */
export function wordsInHtml(html: string): string {
  if (html.length > READ_MAX || /<(?:script|style|svg|template|noscript|textarea|title)\b/i.test(html)) return '';
  return html
    .replace(/<!--(?:(?!-->)[\s\S])*-->/g, '')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '');
}
