import type { ReactNode } from 'react';
import type { NotePage } from '@/features/notes/page';
import { compareWords } from '@/lib/language/compare';
import { type Mode, wordsFor } from '@/lib/language/words';
import type { Visit } from '../making';
import { NoteView } from '../note/note-view';
import { type Made, Stamp } from './stamp';

type Props = {
  mode: Mode;
  note: NotePage;
  made: Made;
  visit: Visit | null;
  /** What the stamp says of parts made apart. */
  children?: ReactNode;
};

/** A note with the same components as everywhere, and a stamp that says how this one was made. */
export function ComparedNote({ mode, note, made, visit, children }: Props) {
  const { language } = wordsFor(note.vault.chrome);
  return (
    <>
      <NoteView note={note} making={{ mode, at: made.at, visit }} how={compareWords(language).modes[mode].short} />
      <Stamp mode={mode} language={language} page={note.href} made={made}>
        {children}
      </Stamp>
    </>
  );
}
