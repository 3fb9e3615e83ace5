/** A sentence whose `words` between backquotes are code. */
export function CodeWords({ text }: { text: string }) {
  return text.split('`').map((part, i) => (i % 2 === 1 ? <code key={part}>{part}</code> : part));
}
