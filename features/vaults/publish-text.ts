import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Database } from '@/db/connection';
import type { FileStore } from '@/features/files/store';
import { readSettings } from '@/lib/vault/settings';
import { look } from '@/lib/vault/walk';
import { makePlan } from './plan';
import { publish } from './publish';
import { lockVault, openVault } from './write-vault';

/** The vault's settings were edited and are about to be imported: that goes first. */
export class VaultUnsettled extends Error {}

type Given = { slug: string; folder: string; path: string; text: string; store: FileStore };

/**
 * Gives one note of a vault another text, as if its file in the vault's folder said so; the file stays as it is, and wins
 * at the next import of it. Returns the event that running sites apply, or null when readers see no difference. Rejects
 * with {@link VaultUnsettled}, and with what an import rejects with; nothing is written then.
 */
export async function publishText(db: Database, { slug, folder, path, text, store }: Given): Promise<number | null> {
  const aside = await mkdtemp(join(tmpdir(), 'trastienda-text-'));
  try {
    await mkdir(join(aside, dirname(path)), { recursive: true });
    await writeFile(join(aside, path), text);
    return await db.transaction(async (tx) => {
      await lockVault(tx, slug);
      const read = await readSettings(folder);
      const vault = await openVault(tx, { slug, folder, read, entries: null });
      if (vault.again || vault.shownDifferently) throw new VaultUnsettled(slug);
      const plan = await makePlan(tx, vault.id, await look(aside, [path], read.settings), false, [path]);
      return (await publish(tx, { ...vault, folder: aside }, plan, { store })).event;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
