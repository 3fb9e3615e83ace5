import {
  and,
  eq,
  exists,
  getTableColumns,
  getViewSelectedFields,
  inArray,
  isNotNull,
  isNull,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import { file, link, note, publicFile, publicNote } from '@/db/schema';
import { tell } from '@/lib/observe/trace';
import { readsAll } from './policy';
import type { Person, Viewer } from './viewer';

const select = new QueryBuilder();

/** Drizzle types a view's lists unlike its table's; nothing else is called like this, since it is named without its table. */
const translations = sql<string[]>`translations`.as('translation_paths');
const { aliasKeys: _, translations: __, ...ofPublicNote } = getViewSelectedFields(publicNote);
const { aliasKeys: ___, translations: ____, ...ofNote } = getTableColumns(note);

const publicNotes = () =>
  select
    .select({ ...ofPublicNote, translations })
    .from(publicNote)
    .as('readable_note');
const publicFiles = () => select.select().from(publicFile).as('readable_file');

/**
 * The notes a viewer may read, as a relation to select from. The anonymous viewer's is a database view that holds
 * public rows only, so that no mistake in a page can show another.
 */
export function readableNotes(viewer: Viewer): ReturnType<typeof publicNotes> {
  tell('access', 'notes', { through: scopeOf(viewer) });
  if (viewer.kind === 'anonymous') return publicNotes();
  return select
    .select({ ...ofNote, translations })
    .from(note)
    .where(readableBy(viewer))
    .as('readable_note');
}

/**
 * The files a viewer may read: those some readable note refers to. Who reads everything also has what was uploaded and no note
 * refers to yet. A file that was removed is nobody's.
 */
export function readableFiles(viewer: Viewer): ReturnType<typeof publicFiles> {
  tell('access', 'files', { through: scopeOf(viewer) });
  if (viewer.kind === 'anonymous') return publicFiles();
  const referring = select
    .select({ found: sql`1` })
    .from(link)
    .innerJoin(note, eq(note.id, link.noteId))
    .where(and(eq(link.toFile, file.id), readableBy(viewer)));
  return select
    .select()
    .from(file)
    .where(
      and(
        isNotNull(file.objectId),
        isNull(file.removedAt),
        readsAll(viewer) ? or(file.uploaded, exists(referring)) : exists(referring),
      ),
    )
    .as('readable_file');
}

/** Of all there is, what is looked at. */
function scopeOf(viewer: Viewer): string {
  if (viewer.kind === 'anonymous') return 'the view of what is public';
  return readsAll(viewer)
    ? 'everything'
    : ['public', 'members', ...viewer.groups.map((name) => `group:${name}`)].join(', ');
}

/** `mayRead` in SQL; undefined when nothing is closed. */
function readableBy(viewer: Person): SQL | undefined {
  if (readsAll(viewer)) return undefined;
  const open = inArray(note.access, ['public', 'members']);
  if (viewer.groups.length === 0) return open;
  return or(open, and(eq(note.access, 'group'), inArray(note.accessGroup, [...viewer.groups])));
}
