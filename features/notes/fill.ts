import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { link, rendition } from '@/db/schema';
import { readableFiles, readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { fileHref, pictureSources, viewHref } from '@/features/files/href';
import type { Compiled, Fill, Filled, Slot, Transclusion } from '@/lib/markdown/compiled';
import { findBlock, findHeading } from '@/lib/markdown/headings';
import { noteHref } from './href';
import { isOpenToAll, opensFor } from './site-links';

/** Embeds within embeds that are followed; the renderer marks the cut. */
const EMBED_DEPTH = 6;

type Parts = Pick<Compiled, 'html' | 'slots' | 'outline' | 'blocks'>;
type Shown = Parts & { id: number; href: string; title: string };
type Targets = {
  notes: Map<number, Shown | LinkedNote>;
  files: Map<string, LinkedFile>;
  links: Map<string, Ends>;
};
type LinkedNote = { id: number; href: string; title: string; outline: Compiled['outline']; blocks: Compiled['blocks'] };
type LinkedFile = {
  id: string;
  name: string;
  mediaType: string;
  size: number;
  width: number | null;
  height: number | null;
};
type Ends = { toNote: number | null; toFile: string | null; opens: boolean };

/**
 * Where every slot of a note, and of the notes it embeds, leads for this viewer. A link or embed whose end the viewer
 * may not read is filled with null, exactly as when nothing is there.
 */
export async function readFill(
  viewer: Viewer,
  home: { slug: string; homePath: string | null },
  note: Parts & { id: number },
): Promise<Fill> {
  const embedded = embeddedNotes(viewer, note.id);
  const [links, linked, files, shown] = await Promise.all([
    readLinks(viewer, embedded),
    readLinkedNotes(viewer, embedded),
    readLinkedFiles(viewer, embedded),
    readEmbedded(viewer, embedded),
  ]);
  const targets: Targets = {
    notes: new Map(
      [...linked, ...shown].map((each) => [each.id, { ...each, href: noteHref(home.slug, each, home.homePath) }]),
    ),
    files: new Map(files.map((each) => [each.id, each])),
    links: new Map(links.map((each) => [`${each.noteId} ${each.slot}`, each])),
  };
  return fillOf(note.id, targets);
}

function fillOf(noteId: number, targets: Targets): Fill {
  const ends = (index: number) => targets.links.get(`${noteId} ${index}`);
  return {
    slot: (slot, index) => filled(slot, ends(index), noteId, targets),
    transclude: (_slot, index) => transclusion(ends(index), targets),
  };
}

function filled(slot: Slot, ends: Ends | undefined, noteId: number, targets: Targets): Filled {
  const note = targets.notes.get(slot.target === '' ? noteId : (ends?.toNote ?? 0));
  if (note) return { as: 'note', href: note.href, title: note.title, fragmentId: fragmentId(slot.fragment, note) };
  const file = ends?.toFile ? targets.files.get(ends.toFile) : undefined;
  if (!file) return ends?.opens || isOpenToAll(slot.target) ? { as: 'site', href: siteHref(slot) } : null;
  return {
    as: 'file',
    href: fileHref(file),
    viewHref: viewHref(file),
    sources: pictureSources(file),
    name: file.name,
    mediaType: file.mediaType,
    size: file.size,
    width: file.width,
    height: file.height,
  };
}

function siteHref({ target, fragment }: Slot): string {
  const path = target.split('/').map(encodeURIComponent).join('/');
  return fragment ? `${path}#${encodeURIComponent(fragment)}` : path;
}

function fragmentId(fragment: string | null, note: Pick<Compiled, 'outline' | 'blocks'>): string | null {
  if (!fragment) return null;
  return (findBlock(note.blocks, fragment) ?? findHeading(note.outline, fragment))?.id ?? null;
}

function transclusion(ends: Ends | undefined, targets: Targets): Transclusion | null {
  const note = targets.notes.get(ends?.toNote ?? 0);
  if (!note || !('html' in note)) return null;
  return { href: note.href, title: note.title, compiled: note, fill: fillOf(note.id, targets) };
}

/** The note itself and every readable note it embeds, directly or not. */
function embeddedNotes(viewer: Viewer, noteId: number) {
  const notes = readableNotes(viewer);
  return sql`(
    with recursive embedded(id, depth) as (
      select ${noteId}::bigint, 0
      union
      select ${link.toNote}, depth + 1
      from embedded join ${link} on ${link.noteId} = embedded.id and ${link.kind} = 'embed'
      join ${notes} on ${notes.id} = ${link.toNote}
      where depth < ${EMBED_DEPTH}
    ) select id from embedded)`;
}

type Embedded = ReturnType<typeof embeddedNotes>;

function readLinks(viewer: Viewer, embedded: Embedded) {
  const opens = opensFor(viewer);
  return database()
    .db.select({ noteId: link.noteId, slot: link.slot, toNote: link.toNote, toFile: link.toFile, opens })
    .from(link)
    .where(sql`${link.noteId} in ${embedded}`);
}

/** The notes that links lead to; outlines only of those a link asks a heading or block of. */
function readLinkedNotes(viewer: Viewer, embedded: Embedded) {
  const notes = readableNotes(viewer);
  const { db } = database();
  const ends = db
    .select({ id: link.toNote })
    .from(link)
    .where(and(sql`${link.noteId} in ${embedded}`, isNotNull(link.toNote)));
  return db
    .select({
      id: notes.id,
      address: notes.address,
      path: notes.path,
      title: notes.title,
      outline: rendition.outline,
      blocks: rendition.blocks,
    })
    .from(notes)
    .innerJoin(rendition, eq(rendition.noteId, notes.id))
    .where(inArray(notes.id, ends));
}

function readLinkedFiles(viewer: Viewer, embedded: Embedded): Promise<LinkedFile[]> {
  const files = readableFiles(viewer);
  const { db } = database();
  const ends = db
    .select({ id: link.toFile })
    .from(link)
    .where(and(sql`${link.noteId} in ${embedded}`, isNotNull(link.toFile)));
  return db
    .select({
      id: files.id,
      name: files.name,
      mediaType: files.mediaType,
      size: files.size,
      width: files.width,
      height: files.height,
    })
    .from(files)
    .where(inArray(files.id, ends));
}

function readEmbedded(viewer: Viewer, embedded: Embedded) {
  const notes = readableNotes(viewer);
  return database()
    .db.select({
      id: notes.id,
      address: notes.address,
      path: notes.path,
      title: notes.title,
      html: rendition.html,
      slots: rendition.slots,
      outline: rendition.outline,
      blocks: rendition.blocks,
    })
    .from(notes)
    .innerJoin(rendition, eq(rendition.noteId, notes.id))
    .where(sql`${notes.id} in ${embedded}`);
}
