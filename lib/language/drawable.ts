/** Letters the faces bundled for pictures have: Latin (with Vietnamese), Greek, Cyrillic, and usual marks. */
const UNDRAWABLE =
  /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}\p{Zs}\u0021-\u007e\u00a1-\u00bf\u00d7\u00f7\u2010-\u2027\u2030-\u203a\u20ac\u2122\u2212]+/gu;

/** The part of a text that can be drawn; empty when most of it cannot, since what is left would say something else. */
export function drawable(text: string): string {
  const composed = text.normalize('NFC');
  const kept = composed.replace(UNDRAWABLE, ' ').replace(/\s+/g, ' ').trim();
  const letters = (of: string) => of.match(/\p{L}/gu)?.length ?? 0;
  return letters(kept) * 2 >= letters(composed) ? kept : '';
}

/** At most `max` characters, cut between words where there are any. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  return `${cut.slice(0, cut.lastIndexOf(' ') > max / 2 ? cut.lastIndexOf(' ') : undefined).trimEnd()}…`;
}
