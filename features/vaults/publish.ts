import { eq, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file, note, vault as vaultTable } from '@/db/schema';
import type { FileStore } from '@/features/files/store';
import type { Entry, Skipped } from '@/lib/vault/entry';
import { nameKeys } from '@/lib/vault/names';
import { changeFor, notesWithFiles, type Tie, type Touched, tiedDifferently, tiesOf } from './affected';
import { among } from './among';
import { compileNotes } from './compile';
import { announce } from './events';
import { keepFiles, type Shelf, type Trouble } from './keep-files';
import { pendingLinks } from './pending-links';
import type { Plan, StoredNote } from './plan';
import { type PendingLink, relink, targetKeyOf, writeLinks } from './relink';
import { type Renamed, recogniseRenamed } from './renames';
import { refreshStatistics } from './statistics';
import { type Addressee, writeAddresses } from './write-addresses';
import { writeFiles } from './write-files';
import { type Ready, type Written, writeNotes } from './write-notes';
import type { OpenVault } from './write-vault';

export type Step = 'compiling' | 'linking' | 'files';
export type PublishOptions = {
  store: FileStore;
  onProgress?: (progress: { step: Step; done: number; total: number }) => void;
};

/** What was done, for the report. */
export type Done = {
  counts: { added: number; updated: number; unchanged: number };
  renamed: Renamed[];
  removed: string[];
  unreadable: Skipped[];
  /** What has to be said of single files: above all, whose bytes could not be kept. */
  troubles: Trouble[];
  event: number | null;
};

type Run = Done & {
  touched: Touched;
  written: (Addressee & Written)[];
  /** The links from and to known notes before they were written; not noted when all pages change anyway. */
  ties: Tie[];
  pending: PendingLink[];
  /** Names that something began or ceased to answer to: links to them are looked at again. */
  keys: Set<string>;
  gone: StoredNote[];
};

const REPLACED = 'the folder has a newer one than was uploaded, which stays as an earlier version';
/** Notes written by one statement, and how long their sources may be together. */
const BATCH = 100;
const BATCH_BYTES = 4_000_000;

/** Applies a plan to the vault and records what changed for readers. */
export async function publish(tx: Executor, vault: OpenVault, plan: Plan, options: PublishOptions): Promise<Done> {
  const renamed = await recogniseRenamed(vault.folder, plan);
  const run: Run = {
    touched: { notes: new Set(), linked: new Set(), tree: vault.shownDifferently },
    counts: { added: 0, updated: 0, unchanged: plan.unchangedNotes + plan.unchangedFiles },
    renamed,
    removed: [],
    unreadable: [],
    troubles: [],
    event: null,
    written: [],
    ties: [],
    pending: [],
    keys: new Set(
      [...renamed, ...plan.goneNotes.map(({ path }) => ({ from: path }))].flatMap(({ from }) => nameKeys(from)),
    ),
    gone: [...plan.goneNotes],
  };
  await compileAll(tx, vault, plan, run, options);
  await removeGone(tx, plan, run);
  if (await writeAddresses(tx, vault.id, run.written)) run.touched.tree = true;
  const files = await writeFiles(tx, vault.id, plan.changedFiles);
  for (const path of files.come) for (const key of nameKeys(path)) run.keys.add(key);
  for (const path of files.replaced) run.troubles.push({ path, problem: REPLACED });
  await linkAll(tx, vault, run, options);
  await keepAll(tx, vault, plan, run, options);
  await refreshStatistics(tx, run.written.length);
  const change = await changeFor(tx, vault, run.touched);
  if (change) {
    await tx.update(vaultTable).set({ publishedAt: sql`now()` }).where(eq(vaultTable.id, vault.id));
    run.event = await announce(tx, change);
  }
  return run;
}

async function compileAll(tx: Executor, vault: OpenVault, plan: Plan, run: Run, { onProgress }: PublishOptions) {
  const looked = new Map(plan.looked.map((each) => [each.entry.path, each]));
  const { folder: root, settings } = vault;
  const jobs = plan.looked.map(({ entry, knownHash }) => ({
    root,
    path: entry.path,
    size: entry.size,
    knownHash,
    settings,
  }));
  let batch: Ready[] = [];
  let bytes = 0;
  let done = 0;
  for await (const each of compileNotes(jobs)) {
    onProgress?.({ step: 'compiling', done: ++done, total: jobs.length });
    const from = looked.get(each.path);
    if (!from) continue;
    if (each.kind === 'unreadable') putAside(run, each, from.stored);
    else if (each.kind === 'unchanged') await touch(tx, run, from.entry, from.stored);
    else batch.push({ ...each, entry: from.entry, storedId: from.stored?.id ?? null });
    bytes += from.entry.size;
    if (batch.length === BATCH || bytes > BATCH_BYTES) {
      await writeBatch(tx, vault, run, batch);
      batch = [];
      bytes = 0;
    }
  }
  if (batch.length > 0) await writeBatch(tx, vault, run, batch);
}

function putAside(run: Run, each: Skipped, stored: StoredNote | null): void {
  run.unreadable.push({ path: each.path, reason: each.reason });
  if (!stored) return;
  run.gone.push(stored);
  run.renamed = run.renamed.filter(({ to }) => to !== each.path);
}

/** Same bytes, other time: only the time is noted, so that the next import need not look. */
async function touch(tx: Executor, run: Run, entry: Entry, stored: StoredNote | null): Promise<void> {
  run.counts.unchanged++;
  if (stored) await tx.update(note).set({ modified: entry.modified, size: entry.size }).where(eq(note.id, stored.id));
}

async function writeBatch(tx: Executor, vault: OpenVault, run: Run, batch: Ready[]): Promise<void> {
  const stored = batch.flatMap((ready) => ready.storedId ?? []);
  if (!run.touched.tree) for (const tie of await tiesOf(tx, stored)) run.ties.push(tie);
  const renamed = new Set(run.renamed.map(({ to }) => to));
  for (const [i, each] of (await writeNotes(tx, vault, batch)).entries()) {
    const ready = batch[i];
    if (!ready) continue;
    const added = ready.storedId === null;
    run.touched.notes.add(each.id);
    if (each.listedDifferently) run.touched.tree = true;
    for (const alias of each.aliases) run.keys.add(targetKeyOf(alias));
    if (added || renamed.has(each.path)) for (const key of nameKeys(each.path)) run.keys.add(key);
    if (added) run.counts.added++;
    else if (!renamed.has(each.path)) run.counts.updated++;
    run.written.push({ ...each, permalink: ready.known.permalink, aliases: ready.known.aliases });
    run.pending.push(...pendingLinks(each.id, ready));
  }
}

/** Removes what is no longer in the folder, and remembers who referred to it. */
async function removeGone(tx: Executor, plan: Plan, run: Run): Promise<void> {
  // What was uploaded in the place of files stays, and is then in no folder
  const left = plan.goneFiles.filter(({ uploaded }) => uploaded).map((each) => each.id);
  if (left.length > 0)
    await tx
      .update(file)
      .set({ folderSize: null })
      .where(among(file.id, left, 'uuid'));
  const goneFiles = plan.goneFiles.filter(({ uploaded }) => !uploaded);
  run.removed = [...run.gone, ...goneFiles].map(({ path }) => path).sort();
  for (const path of run.removed) for (const key of nameKeys(path)) run.keys.add(key);
  const fileIds = goneFiles.map((each) => each.id);
  for (const id of await notesWithFiles(tx, fileIds)) run.touched.notes.add(id);
  if (fileIds.length > 0) await tx.delete(file).where(among(file.id, fileIds, 'uuid'));
  const ids = run.gone.map((each) => each.id);
  if (ids.length === 0) return;
  run.touched.tree = true;
  const rows = await tx.delete(note).where(among(note.id, ids)).returning({ aliasKeys: note.aliasKeys });
  for (const alias of rows.flatMap((row) => row.aliasKeys)) run.keys.add(targetKeyOf(alias));
}

async function linkAll(tx: Executor, vault: OpenVault, run: Run, { onProgress }: PublishOptions): Promise<void> {
  const ids = run.written.map((each) => each.id);
  await writeLinks(tx, vault.id, ids, run.pending, (done, total) => onProgress?.({ step: 'linking', done, total }));
  for (const id of await relink(tx, vault.id, run.keys, ids)) run.touched.notes.add(id);
  if (!run.touched.tree) run.touched.linked = tiedDifferently(run.ties, await tiesOf(tx, ids), run.written);
}

async function keepAll(tx: Executor, vault: OpenVault, plan: Plan, run: Run, { store, onProgress }: PublishOptions) {
  const shelf: Shelf = { vaultId: vault.id, root: vault.folder, store };
  const changed = plan.changedFiles.flatMap(({ stored }) => stored?.id ?? []);
  const kept = await keepFiles(tx, shelf, changed, (done, total) => onProgress?.({ step: 'files', done, total }));
  for (const id of await notesWithFiles(tx, kept.differing)) run.touched.notes.add(id);
  run.troubles.push(...kept.troubles);
  run.counts.added += plan.changedFiles.length - changed.length;
  run.counts.updated += changed.length - kept.same;
  run.counts.unchanged += kept.same;
}
