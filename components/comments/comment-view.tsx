import type { Comment } from '@/features/comments/page';
import { momentIn } from '@/lib/language/moment';
import { ActionForm } from '../form/action-form';
import { ToggleForm } from '../form/toggle-form';
import { textField } from './comment-forms';
import type { Talk } from './comment-list';

/** One comment, with what its reader may do with it. */
export function CommentView({ comment, talk }: { comment: Comment; talk: Talk }) {
  const { words } = talk;
  const gone = comment.deleted || (comment.hidden && comment.html === '');
  return (
    <article id={`comment-${comment.id}`} className={comment.hidden ? 'comment comment-hidden' : 'comment'}>
      <header>
        {!gone && <Writer comment={comment} talk={talk} />}
        <a className="comment-when" href={`#comment-${comment.id}`}>
          <time dateTime={comment.at}>{momentIn(comment.at, talk.language, talk.timeZone)}</time>
        </a>
        {comment.edited && !gone && <span className="comment-edited">{words.edited}</span>}
      </header>
      {comment.hidden && !gone && <p className="comment-state">{words.hiddenToOthers}</p>}
      {gone ? (
        <p className="comment-state">{comment.deleted ? words.deleted : words.hidden}</p>
      ) : (
        <>
          <div className="comment-text" lang="" dangerouslySetInnerHTML={{ __html: comment.html }} />
          {(comment.mine || talk.moderates) && <Tools comment={comment} talk={talk} />}
        </>
      )}
    </article>
  );
}

function Writer({ comment, talk }: { comment: Comment; talk: Talk }) {
  const { words } = talk;
  const role = comment.role ? words.role[comment.role] : '';
  return (
    <>
      <strong className="comment-by">{comment.by ?? words.somebody}</strong>
      {comment.mine && <span className="comment-role">{words.you}</span>}
      {role && <span className="comment-role">{role}</span>}
    </>
  );
}

function Tools({ comment, talk }: { comment: Comment; talk: Talk }) {
  const { words, actions, language, working } = talk;
  const id = String(comment.id);
  const hidden = (name: string, value: string) => ({ name, type: 'hidden' as const, label: '', value });
  return (
    <div className="comment-tools">
      {comment.mine && (
        <details key={comment.html}>
          <summary>{words.edit}</summary>
          <ActionForm
            id={`edit-${id}`}
            action={actions.change}
            submit={words.save}
            working={working}
            fields={[
              hidden('comment', id),
              hidden('language', language),
              textField(words.text, words.hint, comment.source ?? ''),
            ]}
          />
        </details>
      )}
      {talk.moderates && (
        <ToggleForm
          action={actions.hide}
          values={{ comment: id, hide: comment.hidden ? 'no' : 'yes', language }}
          className="text-button"
        >
          {comment.hidden ? words.show : words.hide}
        </ToggleForm>
      )}
      <details>
        <summary>{words.remove}</summary>
        <p>{words.removeAsk}</p>
        <ActionForm
          id={`remove-${id}`}
          action={actions.remove}
          submit={words.removeSure}
          working={working}
          danger
          fields={[hidden('comment', id), hidden('language', language)]}
        />
      </details>
    </div>
  );
}
