import type { NoteCard } from '@/features/notes/page';

/** Beyond this many notes a list gives titles alone, in columns. */
const DESCRIBED_MAX = 60;

export function NoteList({ notes }: { notes: NoteCard[] }) {
  const described = notes.length <= DESCRIBED_MAX;
  return (
    <ul className={described ? 'note-list' : 'note-list note-list-dense'}>
      {notes.map((note) => (
        <li key={note.href}>
          <a href={note.href}>
            <span className="note-list-title">{note.title}</span>
            {described && note.description && <span className="note-list-text">{note.description}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}
