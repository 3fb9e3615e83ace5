import { desc, eq } from 'drizzle-orm';
import { database } from '@/db/connection';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { enterVault } from '@/features/vaults/queries';
import { noteCard } from './href';
import type { VaultFeed } from './page';

const FEED_MAX = 50;

/** The notes of a vault published last, newest first. Null when the viewer sees no note. */
export async function readFeed(viewer: Viewer, slug: string): Promise<VaultFeed | null> {
  const entered = await enterVault(viewer, slug);
  if (!entered) return null;
  const { vault, key } = entered;
  const notes = readableNotes(viewer);
  const rows = await database()
    .db.select({
      address: notes.address,
      path: notes.path,
      title: notes.title,
      description: notes.description,
      publishedAt: notes.publishedAt,
    })
    .from(notes)
    .where(eq(notes.vaultId, key.id))
    .orderBy(desc(notes.publishedAt), desc(notes.sortKey))
    .limit(FEED_MAX);
  return {
    vault,
    items: rows.map((row) => ({ ...noteCard(key, row), publishedAt: row.publishedAt.toISOString() })),
  };
}
