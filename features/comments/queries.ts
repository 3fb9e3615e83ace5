import { and, asc, count, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { comment, person } from '@/db/schema';
import { may } from '@/features/access/policy';
import { readableNotes } from '@/features/access/readable';
import type { Person } from '@/features/access/viewer';
import { PER_PAGE, thread } from './order';
import type { Comments } from './page';

/**
 * The comments of a note, from the one that `from` names on, or from the first; none when the viewer may not read the note. What was
 * deleted, or hidden from this viewer, comes without its text. Queries made together.
 */
export async function readComments(viewer: Person, noteId: number, from: number | null): Promise<Comments> {
  const [rows, [counted], before] = await Promise.all([
    readRows(viewer, noteId, from),
    countShown(viewer, noteId),
    from === null ? [] : readBefore(viewer, noteId, from),
  ]);
  const earlier = before.length === 0 ? null : before.length === PER_PAGE ? (before.at(-1)?.id ?? null) : 'first';
  return {
    items: rows.slice(0, PER_PAGE).map((row) => ({ ...row, at: row.at.toISOString() })),
    count: counted?.count ?? 0,
    earlier,
    later: rows[PER_PAGE]?.id ?? null,
  };
}

function readRows(viewer: Person, noteId: number, from: number | null) {
  const notes = readableNotes(viewer);
  const mine = sql<boolean>`coalesce(${comment.personId} = ${viewer.id}, false)`;
  const shown = may(viewer, 'comment.moderate') ? sql`true` : sql`(${comment.hiddenAt} is null or ${mine})`;
  return database()
    .db.select({
      id: comment.id,
      parentId: comment.parentId,
      by: sql<string | null>`case when ${shown} and ${comment.deletedAt} is null then ${person.name} end`,
      role: person.role,
      mine,
      html: sql<string>`case when ${shown} then ${comment.html} else '' end`,
      source: sql<string | null>`case when ${mine} then ${comment.source} end`,
      at: comment.createdAt,
      edited: sql<boolean>`${comment.editedAt} is not null`,
      hidden: sql<boolean>`${comment.hiddenAt} is not null`,
      deleted: sql<boolean>`${comment.deletedAt} is not null`,
    })
    .from(comment)
    .innerJoin(notes, eq(notes.id, comment.noteId))
    .leftJoin(person, eq(person.id, comment.personId))
    .where(and(eq(comment.noteId, noteId), from === null ? undefined : sql`${place} >= ${placeOf(noteId, from)}`))
    .orderBy(asc(thread), asc(comment.id))
    .limit(PER_PAGE + 1);
}

function countShown(viewer: Person, noteId: number) {
  const notes = readableNotes(viewer);
  return database()
    .db.select({ count: count() })
    .from(comment)
    .innerJoin(notes, eq(notes.id, comment.noteId))
    .where(and(eq(comment.noteId, noteId), isNull(comment.deletedAt), isNull(comment.hiddenAt)));
}

/** The comments of the page before, last first. */
function readBefore(viewer: Person, noteId: number, from: number) {
  const notes = readableNotes(viewer);
  return database()
    .db.select({ id: comment.id })
    .from(comment)
    .innerJoin(notes, eq(notes.id, comment.noteId))
    .where(and(eq(comment.noteId, noteId), sql`${place} < ${placeOf(noteId, from)}`))
    .orderBy(desc(thread), desc(comment.id))
    .limit(PER_PAGE);
}

const place = sql`(${thread}, ${comment.id})`;

/** The place of a comment of this very note; the beginning when it has none of that number. */
function placeOf(noteId: number, id: number): SQL {
  const one = (column: SQL) =>
    sql`coalesce((select ${column} from ${comment} one where one.id = ${id} and one.note_id = ${noteId}), 0)`;
  return sql`(${one(sql`coalesce(one.parent_id, one.id)`)}, ${one(sql`one.id`)})`;
}
