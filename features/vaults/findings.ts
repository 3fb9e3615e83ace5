import { and, asc, count, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Executor } from '@/db/connection';
import { file, link, note, rendition } from '@/db/schema';
import { allSiteLinks } from '@/features/notes/site-links';
import { findBlock, findHeading } from '@/lib/markdown/headings';
import { mediaOf } from '@/lib/vault/media';
import type { Place, Report } from './report';

export type Findings = Pick<
  Report,
  | 'notes'
  | 'publicNotes'
  | 'files'
  | 'unresolved'
  | 'ambiguous'
  | 'missing'
  | 'missingParts'
  | 'unreferenced'
  | 'shared'
  | 'unsupported'
  | 'problems'
>;

/** What is to be said of a vault as it now stands in the database, changed or not. */
export async function readFindings(tx: Executor, vaultId: number): Promise<Findings> {
  const broken = await readBrokenLinks(tx, vaultId);
  return {
    ...(await countNotes(tx, vaultId)),
    files: await tx.$count(file, and(eq(file.vaultId, vaultId), isNotNull(file.folderSize))), // uploads are not the folder's
    unresolved: broken.filter((each) => !namesFile(each.target)),
    missing: broken.filter((each) => namesFile(each.target)).map(({ path, line, target }) => ({ path, line, target })),
    missingParts: await readMissingParts(tx, vaultId),
    ambiguous: await readAmbiguous(tx, vaultId),
    unreferenced: await readUnreferenced(tx, vaultId),
    shared: await readShared(tx, vaultId),
    unsupported: await readUnsupported(tx, vaultId),
    problems: await readProblems(tx, vaultId),
  };
}

async function countNotes(tx: Executor, vaultId: number): Promise<{ notes: number; publicNotes: number }> {
  const isPublic = sql<number>`count(*) filter (where ${note.access} = 'public')::int`;
  const [counted] = await tx
    .select({ notes: count(), publicNotes: isPublic })
    .from(note)
    .where(eq(note.vaultId, vaultId));
  return counted ?? { notes: 0, publicNotes: 0 };
}

async function readUnreferenced(tx: Executor, vaultId: number): Promise<string[]> {
  const rows = await tx
    .select({ path: file.path })
    .from(file)
    .where(
      and(
        eq(file.vaultId, vaultId),
        isNotNull(file.folderSize),
        isNull(file.removedAt),
        sql`not exists (select 1 from ${link} where ${link.toFile} = ${file.id})`,
      ),
    );
  return rows.map((row) => row.path).sort();
}

/** A target with the extension of a known kind of file is a missing file; any other is a note nobody wrote yet. */
function namesFile(target: string): boolean {
  return mediaOf(target) !== null;
}

/** Sorted alike on every database, whatever its locale. */
function bytewise(column: typeof note.path | typeof file.path) {
  return sql`${column} collate "C"`;
}

async function readBrokenLinks(tx: Executor, vaultId: number) {
  const rows = await tx
    .select({ path: note.path, line: link.line, target: link.target, suggestion: link.suggestion })
    .from(link)
    .innerJoin(note, eq(note.id, link.noteId))
    .where(and(eq(link.vaultId, vaultId), isNull(link.toNote), isNull(link.toFile), ne(link.target, '')))
    .orderBy(bytewise(note.path), asc(link.line), asc(link.slot));
  const site = await allSiteLinks(tx, [...new Set(rows.map((row) => row.target))]);
  return rows
    .filter((row) => !site.has(row.target))
    .map(({ suggestion, ...row }) => (suggestion ? { ...row, suggestion } : row));
}

async function readAmbiguous(tx: Executor, vaultId: number) {
  const rows = await tx
    .select({ path: note.path, line: link.line, target: link.target, candidates: link.candidates })
    .from(link)
    .innerJoin(note, eq(note.id, link.noteId))
    .where(and(eq(link.vaultId, vaultId), sql`${link.candidates} is not null`))
    .orderBy(bytewise(note.path), asc(link.line), asc(link.slot));
  return rows.map((row) => ({ ...row, candidates: row.candidates ?? [] }));
}

async function readShared(tx: Executor, vaultId: number): Promise<string[]> {
  const rows = await tx
    .select({ path: file.path })
    .from(file)
    .innerJoin(link, eq(link.toFile, file.id))
    .innerJoin(note, eq(note.id, link.noteId))
    .where(eq(file.vaultId, vaultId))
    .groupBy(file.id)
    .having(sql`bool_or(${note.access} = 'public') and bool_or(${note.access} <> 'public')`)
    .orderBy(bytewise(file.path));
  return rows.map((row) => row.path);
}

async function readUnsupported(tx: Executor, vaultId: number) {
  const rows = await tx
    .select({ path: note.path, unsupported: rendition.unsupported })
    .from(rendition)
    .innerJoin(note, eq(note.id, rendition.noteId))
    .where(and(eq(note.vaultId, vaultId), sql`${rendition.unsupported} <> '[]'::jsonb`))
    .orderBy(bytewise(note.path));
  const inNotes = rows.flatMap(({ path, unsupported }) => unsupported.map((each) => ({ path, ...each })));
  return [...inNotes, ...(await readUnshownEmbeds(tx, vaultId))].sort(byPlace);
}

/** Embeds of files that are shown by their source alone: canvases and bases. */
async function readUnshownEmbeds(tx: Executor, vaultId: number) {
  const rows = await tx
    .select({ path: note.path, line: link.line, file: file.path })
    .from(link)
    .innerJoin(file, eq(file.id, link.toFile))
    .innerJoin(note, eq(note.id, link.noteId))
    .where(and(eq(link.vaultId, vaultId), eq(link.kind, 'embed'), sql`${file.name} ~* '[.](canvas|base)$'`));
  return rows.map(({ path, line, file }) => ({ path, line, kind: mediaOf(file)?.shown ?? 'file' }));
}

function byPlace(a: Place, b: Place): number {
  return a.path < b.path ? -1 : Number(a.path > b.path) || a.line - b.line;
}

/** Slots of notes that name a heading or a block, with what the note they lead to has of these. */
async function readMissingParts(tx: Executor, vaultId: number) {
  const target = alias(rendition, 'target');
  const place = sql`jsonb_array_elements(${rendition.slots}) with ordinality as slot(value, place)`;
  const rows = await tx
    .select({
      path: note.path,
      line: sql<number>`(slot.value->>'line')::int`,
      target: sql<string>`slot.value->>'target'`,
      fragment: sql<string>`slot.value->>'fragment'`,
      outline: target.outline,
      blocks: target.blocks,
    })
    .from(note)
    .innerJoin(rendition, eq(rendition.noteId, note.id))
    .crossJoinLateral(place)
    .leftJoin(link, and(eq(link.noteId, note.id), sql`${link.slot} = slot.place - 1`))
    .innerJoin(
      target,
      sql`${target.noteId} = case when slot.value->>'target' = '' then ${note.id} else ${link.toNote} end`,
    )
    .where(and(eq(note.vaultId, vaultId), sql`slot.value->>'fragment' <> ''`))
    .orderBy(bytewise(note.path), sql`slot.place`);
  return rows
    .filter(({ fragment, outline, blocks }) => !findBlock(blocks, fragment) && !findHeading(outline, fragment))
    .map(({ path, line, target, fragment }) => ({ path, line, target, fragment }));
}

async function readProblems(tx: Executor, vaultId: number) {
  const rows = await tx
    .select({ path: note.path, problems: note.problems })
    .from(note)
    .where(and(eq(note.vaultId, vaultId), sql`${note.problems} <> '[]'::jsonb`))
    .orderBy(bytewise(note.path));
  return rows.flatMap(({ path, problems }) => problems.map((each) => ({ path, ...each })));
}
