import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { fold } from '@/lib/text/fold';
import { nameKey } from '@/lib/vault/names';
import { noteHref } from './href';
import type { Translation } from './page';

/**
 * The notes named by `keys` (`slug/path` without `.md`, as the `translation` property writes them, in any case) that the viewer may
 * read. One query; the others are left out.
 */
export async function readTranslations(viewer: Viewer, keys: string[]): Promise<Map<string, Translation>> {
  if (keys.length === 0) return new Map();
  const notes = readableNotes(viewer);
  const slugs = [...new Set(keys.map((key) => key.slice(0, key.indexOf('/'))))];
  const rows = await database()
    .db.select({
      slug: vault.slug,
      homePath: vault.homePath,
      language: sql<string>`coalesce(${notes.language}, ${vault.language})`,
      address: notes.address,
      path: notes.path,
      title: notes.title,
    })
    .from(notes)
    .innerJoin(vault, eq(vault.id, notes.vaultId))
    .where(and(inArray(vault.slug, slugs), inArray(notes.nameKey, [...new Set(keys.map(nameKey))])))
    .orderBy(asc(notes.id));
  return new Map(
    rows.map((row) => [
      fold(`${row.slug}/${row.path.replace(/\.md$/i, '')}`),
      { language: row.language, title: row.title, href: noteHref(row.slug, row, row.homePath) },
    ]),
  );
}

/** Those of `keys` that were found, in their order. */
export function pick(found: Map<string, Translation>, keys: string[]): Translation[] {
  return keys.flatMap((key) => found.get(fold(key)) ?? []);
}
