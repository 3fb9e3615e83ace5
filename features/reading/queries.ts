import { and, desc, eq, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { bookmark, comment, person, progress, vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Person } from '@/features/access/viewer';
import { commentHref } from '@/features/comments/href';
import { startOf } from '@/features/comments/order';
import { noteHref } from '@/features/notes/href';
import { listVaults } from '@/features/vaults/queries';
import type { InterfaceLanguage } from '@/lib/language/words';
import { excerpt } from '@/lib/markdown/excerpt';
import type { Answer, Desk, Line, ListName, Mine, Some } from './page';
import { readSuggestions } from './suggestions';

/** Lines of each list at home. */
const AT_HOME = 5;
export const PER_PAGE = 30;
const ANSWER_CHARACTERS = 160;

/** What a person has to do with one note; null when they may not read it. One query. */
export async function readMine(viewer: Person, noteId: number): Promise<Mine | null> {
  const notes = readableNotes(viewer);
  const [row] = await database()
    .db.select({
      bookmarked: sql<boolean>`${bookmark.noteId} is not null`,
      position: sql<number>`coalesce(${progress.position}, 0)`,
      readAt: progress.readAt,
      changed: sql<boolean>`coalesce(${progress.readRevision} < ${notes.revision}, false)`,
    })
    .from(notes)
    .leftJoin(bookmark, and(eq(bookmark.noteId, notes.id), eq(bookmark.personId, viewer.id)))
    .leftJoin(progress, and(eq(progress.noteId, notes.id), eq(progress.personId, viewer.id)))
    .where(eq(notes.id, noteId));
  return row ? { ...row, readAt: row.readAt?.toISOString() ?? null } : null;
}

/** The home of one's own, what is suggested in that language first: everything is asked for together. */
export async function readDesk(viewer: Person, language: InterfaceLanguage): Promise<Desk> {
  const [started, bookmarks, fresh, next, answers, vaults] = await Promise.all([
    readLines(viewer, 'started', AT_HOME),
    readLines(viewer, 'bookmarks', AT_HOME),
    readLines(viewer, 'fresh', AT_HOME),
    readSuggestions(viewer, language),
    readAnswers(viewer, AT_HOME),
    listVaults(viewer),
  ]);
  return { started, bookmarks, fresh, next, answers, vaults };
}

/** One of a person's lists of notes, newest first, from behind the line that `before` names. */
export async function readLines(
  viewer: Person,
  list: Exclude<ListName, 'answers'>,
  limit = PER_PAGE,
  before: string | null = null,
): Promise<Some<Line>> {
  const notes = readableNotes(viewer);
  const at = { started: progress.openedAt, bookmarks: bookmark.createdAt, fresh: notes.publishedAt }[list];
  const which: Record<typeof list, SQL | undefined> = {
    started: isNull(progress.readAt),
    bookmarks: eq(bookmark.personId, viewer.id),
    fresh: and(sql`${at} > ${lastVisit(viewer)}`, or(isNull(progress.openedAt), lt(progress.openedAt, at))),
  };
  const query = database()
    .db.select({
      id: notes.id,
      address: notes.address,
      path: notes.path,
      title: notes.title,
      description: notes.description,
      noteLanguage: notes.language,
      slug: vault.slug,
      homePath: vault.homePath,
      vault: vault.title,
      vaultLanguage: vault.language,
      at: sql<string>`${instant(at)}`,
      position: sql<number>`coalesce(${progress.position}, 0)`,
      changed: sql<boolean>`coalesce(${progress.readRevision} < ${notes.revision}, false)`,
    })
    .from(notes)
    .innerJoin(vault, eq(vault.id, notes.vaultId))
    .$dynamic();
  const mine = and(eq(progress.noteId, notes.id), eq(progress.personId, viewer.id));
  const joined = list === 'started' ? query.innerJoin(progress, mine) : query.leftJoin(progress, mine);
  const marked = list === 'bookmarks' ? joined.innerJoin(bookmark, eq(bookmark.noteId, notes.id)) : joined;
  const rows = await marked
    .where(and(which[list], behind(before, at, notes.id)))
    .orderBy(desc(at), desc(notes.id))
    .limit(limit + 1);
  return some(rows, limit, (row) => ({
    href: noteHref(row.slug, row, row.homePath),
    title: row.title,
    description: row.description,
    cursor: `${row.at} ${row.id}`,
    vault: row.vault,
    language: row.noteLanguage ?? row.vaultLanguage,
    at: row.at,
    position: row.position,
    changed: row.changed,
  }));
}

/** What others answered to a person's comments, newest first. */
export async function readAnswers(
  viewer: Person,
  limit = PER_PAGE,
  before: string | null = null,
): Promise<Some<Answer>> {
  const notes = readableNotes(viewer);
  const own = sql`(select ${comment.id} from ${comment} where ${comment.personId} = ${viewer.id})`;
  const rows = await database()
    .db.select({
      id: comment.id,
      source: sql<string>`left(${comment.source}, 400)`,
      at: sql<string>`${instant(comment.createdAt)}`,
      from: startOf(),
      by: person.name,
      address: notes.address,
      path: notes.path,
      title: notes.title,
      noteLanguage: notes.language,
      slug: vault.slug,
      homePath: vault.homePath,
      vaultLanguage: vault.language,
    })
    .from(comment)
    .innerJoin(notes, eq(notes.id, comment.noteId))
    .innerJoin(vault, eq(vault.id, notes.vaultId))
    .leftJoin(person, eq(person.id, comment.personId))
    .where(
      and(
        sql`${comment.parentId} in ${own}`,
        sql`${comment.personId} is distinct from ${viewer.id}`,
        isNull(comment.deletedAt),
        isNull(comment.hiddenAt),
        behind(before, comment.createdAt, comment.id),
      ),
    )
    .orderBy(desc(comment.createdAt), desc(comment.id))
    .limit(limit + 1);
  return some(rows, limit, (row) => ({
    cursor: `${row.at} ${row.id}`,
    href: commentHref(noteHref(row.slug, row, row.homePath), row.id, row.from),
    title: row.title,
    language: row.noteLanguage ?? row.vaultLanguage,
    by: row.by,
    text: excerpt(row.source, ANSWER_CHARACTERS),
    at: row.at,
  }));
}

/** ISO 8601 with microseconds: JavaScript's dates lose those, and a cursor without them would repeat lines. */
const instant = (at: SQL.Aliased | Parameters<typeof desc>[0]) =>
  sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Before their first visit ended, a person has seen what was there when their account was made. */
const lastVisit = (viewer: Person) =>
  sql`(select coalesce(${person.lastVisitAt}, ${person.createdAt}) from ${person} where ${person.id} = ${viewer.id})`;

const CURSOR = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z) (\d{1,15})$/;

/** Whether `before` names a place in a list. */
export const isCursor = (before: string): boolean => {
  const [, at = ''] = CURSOR.exec(before) ?? [];
  return !Number.isNaN(Date.parse(at));
};

function behind(before: string | null, at: Parameters<typeof desc>[0], id: Parameters<typeof desc>[0]) {
  const [, moment, number] = CURSOR.exec(before ?? '') ?? [];
  return moment === undefined ? undefined : sql`(${at}, ${id}) < (${moment}::timestamptz, ${number}::bigint)`;
}

function some<Row, T extends { cursor: string }>(rows: Row[], limit: number, line: (row: Row) => T): Some<T> {
  const items = rows.slice(0, limit).map(line);
  return { items, more: rows.length > limit ? (items.at(-1)?.cursor ?? null) : null };
}
