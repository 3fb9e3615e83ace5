import { or, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { link, note } from '@/db/schema';
import { noteHref } from '@/features/notes/href';
import { among } from './among';
import type { Change } from './events';

/** Beyond this many notes it is cheaper to forget the whole vault than to name them. */
const NAMED_MAX = 300;

export type Vault = { id: number; slug: string; homePath: string | null; translations: Record<string, string> };

/** What an import did to the notes of a vault, by id. */
export type Touched = {
  /** New or edited text, and notes one of whose links now leads elsewhere or to other bytes. */
  notes: Set<number>;
  /** Notes that touched notes linked to before and link to now: their backlinks changed. */
  linked: Set<number>;
  /** True when a title, an address, an access or the order changed, or a note came or went: every page's tree is old. */
  tree: boolean;
};

/** The cache tags to expire and the addresses to forget, or null when readers see no difference. */
export async function changeFor(tx: Executor, vault: Vault, touched: Touched): Promise<Change | null> {
  if (touched.tree) return wholeVault(vault);
  if (touched.notes.size === 0) return null;
  const near = [...touched.notes, ...touched.linked];
  const ids = [...new Set([...near, ...(await embedders(tx, near))])];
  if (ids.length > NAMED_MAX) return wholeVault(vault);
  const rows = await tx.select({ address: note.address, path: note.path }).from(note).where(among(note.id, ids));
  return {
    tags: ['site', `vault:${vault.slug}:lists`, ...ids.map((id) => `note:${id}`)],
    paths: [...rows.map((row) => noteHref(vault.slug, row, vault.homePath)), `/${vault.slug}/-/*`, ...SITE_PATHS],
  };
}

/** Pages of the site that list vaults or notes. */
const SITE_PATHS = ['/', '/-/*', '/sitemap.xml', '/sitemap/*'];

function wholeVault(vault: Vault): Change {
  const others = Object.values(vault.translations).filter((slug) => slug !== vault.slug);
  return {
    tags: ['site', ...[vault.slug, ...others].map((slug) => `vault:${slug}`)],
    paths: [...[vault.slug, ...others].flatMap((slug) => [`/${slug}`, `/${slug}/*`]), ...SITE_PATHS],
  };
}

/** The notes that show one of `ids` through embeds, at any depth. */
async function embedders(tx: Executor, ids: number[]): Promise<number[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    with recursive showing(id) as (
      select ${link.noteId} from ${link} where ${among(link.toNote, ids)} and ${link.kind} = 'embed'
      union
      select ${link.noteId} from showing join ${link} on ${link.toNote} = showing.id and ${link.kind} = 'embed'
    ) select id from showing limit ${NAMED_MAX + 1}`);
  return rows.map((row) => Number(row.id));
}

/** The notes that refer to one of these files. */
export async function notesWithFiles(tx: Executor, fileIds: string[]): Promise<number[]> {
  if (fileIds.length === 0) return [];
  const rows = await tx
    .selectDistinct({ id: link.noteId })
    .from(link)
    .where(among(link.toFile, fileIds, 'uuid'));
  return rows.map((row) => row.id);
}

/** The ends and starts of the links of some notes, as they stand now. */
export async function neighbours(tx: Executor, ids: number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ from: link.noteId, to: link.toNote })
    .from(link)
    .where(or(among(link.noteId, ids), among(link.toNote, ids)));
  return rows.flatMap((row) => (row.to ? [row.from, row.to] : [row.from]));
}
