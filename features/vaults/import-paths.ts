import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq, isNotNull, like } from 'drizzle-orm';
import type { Database, Executor } from '@/db/connection';
import { file, note } from '@/db/schema';
import { folderOf, isNotePath } from '@/lib/vault/names';
import { readSettings, SETTINGS_FILE } from '@/lib/vault/settings';
import { look } from '@/lib/vault/walk';
import { type ImportOptions, importFolder } from './import';
import { makePlan } from './plan';
import { publish } from './publish';
import { lockVault, openVault } from './write-vault';

/** Beyond this many paths the whole folder is compared: it is then the cheaper way. */
const PATHS_MAX = 200;

/** Settings of ours and those of Obsidian's that change how notes read; its window layout changes all the time. */
const WHOLE = new Set([SETTINGS_FILE, '.obsidian/app.json', '.obsidian/templates.json']);

export type PathsOptions = Omit<ImportOptions, 'dryRun'> & { slug: string };

/**
 * Takes over what happened to some paths of a vault's folder, at a cost that does not grow with the vault. Anything that
 * concerns the vault as a whole (its settings, its home note, very many paths) imports the whole folder instead.
 * Returns the event that running sites apply, or null when readers see no difference.
 */
export async function importPaths(db: Database, options: PathsOptions, saved: string[]): Promise<number | null> {
  const paths = saved.filter((path) => concernsAll(path) || !isHidden(path));
  if (paths.length === 0) return null;
  const whole = async () => (await importFolder(db, options)).event;
  if (paths.length > PATHS_MAX || paths.some(concernsAll)) return whole();
  const event = await db.transaction(async (tx) => {
    await lockVault(tx, options.slug);
    const read = await readSettings(options.folder);
    const vault = await openVault(tx, {
      slug: options.slug,
      folder: options.folder,
      read,
      access: options.access,
      entries: null,
    });
    if (vault.again || (vault.homePath === null ? paths.some(couldBeHome) : paths.includes(vault.homePath)))
      return 'whole' as const;
    const entries = await look(options.folder, paths, read.settings);
    const plan = await makePlan(tx, vault.id, entries, false, paths);
    const known = new Set([...entries, ...plan.goneNotes, ...plan.goneFiles].map((each) => each.path));
    const others = paths.filter((path) => !known.has(path));
    if ((await someFolder(options.folder, others)) || (await someStoredBelow(tx, vault.id, others)))
      return 'whole' as const;
    return (await publish(tx, vault, plan, options)).event;
  });
  return event === 'whole' ? whole() : event;
}

/** A folder that came: what it holds is told by nobody. */
async function someFolder(root: string, paths: string[]): Promise<boolean> {
  const found = await Promise.all(paths.map((path) => stat(join(root, path)).catch(() => null)));
  return found.some((each) => each?.isDirectory());
}

/** A folder that went, with notes or files in it. */
async function someStoredBelow(tx: Executor, vaultId: number, folders: string[]): Promise<boolean> {
  for (const folder of folders) {
    const below = `${folder.replace(/[\\%_]/g, '\\$&')}/%`;
    const notes = await tx.$count(note, and(eq(note.vaultId, vaultId), like(note.path, below)));
    if (
      notes > 0 ||
      (await tx.$count(file, and(eq(file.vaultId, vaultId), isNotNull(file.folderSize), like(file.path, below)))) > 0
    )
      return true;
  }
  return false;
}

function concernsAll(path: string): boolean {
  return WHOLE.has(path);
}

const isHidden = (path: string) => path.split('/').some((segment) => segment.startsWith('.'));

function couldBeHome(path: string): boolean {
  return isNotePath(path) && folderOf(path) === '';
}
