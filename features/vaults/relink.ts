import { and, eq, isNull, not, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file, link, note } from '@/db/schema';
import { fold } from '@/lib/text/fold';
import { lookupKeys, Names, type Resolution, resolve, targetKey } from '@/lib/vault/resolve';
import { among, amongTexts, chunks } from './among';
import { insertRows } from './insert-rows';

export type PendingLink = {
  noteId: number;
  path: string;
  slot: number;
  kind: 'link' | 'embed' | 'property';
  target: string;
  line: number;
};
type Candidate = { path: string; kind: 'note'; id: number } | { path: string; kind: 'file'; id: string };
type Ends = { toNote: number | null; toFile: string | null; candidates: string[] | null; suggestion: string | null };

/** No name of a file is longer (255 bytes on every system): more need not be kept to look a link up by. */
const KEY_UNITS_MAX = 500;

/** The key under which a link is found again when a name comes or goes. */
export function targetKeyOf(target: string): string {
  return targetKey(target).slice(0, KEY_UNITS_MAX);
}

/** Replaces the links of the given notes by `pending`, each resolved among everything in the vault. */
export async function writeLinks(
  tx: Executor,
  vaultId: number,
  noteIds: number[],
  pending: PendingLink[],
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  if (noteIds.length > 0) await tx.delete(link).where(among(link.noteId, noteIds));
  const ends = await resolver(tx, vaultId, pending);
  let writing: Promise<unknown> = Promise.resolve();
  let done = 0;
  for (const part of chunks(pending)) {
    const rows = part.map(({ path, ...each }) => ({
      ...each,
      vaultId,
      targetKey: targetKeyOf(each.target),
      ...ends(path, each.target),
    }));
    await writing;
    writing = insertRows(tx, link, rows);
    await new Promise(setImmediate); // it is sent, and PostgreSQL works while the next links are resolved
    done += part.length;
    onProgress(done, pending.length);
  }
  await writing;
}

/**
 * Looks again at every other link whose name gained or lost something it could mean. Returns the notes of those that
 * now lead elsewhere.
 */
export async function relink(tx: Executor, vaultId: number, keys: Set<string>, except: number[]): Promise<number[]> {
  const moved: number[] = [];
  for (const part of chunks([...keys])) {
    const links = await tx
      .select({
        noteId: link.noteId,
        path: note.path,
        slot: link.slot,
        kind: link.kind,
        target: link.target,
        line: link.line,
        toNote: link.toNote,
        toFile: link.toFile,
        candidates: link.candidates,
        suggestion: link.suggestion,
      })
      .from(link)
      .innerJoin(note, eq(note.id, link.noteId))
      .where(and(eq(link.vaultId, vaultId), amongTexts(link.targetKey, part), not(among(link.noteId, except))));
    const ends = await resolver(tx, vaultId, links);
    for (const before of links) {
      const now = ends(before.path, before.target);
      if (same(before, now)) continue;
      await tx
        .update(link)
        .set(now)
        .where(and(eq(link.noteId, before.noteId), eq(link.slot, before.slot)));
      if (before.toNote !== now.toNote || before.toFile !== now.toFile) moved.push(before.noteId);
    }
  }
  return moved;
}

function same(a: Ends, b: Ends): boolean {
  return (
    a.toNote === b.toNote &&
    a.toFile === b.toFile &&
    a.suggestion === b.suggestion &&
    JSON.stringify(a.candidates) === JSON.stringify(b.candidates)
  );
}

type Resolver = (fromPath: string, target: string) => Ends;

/** Says where any of `links` leads: all they can mean is read at once. */
async function resolver(tx: Executor, vaultId: number, links: { path: string; target: string }[]): Promise<Resolver> {
  const keys = new Set(links.flatMap((each) => lookupKeys(each.target)));
  const names = new Names(await readCandidates(tx, vaultId, [...keys]));
  const lost = links.filter((each) => resolve(names, each.path, each.target).kind === 'missing');
  const aliases = await readAliases(tx, vaultId, [...new Set(lost.map((each) => fold(each.target.trim())))]);
  return (fromPath, target) => endsOf(resolve(names, fromPath, target, aliases));
}

function endsOf(found: Resolution<Candidate>): Ends {
  const none = { toNote: null, toFile: null, candidates: null, suggestion: null };
  if (found.kind === 'missing') return { ...none, suggestion: found.suggestion ?? null };
  if (found.kind !== 'found') return none;
  const { entry, ambiguous } = found;
  return {
    ...none,
    toNote: entry.kind === 'note' ? entry.id : null,
    toFile: entry.kind === 'file' ? entry.id : null,
    candidates: ambiguous.length > 0 ? ambiguous.map((each) => each.path) : null,
  };
}

async function readCandidates(tx: Executor, vaultId: number, keys: string[]): Promise<Candidate[]> {
  if (keys.length === 0) return [];
  const notes = await tx
    .select({ id: note.id, path: note.path })
    .from(note)
    .where(and(eq(note.vaultId, vaultId), amongTexts(note.nameKey, keys)));
  const files = await tx
    .select({ id: file.id, path: file.path })
    .from(file)
    .where(and(eq(file.vaultId, vaultId), isNull(file.removedAt), amongTexts(file.nameKey, keys)));
  return [
    ...notes.map((each) => ({ ...each, kind: 'note' as const })),
    ...files.map((each) => ({ ...each, kind: 'file' as const })),
  ];
}

/** Folded alias → path, for the aliases asked about. */
async function readAliases(tx: Executor, vaultId: number, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await tx
    .select({ path: note.path, aliasKeys: note.aliasKeys })
    .from(note)
    .where(and(eq(note.vaultId, vaultId), sql`${note.aliasKeys} && ${sql.param(keys, note.aliasKeys)}`));
  return new Map(rows.flatMap((row) => row.aliasKeys.map((alias): [string, string] => [alias, row.path])));
}
