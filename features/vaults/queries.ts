import { asc, count, eq, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import type { VaultCard } from '@/features/notes/page';
import { interfaceLanguage } from '@/lib/language/words';

/** The vaults in which the viewer may read at least one note, by title. */
export async function listVaults(viewer: Viewer): Promise<VaultCard[]> {
  const rows = await cards(viewer).orderBy(asc(vault.title), asc(vault.slug));
  return rows.map((row) => vaultCard(viewer, row));
}

/** One vault, or null when there is none or the viewer may read nothing in it. */
export async function findVault(viewer: Viewer, slug: string): Promise<VaultCard | null> {
  return (await enterVault(viewer, slug))?.vault ?? null;
}

/** What reading on in a vault takes; it never leaves the server, since it may name a note the viewer may not read. */
export type VaultKey = { id: number; slug: string; homePath: string | null };

/** The same, with the key to read on in it. */
export async function enterVault(viewer: Viewer, slug: string): Promise<{ vault: VaultCard; key: VaultKey } | null> {
  const [row] = await cards(viewer).where(eq(vault.slug, slug));
  return row ? { vault: vaultCard(viewer, row), key: { id: row.id, slug: row.slug, homePath: row.homePath } } : null;
}

function cards(viewer: Viewer) {
  const notes = readableNotes(viewer);
  return database()
    .db.select({
      id: vault.id,
      homePath: vault.homePath,
      slug: vault.slug,
      title: vault.title,
      description: sql<string>`coalesce(${vault.description}, '')`,
      language: vault.language,
      notes: count(),
      publishedAt: vault.publishedAt,
    })
    .from(vault)
    .innerJoin(notes, eq(notes.vaultId, vault.id))
    .groupBy(vault.id)
    .$dynamic();
}

type CardRow = Awaited<ReturnType<typeof cards>>[number];

function vaultCard(viewer: Viewer, row: CardRow): VaultCard {
  return {
    slug: row.slug,
    href: `/${row.slug}`,
    title: row.title,
    description: row.description,
    language: row.language,
    chrome: (viewer.kind === 'person' ? viewer.language : null) ?? interfaceLanguage(row.language),
    notes: row.notes,
    publishedAt: row.publishedAt.toISOString(),
  };
}
