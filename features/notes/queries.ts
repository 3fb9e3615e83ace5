import { and, asc, desc, eq, gt, inArray, lt, ne } from 'drizzle-orm';
import { database } from '@/db/connection';
import { link, noteTag, rendition, vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { interfaceLanguage } from '@/lib/language/words';
import { excerpt } from '@/lib/markdown/excerpt';
import { render } from '@/lib/markdown/render';
import { NOTE_WORDS } from '@/lib/markdown/words';
import { shownProperties } from '@/lib/vault/frontmatter';
import { readFill } from './fill';
import { readFrame, type VaultFrame } from './frame';
import { noteCard, noteHref, tagHref } from './href';
import type { Backlink, NoteArticle, NoteCard, NotePage, Preview } from './page';
import { pick, readTranslations } from './translations';
import { readTree } from './tree';

export { listVaults } from '@/features/vaults/queries';
export { readFeed } from './feed';
export { readFrame } from './frame';
export { readGraph } from './graph';
export { readFolder, readTag, readTags } from './lists';
export { listAddresses } from './sitemap';
export { readTree } from './tree';

/** Backlinks a page lists. */
const BACKLINKS_MAX = 200;
const PREVIEW_CHARACTERS = 320;

/**
 * A note's page for one viewer; address '' is the vault's home note. Null when there is no such note for this viewer.
 * Two round trips: the note itself, then everything around it at once. With the vault's frame at hand the cost does not
 * grow with the vault.
 */
export async function readNote(
  viewer: Viewer,
  slug: string,
  address: string,
  known?: VaultFrame,
): Promise<NotePage | null> {
  const found = await findNote(viewer, slug, address);
  return found && readAround(viewer, found, known);
}

/** The same with what else a page shows around the note, asked for in the second of the round trips. */
export async function readNoteWith<T>(
  viewer: Viewer,
  slug: string,
  address: string,
  around: (noteId: number) => Promise<T>,
): Promise<{ note: NotePage; around: T } | null> {
  const found = await findNote(viewer, slug, address);
  if (!found) return null;
  const [note, others] = await Promise.all([readAround(viewer, found), around(found.note.id)]);
  return note && { note, around: others };
}

async function readAround(viewer: Viewer, found: FoundNote, known?: VaultFrame): Promise<NotePage | null> {
  const { note, home } = found;
  const framing = Promise.resolve(known ?? readFrame(viewer, home.slug));
  const folders = framing.then((frame) => frame?.folders ?? []);
  const [frame, article, backlinks, neighbours, tree] = await Promise.all([
    framing,
    readArticle(viewer, found),
    readBacklinks(viewer, home, note.id),
    readNeighbours(viewer, found),
    readTree(viewer, home, note.folder, note.id, folders),
  ]);
  return frame && { ...article, ...neighbours, vault: frame.vault, backlinks, tree };
}

/** What {@link findNote} finds; it never leaves the server, since it holds the text before its links are checked. */
export type FoundNote = NonNullable<Awaited<ReturnType<typeof findNote>>>;

/** The text of a found note with the links this viewer may follow, and what is told of it. */
export async function readArticle(viewer: Viewer, { note, home }: FoundNote): Promise<NoteArticle> {
  const [fill, tags, translations] = await Promise.all([
    readFill(viewer, home, note),
    database().db.select({ tag: noteTag.label }).from(noteTag).where(eq(noteTag.noteId, note.id)),
    readTranslations(viewer, note.translations),
  ]);
  const slug = home.slug;
  const language = note.language ?? home.language;
  const href = noteHref(slug, note, home.homePath);
  return {
    id: note.id,
    href,
    address: note.address,
    title: note.title,
    description: note.description,
    language,
    home: note.path === home.homePath,
    html: render(note, fill, { words: NOTE_WORDS[interfaceLanguage(language)], tagHref: (tag) => tagHref(slug, tag) }),
    outline: note.outline.map(({ depth, text, id }) => ({ depth, text, id })),
    tags: tags.map(({ tag }) => ({ tag, href: tagHref(slug, tag) })),
    properties: shownProperties(note.properties),
    translations: pick(translations, note.translations),
    createdOn: note.createdOn,
    updatedOn: note.updatedOn,
    publishedAt: note.publishedAt.toISOString(),
    revision: note.revision,
    image: `/${slug}/-/og${href.slice(slug.length + 1)}`,
  };
}

/** The notes before and after a found one, as this viewer's reading goes. */
export async function readNeighbours(
  viewer: Viewer,
  { note, home }: FoundNote,
): Promise<Pick<NotePage, 'previous' | 'next'>> {
  const { sortKey } = readableNotes(viewer);
  const [previous, next] = await Promise.all([
    neighbour(viewer, home, lt(sortKey, note.sortKey), desc(sortKey)),
    neighbour(viewer, home, gt(sortKey, note.sortKey), asc(sortKey)),
  ]);
  return { previous, next };
}

/** What hovering over a link to a note shows. */
export async function readPreview(viewer: Viewer, slug: string, address: string): Promise<Preview | null> {
  const found = await findNote(viewer, slug, address);
  if (!found) return null;
  const { note, home } = found;
  const words = note.description || excerpt(note.text, PREVIEW_CHARACTERS);
  return { title: note.title, href: noteHref(slug, note, home.homePath), excerpt: words };
}

/** A note's text and what is known of it, for one viewer; address '' is the vault's home note. */
export async function findNote(viewer: Viewer, slug: string, address: string) {
  const notes = readableNotes(viewer);
  const wanted = address === '' ? eq(notes.path, vault.homePath) : eq(notes.address, address);
  const [row] = await database()
    .db.select({
      note: {
        id: notes.id,
        path: notes.path,
        folder: notes.folder,
        address: notes.address,
        sortKey: notes.sortKey,
        title: notes.title,
        description: notes.description,
        language: notes.language,
        properties: notes.properties,
        translations: notes.translations,
        createdOn: notes.createdOn,
        updatedOn: notes.updatedOn,
        publishedAt: notes.publishedAt,
        revision: notes.revision,
        html: rendition.html,
        slots: rendition.slots,
        outline: rendition.outline,
        blocks: rendition.blocks,
        text: rendition.text,
      },
      home: { id: vault.id, slug: vault.slug, homePath: vault.homePath, language: vault.language },
    })
    .from(vault)
    .innerJoin(notes, eq(notes.vaultId, vault.id))
    .innerJoin(rendition, eq(rendition.noteId, notes.id))
    .where(and(eq(vault.slug, slug), wanted));
  return row ?? null;
}

/** The notes that lead to one, as far as a viewer may see them. */
export async function readBacklinks(
  viewer: Viewer,
  home: { id: number; slug: string; homePath: string | null },
  noteId: number,
): Promise<Backlink[]> {
  const notes = readableNotes(viewer);
  const { db } = database();
  const from = db
    .select({ id: link.noteId })
    .from(link)
    .where(and(eq(link.toNote, noteId), ne(link.noteId, noteId)));
  const rows = await db
    .select({ address: notes.address, path: notes.path, title: notes.title, description: notes.description })
    .from(notes)
    .where(and(eq(notes.vaultId, home.id), inArray(notes.id, from)))
    .orderBy(asc(notes.sortKey))
    .limit(BACKLINKS_MAX);
  return rows.map((row) => ({ ...noteCard(home, row), excerpt: row.description }));
}

async function neighbour(
  viewer: Viewer,
  home: { id: number; slug: string; homePath: string | null },
  side: ReturnType<typeof lt>,
  order: ReturnType<typeof asc>,
): Promise<NoteCard | null> {
  const notes = readableNotes(viewer);
  const [row] = await database()
    .db.select({ address: notes.address, path: notes.path, title: notes.title, description: notes.description })
    .from(notes)
    .where(and(eq(notes.vaultId, home.id), side))
    .orderBy(order)
    .limit(1);
  return row ? noteCard(home, row) : null;
}
