/** The beginning of a note's plain text in at most `max` characters, cut between words. */
export function excerpt(text: string, max: number): string {
  const start = text
    .slice(0, max * 2)
    .replace(/\s+/g, ' ')
    .trim();
  if (start.length <= max) return start;
  const cut = start.slice(0, max);
  const space = cut.lastIndexOf(' ');
  const words = space > max / 2 ? cut.slice(0, space) : cut.replace(/[\uD800-\uDBFF]$/, '');
  return `${words.replace(/[\s.,;:¡¿(–—-]+$/, '')}…`;
}
