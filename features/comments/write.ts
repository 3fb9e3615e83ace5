import { and, eq, isNull, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { comment } from '@/db/schema';
import type { Person } from '@/features/access/viewer';
import { findReadable } from '@/features/reading/find';
import { commentHtml } from '@/lib/markdown/comment-html';
import { hrefOf } from './place';

/**
 * Writes a comment under a note, or an answer to a comment of that very note. Returns where it is; null when the viewer may not read
 * the note, or there is nothing to answer.
 */
export function writeComment(
  viewer: Person,
  { noteId, parentId, source }: { noteId: number; parentId: number | null; source: string },
): Promise<string | null> {
  return database().db.transaction(async (tx) => {
    const note = await findReadable(viewer, noteId, tx);
    if (!note) return null;
    if (parentId !== null && !(await canBeAnswered(tx, note.id, parentId))) return null;
    const values = { noteId: note.id, personId: viewer.id, parentId, source, html: commentHtml(source) };
    const [written] = await tx.insert(comment).values(values).returning({ id: comment.id });
    return written ? hrefOf(tx, note.href, written.id) : null;
  });
}

/** Changes what a comment of the viewer's own says. Returns where it is, or null when there is no such comment. */
export function editComment(
  viewer: Person,
  { commentId, source }: { commentId: number; source: string },
): Promise<string | null> {
  return database().db.transaction(async (tx) => {
    const own = and(eq(comment.id, commentId), eq(comment.personId, viewer.id), isNull(comment.deletedAt));
    const [found] = await tx.select({ noteId: comment.noteId }).from(comment).where(own).for('update');
    const note = found && (await findReadable(viewer, found.noteId, tx));
    if (!note) return null;
    await tx
      .update(comment)
      .set({ source, html: commentHtml(source), editedAt: sql`now()` })
      .where(own);
    return hrefOf(tx, note.href, commentId);
  });
}

/** A comment of this note that is no answer itself and is there to be read. It cannot be deleted meanwhile. */
async function canBeAnswered(tx: Executor, noteId: number, id: number): Promise<boolean> {
  const rows = await tx
    .select({ id: comment.id })
    .from(comment)
    .where(
      and(
        eq(comment.id, id),
        eq(comment.noteId, noteId),
        isNull(comment.parentId),
        isNull(comment.deletedAt),
        isNull(comment.hiddenAt),
      ),
    )
    .for('key share');
  return rows.length > 0;
}
