import { decodeText } from '@/lib/text/decode';
import { guessLanguage } from '@/lib/text/language';
import type { Entry } from '@/lib/vault/entry';
import { readFrontmatter } from '@/lib/vault/frontmatter';
import { readEntry } from '@/lib/vault/read';

const NOTES = 12;
const CHARACTERS = 2_000;

/** The language most of a vault seems written in, from a few notes spread over it, or null when nothing tells. */
export async function sampleLanguage(root: string, entries: Entry[]): Promise<string | null> {
  const notes = entries.filter((entry) => entry.kind === 'note' && entry.size > 0);
  const step = Math.max(1, Math.floor(notes.length / NOTES));
  const texts: string[] = [];
  for (let i = 0; i < notes.length && texts.length < NOTES; i += step) {
    const entry = notes[i];
    const bytes = entry && (await readEntry(root, entry).catch(() => null));
    if (!bytes) continue;
    const { text } = decodeText(bytes.subarray(0, 64 * 1024));
    texts.push(text.slice(readFrontmatter(text).bodyStart).slice(0, CHARACTERS));
  }
  return guessLanguage(texts.join('\n'));
}
