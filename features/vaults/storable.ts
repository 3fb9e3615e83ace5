/** What JSON escapes and PostgreSQL refuses: U+0000 and halves of a character. The other escapes are matched to be passed over. */
const ESCAPES = /\\(?:u(?:0000|d[89a-f][0-9a-f]{2})|.)/g;

/**
 * The same value with what PostgreSQL cannot store replaced by U+FFFD. A note's bytes are decoded without such characters, but
 * escapes in its properties (`"\0"`) and links (`%00`) can make them.
 */
export function storable<T>(value: T): T {
  const json = JSON.stringify(value);
  const cleaned = json.replace(ESCAPES, (each) => (each.length === 6 ? '\uFFFD' : each));
  return cleaned === json ? value : JSON.parse(cleaned);
}
