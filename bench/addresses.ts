import { and, eq, inArray } from 'drizzle-orm';
import { connect } from '@/db/connection';
import { note, vault } from '@/db/schema';
import { noteHref } from '@/features/notes/href';
import type { Bench } from './bench';

/** The addresses on the site of notes of a vault, in the order of `paths`. */
export async function addressesOf(bench: Bench, slug: string, paths: string[]): Promise<string[]> {
  const connection = connect(bench.databaseUrl, { max: 1 });
  try {
    const rows = await connection.db
      .select({ address: note.address, path: note.path, homePath: vault.homePath })
      .from(note)
      .innerJoin(vault, eq(vault.id, note.vaultId))
      .where(and(eq(vault.slug, slug), inArray(note.path, paths)));
    return paths.map((path) => {
      const row = rows.find((each) => each.path === path);
      if (!row) throw new Error(`/${slug} has no note ${path}`);
      return noteHref(slug, row, row.homePath);
    });
  } finally {
    await connection.close();
  }
}
