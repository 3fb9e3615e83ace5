import { asc, eq, gt } from 'drizzle-orm';
import { database } from '@/db/connection';
import { vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { noteHref } from './href';
import type { Translation } from './page';
import { pick, readTranslations } from './translations';

const BATCH = 1_000;

export type SiteAddress = {
  href: string;
  /** ISO 8601. */
  publishedAt: string;
  language: string;
  translations: Translation[];
};

/** Every address the viewer may read, in batches, by note id: nothing is held in memory but one batch. */
export async function* listAddresses(viewer: Viewer): AsyncGenerator<SiteAddress[]> {
  for (let after = 0; ; ) {
    const batch = await readBatch(viewer, after);
    if (batch.length === 0) return;
    after = batch[batch.length - 1]?.id ?? after;
    const found = await readTranslations(viewer, [...new Set(batch.flatMap((row) => row.translations))]);
    yield batch.map((row) => ({
      href: noteHref(row.slug, row, row.homePath),
      publishedAt: row.publishedAt.toISOString(),
      language: row.language ?? row.vaultLanguage,
      translations: pick(found, row.translations),
    }));
  }
}

function readBatch(viewer: Viewer, after: number) {
  const notes = readableNotes(viewer);
  return database()
    .db.select({
      id: notes.id,
      slug: vault.slug,
      homePath: vault.homePath,
      vaultLanguage: vault.language,
      language: notes.language,
      address: notes.address,
      path: notes.path,
      translations: notes.translations,
      publishedAt: notes.publishedAt,
    })
    .from(notes)
    .innerJoin(vault, eq(vault.id, notes.vaultId))
    .where(gt(notes.id, after))
    .orderBy(asc(notes.id))
    .limit(BATCH);
}
