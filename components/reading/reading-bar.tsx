import type { Mine } from '@/features/reading/page';
import type { FormAction } from '@/lib/form/field';
import { momentIn } from '@/lib/language/moment';
import { readingWords } from '@/lib/language/reading';
import type { InterfaceLanguage } from '@/lib/language/words';
import { ToggleForm } from '../form/toggle-form';
import { Icon } from '../ui/icon';

type Props = {
  note: { id: number; revision: number };
  mine: Mine;
  language: InterfaceLanguage;
  timeZone: string | null;
  actions: { bookmark: FormAction; read: FormAction };
  /** Where the note is edited, for whoever may. */
  edit?: string;
  /** Where a link to it is made, for whoever may. */
  share?: string;
  chrome: { lang?: string };
};

/** Under a note's title: what its reader has to do with it. */
export function ReadingBar({ note, mine, language, timeZone, actions, edit, share, chrome }: Props) {
  const { mine: words } = readingWords(language);
  return (
    <section className="reading-bar" aria-label={words.label} {...chrome}>
      <ToggleForm
        action={actions.bookmark}
        values={{ note: String(note.id), on: mine.bookmarked ? 'no' : 'yes', language }}
        pressed={mine.bookmarked}
        className="chip"
      >
        <Icon name="bookmark" /> {mine.bookmarked ? words.bookmarked : words.bookmark}
      </ToggleForm>
      {edit && (
        <a className="chip" href={edit}>
          <Icon name="pencil" /> {words.edit}
        </a>
      )}
      {share && (
        <a className="chip" href={share}>
          <Icon name="share" /> {words.share}
        </a>
      )}
      {mine.readAt && (
        <p className={mine.changed ? 'reading-changed' : undefined}>
          <Icon name="check" /> {words.read(momentIn(mine.readAt, language, timeZone))}
          {mine.changed && <strong> {words.changed}</strong>}
        </p>
      )}
    </section>
  );
}

/** Under a note's text: that it has been read, once it has. */
export function ReadingEnd({ note, mine, language, actions, chrome }: Props) {
  const { mine: words } = readingWords(language);
  const done = mine.readAt !== null && !mine.changed;
  return (
    <div className="reading-end" {...chrome}>
      <ToggleForm
        action={actions.read}
        values={{ note: String(note.id), revision: done ? '' : String(note.revision), language }}
        className={done ? 'button button-plain' : 'button'}
      >
        {!done && <Icon name="check" />} {done ? words.markUnread : words.markRead}
      </ToggleForm>
    </div>
  );
}
