import type { Database } from '@/db/connection';
import { folderOf, isNotePath } from '@/lib/vault/names';
import { readSettings, SETTINGS_FILE } from '@/lib/vault/settings';
import { look } from '@/lib/vault/walk';
import { type ImportOptions, importFolder } from './import';
import { makePlan } from './plan';
import { publish } from './publish';
import { lockVault, openVault } from './write-vault';

/** Beyond this many paths the whole folder is compared: it is then the cheaper way. */
const PATHS_MAX = 200;

export type PathsOptions = Omit<ImportOptions, 'dryRun'> & { slug: string };

/**
 * Takes over what happened to some paths of a vault's folder, at a cost that does not grow with the vault. Anything that
 * concerns the vault as a whole (its settings, its home note, very many paths) imports the whole folder instead.
 * Returns the event that running sites apply, or null when readers see no difference.
 */
export async function importPaths(db: Database, options: PathsOptions, paths: string[]): Promise<number | null> {
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
    return (await publish(tx, vault, plan, options)).event;
  });
  return event === 'whole' ? whole() : event;
}

function concernsAll(path: string): boolean {
  return path === SETTINGS_FILE || path.startsWith('.obsidian/');
}

function couldBeHome(path: string): boolean {
  return isNotePath(path) && folderOf(path) === '';
}
