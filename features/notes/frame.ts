import { count, eq, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { findVault } from '@/features/vaults/queries';
import type { VaultCard } from './page';

export type FolderCount = { folder: string; notes: number };
/** What is around every note of a vault, and stays as it is when the text of one changes. */
export type VaultFrame = { vault: VaultCard; folders: FolderCount[] };

/** The frame of a vault for one viewer: counting looks at each note, so whoever makes many pages reads it once. */
export async function readFrame(viewer: Viewer, slug: string): Promise<VaultFrame | null> {
  const [card, folders] = await Promise.all([findVault(viewer, slug), countFolders(viewer, slug)]);
  return card && { vault: card, folders };
}

/** How many readable notes are in each folder of a vault, without those below it. */
export async function countFolders(viewer: Viewer, slug: string): Promise<FolderCount[]> {
  const notes = readableNotes(viewer);
  return database()
    .db.select({ folder: notes.folder, notes: count() })
    .from(notes)
    .where(eq(notes.vaultId, sql`(select ${vault.id} from ${vault} where ${vault.slug} = ${slug})`))
    .groupBy(notes.folder);
}
