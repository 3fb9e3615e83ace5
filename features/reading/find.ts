import { eq } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { noteHref } from '@/features/notes/href';

export type NoteAtHand = { id: number; href: string; title: string; revision: number };

/** A note by its number, as far as what is done with it needs; null when the viewer may not read it. */
export async function findReadable(
  viewer: Viewer,
  noteId: number,
  executor: Executor = database().db,
): Promise<NoteAtHand | null> {
  const notes = readableNotes(viewer);
  const [row] = await executor
    .select({
      id: notes.id,
      title: notes.title,
      revision: notes.revision,
      address: notes.address,
      path: notes.path,
      slug: vault.slug,
      homePath: vault.homePath,
    })
    .from(notes)
    .innerJoin(vault, eq(vault.id, notes.vaultId))
    .where(eq(notes.id, noteId));
  if (!row) return null;
  const { id, title, revision } = row;
  return { id, title, revision, href: noteHref(row.slug, row, row.homePath) };
}
