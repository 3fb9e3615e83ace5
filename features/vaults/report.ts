import { and, asc, count, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file, link, note, rendition } from '@/db/schema';
import { allSiteLinks } from '@/features/notes/site-links';
import type { Skipped } from '@/lib/vault/entry';
import { mediaOf } from '@/lib/vault/media';
import { collisions } from '@/lib/vault/names';
import { SETTINGS_FILE } from '@/lib/vault/settings';
import type { Walked } from '@/lib/vault/walk';
import type { Done } from './publish';
import type { OpenVault } from './write-vault';

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
  /** `trastienda.yaml`, when there is one. */
  settings: number;
  skipped: Skipped[];
  unresolved: (Place & { target: string; suggestion?: string })[];
  ambiguous: (Place & { target: string; candidates: string[] })[];
  missing: (Place & { target: string })[];
  unreferenced: string[];
  /** Files that both a public and a closed note refer to: whoever reads the public one may download them. */
  shared: string[];
  /** Paths that differ only in case or in how their letters are composed: elsewhere they may be one file. */
  collisions: string[][];
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

/** The report of an import that has just been done, still in its transaction. */
export async function makeReport(
  tx: Executor,
  vault: OpenVault,
  done: Done,
  walked: Walked,
): Promise<Omit<Report, 'took' | 'dryRun'>> {
  const findings = await readFindings(tx, vault.id);
  const skipped = [...walked.skipped, ...done.unreadable].sort(byPath);
  const ofVault = vault.problems.map((problem) => ({ path: SETTINGS_FILE, line: 1, problem }));
  const ofFiles = done.troubles.map((each) => ({ ...each, line: 1 }));
  return {
    vault: vault.slug,
    title: vault.title,
    access: vault.accessWord,
    notice: vault.notice,
    ...findings,
    collisions: collisions(walked.entries.map((entry) => entry.path)),
    settings: walked.settings.length,
    skipped,
    changed: { ...done.counts, removed: done.removed.length, renamed: done.renamed.length },
    removed: done.removed,
    renamed: done.renamed,
    problems: [...ofVault, ...[...findings.problems, ...ofFiles].sort(byPath)],
    read: walked.met,
    accounted: findings.notes + findings.files + skipped.length + walked.settings.length,
  };
}

/** What is to be said of a vault as it now stands in the database, changed or not. */
async function readFindings(tx: Executor, vaultId: number): Promise<Findings> {
  const broken = await readBrokenLinks(tx, vaultId);
  return {
    ...(await countNotes(tx, vaultId)),
    files: await tx.$count(file, eq(file.vaultId, vaultId)),
    unresolved: broken.filter((each) => !namesFile(each.target)),
    missing: broken.filter((each) => namesFile(each.target)).map(({ path, line, target }) => ({ path, line, target })),
    ambiguous: await readAmbiguous(tx, vaultId),
    unreferenced: await readUnreferenced(tx, vaultId),
    shared: await readShared(tx, vaultId),
    unsupported: await readUnsupported(tx, vaultId),
    problems: await readProblems(tx, vaultId),
  };
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
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
    .where(and(eq(file.vaultId, vaultId), sql`not exists (select 1 from ${link} where ${link.toFile} = ${file.id})`));
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
  return rows.flatMap(({ path, unsupported }) => unsupported.map((each) => ({ path, ...each })));
}

async function readProblems(tx: Executor, vaultId: number) {
  const rows = await tx
    .select({ path: note.path, problems: note.problems })
    .from(note)
    .where(and(eq(note.vaultId, vaultId), sql`${note.problems} <> '[]'::jsonb`))
    .orderBy(bytewise(note.path));
  return rows.flatMap(({ path, problems }) => problems.map((each) => ({ path, ...each })));
}
