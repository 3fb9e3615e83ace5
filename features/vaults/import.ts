import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Database, Executor } from '@/db/connection';
import type { FileStore } from '@/features/files/store';
import type { Access } from '@/lib/vault/entry';
import { readSettings } from '@/lib/vault/settings';
import { slugOf, slugProblem } from '@/lib/vault/slug';
import { walk } from '@/lib/vault/walk';
import { ImportError } from './import-error';
import { makePlan } from './plan';
import { publish, type Step } from './publish';
import { makeReport, type Report } from './report';
import { lockVault, openVault } from './write-vault';

export type Progress = { step: Step; done: number; total: number };
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

/**
 * Makes the vault equal to the folder, in one transaction: readers see all of the old or all of the new. Rejects with
 * {@link ImportError} (or the settings' own error) before anything is written when the folder or the options are wrong.
 * Returns the report and the event that running sites apply, null when readers see no difference.
 */
export async function importFolder(db: Database, options: ImportOptions): Promise<Imported> {
  const folder = await openFolder(options.folder);
  const slug = options.slug ?? slugOf(basename(folder));
  const problem = slugProblem(slug);
  if (problem) throw new ImportError(`The vault's slug cannot be "${slug}": ${problem}. Choose another with --vault.`);
  try {
    return await db.transaction(async (tx) => {
      const imported = await importInto(tx, folder, slug, options);
      if (options.dryRun) throw new DryRun(imported);
      return imported;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.imported;
    throw error;
  }
}

/** Undoes the transaction of a dry run. */
class DryRun extends Error {
  constructor(readonly imported: Imported) {
    super();
  }
}

async function openFolder(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => null);
  if (!found) throw new ImportError(`The folder ${folder} does not exist.`);
  if (!found.isDirectory()) throw new ImportError(`${folder} is a file, not a folder.`);
  return realpath(folder);
}

/** The folder is looked at once the vault is ours: what another import wrote meanwhile is compared with what is there now. */
async function importInto(tx: Executor, folder: string, slug: string, options: ImportOptions): Promise<Imported> {
  await lockVault(tx, slug);
  const began = Date.now();
  const read = await readSettings(folder);
  const walked = await walk(folder, read.settings);
  if (!walked.entries.some((entry) => entry.kind === 'note'))
    throw new ImportError(`There is no Markdown note in ${folder}, so nothing was imported.`);
  const vault = await openVault(tx, { slug, folder, read, access: options.access, entries: walked.entries });
  const plan = await makePlan(tx, vault.id, walked.entries, vault.again);
  const store = options.dryRun ? withoutWriting(options.store) : options.store;
  const done = await publish(tx, vault, plan, { ...options, store });
  const report = await makeReport(tx, vault, done, walked);
  return {
    report: { ...report, dryRun: options.dryRun ?? false, took: Date.now() - began },
    event: options.dryRun ? null : done.event,
  };
}

/** The store of a dry run: it reads what it is given and keeps none of it. */
function withoutWriting(store: FileStore): FileStore {
  const put = async (_id: string, bytes: AsyncIterable<Uint8Array>) => {
    let size = 0;
    for await (const chunk of bytes) size += chunk.byteLength;
    return size;
  };
  return { ...store, put, delete: async () => {} };
}
