import type { NoteCard } from '@/features/notes/page';
import type { Words } from '@/lib/language/words';

type Props = { previous: NoteCard | null; next: NoteCard | null; words: Words; chrome: { lang?: string } };

export function Neighbours({ previous, next, words, chrome }: Props) {
  if (!previous && !next) return null;
  return (
    <nav className="neighbours" aria-label={words.note.neighbours}>
      {previous && (
        <a href={previous.href} rel="prev">
          <span {...chrome}>{words.note.previous}</span>
          {previous.title}
        </a>
      )}
      {next && (
        <a href={next.href} rel="next">
          <span {...chrome}>{words.note.next}</span>
          {next.title}
        </a>
      )}
    </nav>
  );
}
