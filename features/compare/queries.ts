import { asc, eq, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { noteHref } from '@/features/notes/href';

/** Notes of one vault that are offered; the foot of every note leads here too. */
const OFFERED_MAX = 60;

export type Offered = { href: string; title: string; open: boolean };
export type OfferedVault = { title: string; language: string; notes: Offered[] };

/** The notes a viewer may compare, by vault and in reading order, the first of each. One query. */
export async function listOffered(viewer: Viewer): Promise<OfferedVault[]> {
  const notes = readableNotes(viewer);
  const { db } = database();
  const ranked = db
    .select({
      slug: vault.slug,
      vaultTitle: sql<string>`${vault.title}`.as('vault_title'),
      language: vault.language,
      homePath: vault.homePath,
      path: notes.path,
      address: notes.address,
      title: notes.title,
      access: notes.access,
      place: sql<number>`row_number() over (partition by ${vault.id} order by ${notes.sortKey})`.as('place'),
    })
    .from(notes)
    .innerJoin(vault, eq(vault.id, notes.vaultId))
    .as('ranked');
  const rows = await db
    .select()
    .from(ranked)
    .where(sql`${ranked.place} <= ${OFFERED_MAX}`)
    .orderBy(asc(ranked.vaultTitle), asc(ranked.slug), asc(ranked.place));
  const vaults = new Map<string, OfferedVault>();
  for (const row of rows) {
    const offered = vaults.get(row.slug) ?? { title: row.vaultTitle, language: row.language, notes: [] };
    offered.notes.push({
      href: noteHref(row.slug, row, row.homePath),
      title: row.title,
      open: row.access === 'public',
    });
    vaults.set(row.slug, offered);
  }
  return [...vaults.values()];
}
