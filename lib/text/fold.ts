/**
 * The key under which names are compared: NFC and full Unicode case folding, so that `Straße`, `STRASSE` and a
 * decomposed `Straße` are one name. Approximated by lower → upper → lower, which agrees with Unicode's CaseFolding.txt
 * (statuses C and F) for letters people write; a dotless ı stays itself and every final sigma is σ. Never throws.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize('NFC').split('ı').map(foldCase).join('ı').normalize('NFC');
}

const ASCII = /^[\x00-\x7f]*$/;

function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}

/** Keeps two keys within one index entry of PostgreSQL (2,704 bytes) for the longest path that is imported. */
const KEY_UNITS_MAX = 500;

/**
 * A string that sorts as a person would sort `text`, compared byte by byte in UTF-8 or by JavaScript's `<` alike: numbers by
 * value (`2` before `10`), accents and case aside, a folder's content right after the folder. Different texts have
 * different keys. Holds the control characters U+0001 and U+0002 as separators, never U+0000.
 */
export function naturalKey(text: string): string {
  const plain = fold(text.normalize('NFKD').replace(ACCENTS, '')).replace(CONTROLS, ' ');
  const sortable = astralLast(plain.replace(/[0-9]+/g, sizedNumber).replaceAll('/', '\u0002'));
  const cut = sortable.slice(0, KEY_UNITS_MAX).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut}\u0001${astralLast(wellFormed(text).replaceAll('\0', '\uFFFD'))}`;
}

const ACCENTS = /[\u0300-\u036f]/g;
const CONTROLS = /[\u0000-\u001f\u007f\uFFFE\uFFFF]/g;

/** `7` → `17`, `12` → `212`: the count of digits first, so that longer numbers sort later. */
function sizedNumber(digits: string): string {
  const value = digits.replace(/^0+(?=[0-9])/, '');
  if (value.length < 9) return `${value.length}${value}`;
  return `9${String(value.length).padStart(4, '0')}${value}`;
}

/** UTF-16 sorts emoji before U+E000–U+FFFF, UTF-8 after: a mark before each makes both agree. */
function astralLast(text: string): string {
  return text.replace(/[\u{10000}-\u{10FFFF}]/gu, '\uFFFF$&');
}

/** `text` with every unpaired surrogate replaced by U+FFFD, so that encoding it never throws. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
