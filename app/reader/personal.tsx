import type { ReactNode } from 'react';
import { CommentList } from '@/components/comments/comment-list';
import { KeepPosition } from '@/components/reading/keep-position';
import { ReadingBar, ReadingEnd } from '@/components/reading/reading-bar';
import { may } from '@/features/access/policy';
import type { Person } from '@/features/access/viewer';
import { addComment, changeComment, removeComment, setCommentHidden } from '@/features/comments/actions';
import type { Comments } from '@/features/comments/page';
import type { NotePage } from '@/features/notes/page';
import { keepBookmark, keepRead } from '@/features/reading/actions';
import type { Mine } from '@/features/reading/page';
import { accountWords } from '@/lib/language/account';
import { readingWords } from '@/lib/language/reading';
import { languageOfWord } from '@/lib/language/tag';

type Around = { viewer: Person; mine: Mine; comments: Comments };
type Parts = { bar: ReactNode; end: ReactNode; comments: ReactNode };

/** Between these a text is half read, and going on is worth a button. */
const STARTED = 5;
const FINISHED = 95;

/** What a person sees of their own on a note, and what they may do there. */
export function personalParts(note: NotePage, { viewer, mine, comments }: Around): Parts {
  const language = note.vault.chrome;
  const { timeZone } = viewer;
  const chrome = languageOfWord(language, note.vault.language);
  const bar = { note, mine, language, timeZone, chrome, actions: { bookmark: keepBookmark, read: keepRead } };
  const share = may(viewer, 'share.manage') ? `/studio/shares?note=${note.id}` : undefined;
  const halfRead = mine.readAt === null && mine.position >= STARTED && mine.position <= FINISHED;
  const resume = halfRead ? readingWords(language).mine.continueAt(mine.position) : null;
  const talk = {
    note,
    language,
    timeZone,
    moderates: may(viewer, 'comment.moderate'),
    actions: { add: addComment, change: changeComment, remove: removeComment, hide: setCommentHidden },
    working: accountWords(language).form.working,
  };
  return {
    bar: <ReadingBar {...bar} share={share} />,
    end: (
      <>
        <ReadingEnd {...bar} />
        <KeepPosition note={note.id} position={mine.position} resume={resume} />
      </>
    ),
    comments: <CommentList comments={comments} talk={talk} chrome={chrome} />,
  };
}
