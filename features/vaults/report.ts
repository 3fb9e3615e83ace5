import { and, asc, count, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file, link, note, rendition } from '@/db/schema';
import type { Skipped } from '@/lib/vault/entry';
import { mediaOf } from '@/lib/vault/media';

type Place = { path: string; line: number };

/** What an import read, did and found. `accounted` equals `read` when every file in the folder is answered for. */
export type Report = {
  vault: string;
  title: string;
  access: string;
  /** Words for the person importing, such as why a vault is private. */
  notice: string | null;
  dryRun: boolean;
  notes: number;
  publicNotes: number;
  files: number;
  settings: number;
  skipped: Skipped[];
  unresolved: (Place & { target: string; suggestion?: string })[];
  ambiguous: (Place & { target: string; candidates: string[] })[];
  missing: (Place & { target: string })[];
  unreferenced: string[];
  /** Files that both a public and a closed note refer to: whoever reads the public one may download them. */
  shared: string[];
  unsupported: (Place & { kind: string })[];
  problems: (Place & { problem: string })[];
  changed: { added: number; updated: number; removed: number; renamed: number; unchanged: number };
  removed: string[];
  renamed: { from: string; to: string }[];
  read: number;
  accounted: number;
  /** Milliseconds. */
  took: number;
};

export type Findings = Pick<
  Report,
  | 'notes'
  | 'publicNotes'
  | 'files'
  | 'unresolved'
  | 'ambiguous'
  | 'missing'
  | 'unreferenced'
  | 'shared'
  | 'unsupported'
  | 'problems'
>;

/** What is to be said of a vault as it now stands in the database, changed or not. */
export async function readFindings(tx: Executor, vaultId: number): Promise<Findings> {
  const mine = eq(note.vaultId, vaultId);
  const [totals] = await tx
    .select({ notes: count(), publicNotes: sql<number>`count(*) filter (where ${note.access} = 'public')::int` })
    .from(note)
    .where(mine);
  const files = await tx
    .select({ path: file.path, objectId: file.objectId })
    .from(file)
    .where(eq(file.vaultId, vaultId))
    .orderBy(asc(file.path));
  const broken = await readBrokenLinks(tx, vaultId);
  return {
    notes: totals?.notes ?? 0,
    publicNotes: totals?.publicNotes ?? 0,
    files: files.length,
    unresolved: broken.filter((each) => !namesFile(each.target)),
    missing: broken.filter((each) => namesFile(each.target)).map(({ path, line, target }) => ({ path, line, target })),
    ambiguous: await readAmbiguous(tx, vaultId),
    unreferenced: files.filter((each) => !each.objectId).map((each) => each.path),
    shared: await readShared(tx, vaultId),
    unsupported: await readUnsupported(tx, vaultId),
    problems: await readProblems(tx, vaultId),
  };
}

/** A target with the extension of a known kind of file is a missing file; any other is a note nobody wrote yet. */
function namesFile(target: string): boolean {
  return mediaOf(target) !== null;
}

async function readBrokenLinks(tx: Executor, vaultId: number) {
  const rows = await tx
    .select({ path: note.path, line: link.line, target: link.target, suggestion: link.suggestion })
    .from(link)
    .innerJoin(note, eq(note.id, link.noteId))
    .where(and(eq(link.vaultId, vaultId), isNull(link.toNote), isNull(link.toFile), ne(link.target, '')))
    .orderBy(asc(note.path), asc(link.line));
  return rows.map(({ suggestion, ...row }) => (suggestion ? { ...row, suggestion } : row));
}

async function readAmbiguous(tx: Executor, vaultId: number) {
  const rows = await tx
    .select({ path: note.path, line: link.line, target: link.target, candidates: link.candidates })
    .from(link)
    .innerJoin(note, eq(note.id, link.noteId))
    .where(and(eq(link.vaultId, vaultId), sql`${link.candidates} is not null`))
    .orderBy(asc(note.path), asc(link.line));
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
    .orderBy(asc(file.path));
  return rows.map((row) => row.path);
}

async function readUnsupported(tx: Executor, vaultId: number) {
  const rows = await tx
    .select({ path: note.path, unsupported: rendition.unsupported })
    .from(rendition)
    .innerJoin(note, eq(note.id, rendition.noteId))
    .where(and(eq(note.vaultId, vaultId), sql`${rendition.unsupported} <> '[]'::jsonb`))
    .orderBy(asc(note.path));
  return rows.flatMap(({ path, unsupported }) => unsupported.map((each) => ({ path, ...each })));
}

async function readProblems(tx: Executor, vaultId: number) {
  const rows = await tx
    .select({ path: note.path, problems: note.problems })
    .from(note)
    .where(and(eq(note.vaultId, vaultId), sql`${note.problems} <> '[]'::jsonb`))
    .orderBy(asc(note.path));
  return rows.flatMap(({ path, problems }) => problems.map((each) => ({ path, ...each })));
}
