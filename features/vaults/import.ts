import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Database, Executor } from '@/db/connection';
import { file, note, vault as vaultTable } from '@/db/schema';
import type { FileStore } from '@/features/files/store';
import type { Access, Entry, Skipped } from '@/lib/vault/entry';
import { nameKeys } from '@/lib/vault/names';
import { readSettings } from '@/lib/vault/settings';
import { slugOf, slugProblem } from '@/lib/vault/slug';
import { walk } from '@/lib/vault/walk';
import { changeFor, neighbours, notesWithFiles, type Touched } from './affected';
import { compileNotes } from './compile';
import { announce } from './events';
import { ImportError } from './import-error';
import { makePlan, type Plan, type StoredNote } from './plan';
import { type PendingLink, relink, writeLinks } from './relink';
import { type Report, readFindings } from './report';
import { keepReferenced, type Shelf, writeFiles } from './write-files';
import { type Ready, writeNotes } from './write-notes';
import { type OpenVault, openVault } from './write-vault';

export type Progress = { step: 'compiling' | 'linking' | 'files'; done: number; total: number };
export type ImportOptions = {
  folder: string;
  slug?: string;
  /** The default access, when it is to differ from what the vault's settings say. */
  access?: Access;
  dryRun?: boolean;
  store: FileStore;
  onProgress?: (progress: Progress) => void;
};
export type Imported = { report: Report; event: number | null };

const BATCH = 100;

/**
 * Makes the vault equal to the folder, in one transaction: readers see all of the old or all of the new. Rejects with
 * {@link ImportError} (or the settings' own error) before anything is written when the folder or the options are wrong.
 * Returns the report and the event that running sites apply, null when readers see no difference.
 */
export async function importFolder(db: Database, options: ImportOptions): Promise<Imported> {
  const began = Date.now();
  const folder = await openFolder(options.folder);
  const slug = options.slug ?? slugOf(basename(folder));
  const problem = slugProblem(slug);
  if (problem) throw new ImportError(`The vault's slug cannot be "${slug}": ${problem}. Choose another with --vault.`);
  const read = await readSettings(folder);
  const walked = await walk(folder, read.settings);
  if (!walked.entries.some((entry) => entry.kind === 'note'))
    throw new ImportError(`There is no Markdown note in ${folder}, so nothing was imported.`);
  let imported: Imported | null = null;
  const work = async (tx: Executor) => {
    const vault = await openVault(tx, { slug, folder, read, access: options.access, entries: walked.entries });
    const plan = await makePlan(tx, vault.id, walked.entries, vault.again);
    const done = await publish(tx, vault, plan, options);
    const report = await reportOn(tx, vault, plan, done, walked, options);
    imported = { report: { ...report, took: Date.now() - began }, event: done.event };
    if (options.dryRun) throw new DryRun();
  };
  await db.transaction(work).catch((error: unknown) => {
    if (!(error instanceof DryRun)) throw error;
  });
  if (!imported) throw new Error('The import ended without a report.');
  return imported;
}

/** Undoes the transaction of a dry run. */
class DryRun extends Error {}

async function openFolder(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => null);
  if (!found) throw new ImportError(`The folder ${folder} does not exist.`);
  if (!found.isDirectory()) throw new ImportError(`${folder} is a file, not a folder.`);
  return realpath(folder);
}

export type Done = {
  touched: Touched;
  counts: { added: number; updated: number; same: number };
  renamed: { from: string; to: string }[];
  removed: string[];
  unreadable: Skipped[];
  event: number | null;
};

type Run = Done & { pending: PendingLink[]; keys: Set<string>; gone: Map<number, StoredNote> };

/** Applies a plan to the vault and records what changed for readers. */
export async function publish(
  tx: Executor,
  vault: OpenVault,
  plan: Plan,
  options: Pick<ImportOptions, 'store' | 'onProgress'>,
): Promise<Done> {
  const run: Run = {
    touched: { notes: new Set(), linked: new Set(), tree: vault.shownDifferently },
    counts: { added: 0, updated: 0, same: 0 },
    renamed: [],
    removed: [],
    unreadable: [],
    event: null,
    pending: [],
    keys: new Set(),
    gone: new Map(plan.goneNotes.map((each) => [each.id, each])),
  };
  await parkGone(tx, [...run.gone.keys()]);
  await compileAll(tx, vault, plan, run, options);
  await removeGone(tx, plan, run);
  await writeAllFiles(tx, vault, plan, run, options);
  const ids = [...run.touched.notes];
  for (const id of await neighbours(tx, ids)) run.touched.linked.add(id);
  await writeLinks(tx, vault.id, ids, run.pending);
  for (const id of await relink(tx, vault.id, run.keys, ids)) run.touched.notes.add(id);
  for (const id of await neighbours(tx, ids)) run.touched.linked.add(id);
  const shelf: Shelf = { vaultId: vault.id, root: vault.folder, store: options.store };
  await keepReferenced(tx, shelf, (done, total) => options.onProgress?.({ step: 'files', done, total }));
  const change = await changeFor(tx, vault, run.touched);
  if (change) {
    await tx.update(vaultTable).set({ publishedAt: sql`now()` }).where(eq(vaultTable.id, vault.id));
    run.event = await announce(tx, change);
  }
  return run;
}

/** Notes whose file is gone give up their address at once: another may want it, and a renamed one asks anew. */
async function parkGone(tx: Executor, ids: number[]): Promise<void> {
  if (ids.length > 0)
    await tx
      .update(note)
      .set({ address: sql`'/' || ${note.id}` })
      .where(inArray(note.id, ids));
}

async function compileAll(
  tx: Executor,
  vault: OpenVault,
  plan: Plan,
  run: Run,
  options: Pick<ImportOptions, 'onProgress'>,
) {
  const looked = new Map(plan.looked.map((each) => [each.entry.path, each]));
  const jobs = plan.looked.map(({ entry, knownHash }) => ({
    root: vault.folder,
    path: entry.path,
    knownHash,
    settings: vault.settings,
  }));
  let batch: Ready[] = [];
  let done = 0;
  for await (const each of compileNotes(jobs)) {
    options.onProgress?.({ step: 'compiling', done: ++done, total: jobs.length });
    const from = looked.get(each.path);
    if (!from) continue;
    if (each.kind === 'unreadable') putAside(run, each, from.stored);
    else if (each.kind === 'unchanged') await touch(tx, run, from.entry, from.stored);
    else batch.push({ ...each, entry: from.entry, storedId: from.stored?.id ?? identify(run, each)?.id ?? null });
    if (batch.length === BATCH) {
      await writeBatch(tx, vault, run, batch);
      batch = [];
    }
  }
  if (batch.length > 0) await writeBatch(tx, vault, run, batch);
}

function putAside(run: Run, each: Skipped, stored: StoredNote | null): void {
  run.unreadable.push({ path: each.path, reason: each.reason });
  if (stored) run.gone.set(stored.id, stored);
}

/** Same bytes, other time: only the time is noted, so that the next import need not look. */
async function touch(tx: Executor, run: Run, entry: Entry, stored: StoredNote | null): Promise<void> {
  run.counts.same++;
  if (stored)
    await tx
      .update(note)
      .set({ modified: entry.modified, size: entry.size })
      .where(inArray(note.id, [stored.id]));
}

/** The note a new path belongs to, when exactly one that is gone has its `id` property or its bytes. */
function identify(run: Run, ready: { hash: string; path: string; known: { id: string | null } }): StoredNote | null {
  const gone = [...run.gone.values()];
  const sameId = ready.known.id === null ? [] : gone.filter((each) => each.ownId === ready.known.id);
  const same = sameId.length > 0 ? sameId : gone.filter((each) => each.hash === ready.hash);
  const [only] = same;
  if (!only || same.length > 1) return null;
  run.gone.delete(only.id);
  run.renamed.push({ from: only.path, to: ready.path });
  for (const key of nameKeys(only.path)) run.keys.add(key);
  return only;
}

async function writeBatch(tx: Executor, vault: OpenVault, run: Run, batch: Ready[]): Promise<void> {
  for (const id of await neighbours(
    tx,
    batch.flatMap((ready) => ready.storedId ?? []),
  ))
    run.touched.linked.add(id);
  const written = await writeNotes(tx, vault, batch);
  for (const [i, each] of written.entries()) {
    const ready = batch[i];
    if (!ready) continue;
    run.touched.notes.add(each.id);
    if (each.listedDifferently) run.touched.tree = true;
    if (each.added || run.renamed.some(({ to }) => to === each.path))
      for (const key of nameKeys(each.path)) run.keys.add(key);
    if (each.added) run.counts.added++;
    else run.counts.updated++;
    run.pending.push(...pendingLinks(each.id, ready));
  }
}

function pendingLinks(noteId: number, { path, compiled, known }: Ready): PendingLink[] {
  const slots = compiled.slots.flatMap(({ kind, target, line }, slot): PendingLink[] =>
    target === '' ? [] : [{ noteId, path, slot, kind, target, line }],
  );
  if (!known.image || /^[a-z][a-z0-9+.-]*:/i.test(known.image)) return slots;
  return [...slots, { noteId, path, slot: compiled.slots.length, kind: 'property', target: known.image, line: 1 }];
}

async function removeGone(tx: Executor, plan: Plan, run: Run): Promise<void> {
  const ids = [...run.gone.keys()];
  for (const each of run.gone.values()) for (const key of nameKeys(each.path)) run.keys.add(key);
  run.removed = [...[...run.gone.values()].map((each) => each.path), ...plan.goneFiles.map((each) => each.path)].sort();
  if (ids.length === 0) return;
  run.touched.tree = true;
  await tx.delete(note).where(inArray(note.id, ids));
}

async function writeAllFiles(
  tx: Executor,
  vault: OpenVault,
  plan: Plan,
  run: Run,
  { store }: Pick<ImportOptions, 'store'>,
) {
  const goneIds = plan.goneFiles.map((each) => each.id);
  for (const id of await notesWithFiles(tx, goneIds)) run.touched.linked.add(id);
  for (const each of [
    ...plan.goneFiles,
    ...plan.changedFiles.filter(({ stored }) => !stored).map(({ entry }) => entry),
  ])
    for (const key of nameKeys(each.path)) run.keys.add(key);
  if (goneIds.length > 0) await tx.delete(file).where(inArray(file.id, goneIds));
  const changed = await writeFiles(tx, { vaultId: vault.id, root: vault.folder, store }, plan.changedFiles);
  for (const id of await notesWithFiles(tx, changed)) run.touched.linked.add(id);
}

async function reportOn(
  tx: Executor,
  vault: OpenVault,
  plan: Plan,
  done: Done,
  walked: { skipped: Skipped[]; settings: string[]; met: number },
  options: ImportOptions,
): Promise<Omit<Report, 'took'>> {
  const findings = await readFindings(tx, vault.id);
  const skipped = [...walked.skipped, ...done.unreadable].sort((a, b) => (a.path < b.path ? -1 : 1));
  const newFiles = plan.changedFiles.filter(({ stored }) => !stored).length;
  return {
    vault: vault.slug,
    title: vault.title,
    access: vault.accessWord,
    notice: vault.notice,
    dryRun: options.dryRun ?? false,
    ...findings,
    settings: walked.settings.length,
    skipped,
    changed: {
      added: done.counts.added + newFiles,
      updated: done.counts.updated - done.renamed.length + plan.changedFiles.length - newFiles,
      removed: done.removed.length,
      renamed: done.renamed.length,
      unchanged: plan.unchangedNotes + done.counts.same + plan.unchangedFiles,
    },
    removed: done.removed,
    renamed: done.renamed,
    problems: [
      ...vault.problems.map((each) => ({ path: 'trastienda.yaml', line: 1, problem: each })),
      ...findings.problems,
    ],
    read: walked.met,
    accounted: findings.notes + findings.files + skipped.length + walked.settings.length,
  };
}
