import { commentsHref } from '@/features/comments/href';
import type { Comment, Comments } from '@/features/comments/page';
import type { FormAction } from '@/lib/form/field';
import { type ReadingWords, readingWords } from '@/lib/language/reading';
import type { InterfaceLanguage } from '@/lib/language/words';
import { ActionForm } from '../form/action-form';
import { textField } from './comment-forms';
import { CommentView } from './comment-view';

export type CommentActions = { add: FormAction; change: FormAction; remove: FormAction; hide: FormAction };
export type Talk = {
  note: { id: number; href: string };
  language: InterfaceLanguage;
  timeZone: string | null;
  moderates: boolean;
  actions: CommentActions;
  /** What a button says while the server works. */
  working: string;
  words: ReadingWords['comments'];
};

type Props = { comments: Comments; talk: Omit<Talk, 'words'>; chrome: { lang?: string } };

/** What readers say to each other under a note. */
export function CommentList({ comments, talk, chrome }: Props) {
  const { comments: words } = readingWords(talk.language);
  const whole = { ...talk, words };
  const { items, count, earlier, later } = comments;
  const here = talk.note.href;
  return (
    <section id="comments" className="comments" aria-labelledby="comments-title" {...chrome}>
      <h2 id="comments-title">
        {words.title} {count > 0 && <span className="comments-count">{words.count(count)}</span>}
      </h2>
      {items.length === 0 && <p className="empty">{words.none}</p>}
      {earlier !== null && (
        <p>
          <a className="chip" href={commentsHref(here, earlier === 'first' ? null : earlier)} rel="prev">
            {words.earlier}
          </a>
        </p>
      )}
      <ol className="comment-list">
        {threads(items).map(({ first, answers }) => (
          <li key={first.id}>
            <Thread first={first} answers={answers} talk={whole} />
          </li>
        ))}
      </ol>
      {later !== null && (
        <p>
          <a className="chip" href={commentsHref(here, later)} rel="next">
            {words.later}
          </a>
        </p>
      )}
      <h3>{words.write}</h3>
      <ActionForm
        id="comment"
        key={`comment ${count}`}
        action={talk.actions.add}
        submit={words.send}
        working={talk.working}
        fields={[
          { name: 'note', type: 'hidden', label: '', value: String(talk.note.id) },
          { name: 'parent', type: 'hidden', label: '', value: '' },
          { name: 'language', type: 'hidden', label: '', value: talk.language },
          textField(words.text, words.hint),
        ]}
      />
    </section>
  );
}

function Thread({ first, answers, talk }: { first: Comment; answers: Comment[]; talk: Talk }) {
  const { words } = talk;
  const open = first.parentId === null && !first.deleted && !first.hidden;
  return (
    <>
      {first.parentId !== null && (
        <p className="comment-above">
          <a href={commentsHref(talk.note.href, first.parentId)}>{words.inAnswer}</a>
        </p>
      )}
      <CommentView comment={first} talk={talk} />
      {answers.length > 0 && (
        <ol className="comment-list comment-answers">
          {answers.map((answer) => (
            <li key={answer.id}>
              <CommentView comment={answer} talk={talk} />
            </li>
          ))}
        </ol>
      )}
      {open && (
        <details className="comment-answer" key={answers.length}>
          <summary>{first.by ? words.answerTo(first.by) : words.answer}</summary>
          <ActionForm
            id={`answer-${first.id}`}
            action={talk.actions.add}
            submit={words.send}
            working={talk.working}
            fields={[
              { name: 'note', type: 'hidden', label: '', value: String(talk.note.id) },
              { name: 'parent', type: 'hidden', label: '', value: String(first.id) },
              { name: 'language', type: 'hidden', label: '', value: talk.language },
              textField(words.yourAnswer, words.hint),
            ]}
          />
        </details>
      )}
    </>
  );
}

/** Each comment with the answers that follow it; answers whose comment is on another page stand alone. */
function threads(items: Comment[]): { first: Comment; answers: Comment[] }[] {
  const found: { first: Comment; answers: Comment[] }[] = [];
  for (const item of items) {
    const last = found.at(-1);
    if (last && item.parentId !== null && [last.first.id, last.first.parentId].includes(item.parentId))
      last.answers.push(item);
    else found.push({ first: item, answers: [] });
  }
  return found;
}
