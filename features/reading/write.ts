import { and, eq, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { bookmark, progress } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Person } from '@/features/access/viewer';
import { findReadable } from './find';

/** Keeps a note at hand, or no longer; returns the note's address, or null when the person may not read it. */
export function setBookmark(viewer: Person, noteId: number, on: boolean): Promise<string | null> {
  return database().db.transaction(async (tx) => {
    const note = await findReadable(viewer, noteId, tx);
    if (!note) return null;
    const mine = { personId: viewer.id, noteId: note.id };
    if (on) await tx.insert(bookmark).values(mine).onConflictDoNothing();
    else await tx.delete(bookmark).where(and(eq(bookmark.personId, viewer.id), eq(bookmark.noteId, note.id)));
    return note.href;
  });
}

/**
 * Notes that a person has read a note in the revision they saw, or takes that back; returns the note's address, or null when
 * the person may not read it.
 */
export function setRead(viewer: Person, noteId: number, revision: number | null): Promise<string | null> {
  return database().db.transaction(async (tx) => {
    const note = await findReadable(viewer, noteId, tx);
    if (!note) return null;
    const seen = revision === null ? null : Math.min(revision, note.revision);
    const read =
      seen === null
        ? { position: 0, readAt: null, readRevision: null }
        : { position: 100, readAt: sql`now()`, readRevision: seen };
    await tx
      .insert(progress)
      .values({ personId: viewer.id, noteId: note.id, ...read })
      .onConflictDoUpdate({ target: [progress.personId, progress.noteId], set: read });
    return note.href;
  });
}

/** Notes that a person has opened a note just now. Does nothing when they may not read it. */
export async function markOpened(viewer: Person, noteId: number): Promise<void> {
  await keep(viewer, noteId, 0);
}

/** Notes how far a person has come in a note, in percent: the furthest counts. */
export async function keepPosition(viewer: Person, noteId: number, position: number): Promise<void> {
  await keep(viewer, noteId, Math.min(100, Math.max(0, Math.round(position))));
}

async function keep(viewer: Person, noteId: number, position: number): Promise<void> {
  const notes = readableNotes(viewer);
  await database().db.execute(sql`
    insert into ${progress} (person_id, note_id, position)
    select ${viewer.id}::uuid, ${notes.id}, ${position}::smallint from ${notes} where ${notes.id} = ${noteId}
    on conflict (person_id, note_id) do update
    set opened_at = now(), position = greatest(${progress.position}, excluded.position)`);
}
