import { and, eq, isNotNull, isNull, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { database, type Executor } from '@/db/connection';
import { comment } from '@/db/schema';
import { may } from '@/features/access/policy';
import type { Person } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { findReadable } from '@/features/reading/find';
import { commentsHref } from './href';
import { hrefOf } from './place';

const answer = alias(comment, 'answer');

/**
 * Deletes a comment of the viewer's own, or any for whoever moderates: its words are gone at once. One that was answered leaves
 * its place. Returns the address of the note's comments, or null when there is no such comment for this viewer.
 */
export function deleteComment(viewer: Person, commentId: number): Promise<string | null> {
  return database().db.transaction(async (tx) => {
    const found = await find(viewer, commentId, tx);
    if (!found || !(found.personId === viewer.id || may(viewer, 'comment.moderate'))) return null;
    const one = eq(comment.id, commentId);
    const removed = await tx
      .delete(comment)
      .where(and(one, unanswered(tx)))
      .returning({ id: comment.id });
    if (removed.length === 0) await tx.update(comment).set({ source: '', html: '', deletedAt: sql`now()` }).where(one);
    if (found.parentId !== null)
      await tx.delete(comment).where(and(eq(comment.id, found.parentId), isNotNull(comment.deletedAt), unanswered(tx)));
    await record(viewer, deed('comment.delete', commentId, found), tx);
    return commentsHref(found.href, null);
  });
}

/** Hides a comment from all but its writer and those who moderate, or shows it again. Returns where it is, or null. */
export function hideComment(viewer: Person, commentId: number, hide: boolean): Promise<string | null> {
  if (!may(viewer, 'comment.moderate')) return Promise.resolve(null);
  return database().db.transaction(async (tx) => {
    const found = await find(viewer, commentId, tx);
    if (!found) return null;
    await tx
      .update(comment)
      .set({ hiddenAt: hide ? sql`coalesce(${comment.hiddenAt}, now())` : null })
      .where(eq(comment.id, commentId));
    await record(viewer, deed(hide ? 'comment.hide' : 'comment.show', commentId, found), tx);
    return hrefOf(tx, found.href, commentId);
  });
}

type Found = { noteId: number; parentId: number | null; personId: string | null; href: string };

/** A comment that is still there, under a note the viewer may read; nobody answers it meanwhile. */
async function find(viewer: Person, id: number, tx: Executor): Promise<Found | null> {
  const [row] = await tx
    .select({ noteId: comment.noteId, parentId: comment.parentId, personId: comment.personId })
    .from(comment)
    .where(and(eq(comment.id, id), isNull(comment.deletedAt)))
    .for('update');
  const note = row && (await findReadable(viewer, row.noteId, tx));
  return note ? { ...row, href: note.href } : null;
}

const unanswered = (tx: Executor) =>
  notExists(tx.select({ id: answer.id }).from(answer).where(eq(answer.parentId, comment.id)));

const deed = (action: string, id: number, { noteId, personId }: Found) => ({
  action,
  subject: { kind: 'comment', id },
  detail: { note: noteId, writer: personId },
});
