import { and, eq, isNull, like, ne, or, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { link, note, vault as vaultTable } from '@/db/schema';
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
  if (touched.tree) return everyPage(tx, vault);
  if (touched.notes.size === 0) return null;
  const near = [...touched.notes, ...touched.linked]; // first what was edited: it is what is looked at next
  const ids = [...new Set([...near, ...(await embedders(tx, near))])];
  if (ids.length > NAMED_MAX) return everyPage(tx, vault);
  const change = await pagesOf(tx, ids);
  return {
    tags: ['site', `vault:${vault.slug}:lists`, ...change.tags],
    paths: [...change.paths, `/${vault.slug}/-/*`, ...SITE_PATHS],
  };
}

/** In the order of `ids`. */
async function pagesOf(tx: Executor, ids: number[]): Promise<Change> {
  const rows = await tx
    .select({
      id: note.id,
      slug: vaultTable.slug,
      homePath: vaultTable.homePath,
      address: note.address,
      path: note.path,
    })
    .from(note)
    .innerJoin(vaultTable, eq(vaultTable.id, note.vaultId))
    .where(among(note.id, ids));
  const paths = new Map(rows.map((row) => [row.id, noteHref(row.slug, row, row.homePath)]));
  return { tags: ids.map((id) => `note:${id}`), paths: ids.flatMap((id) => paths.get(id) ?? []) };
}

/** Pages of the site that list vaults or notes. */
const SITE_PATHS = ['/', '/-/*', '/sitemap.xml', '/sitemap/*'];

/** All of a vault and of its translations, and the notes of others that link to its addresses. */
async function everyPage(tx: Executor, vault: Vault): Promise<Change> {
  const slugs = [...new Set([vault.slug, ...Object.values(vault.translations)])];
  const outside = await linkingFromOutside(tx, vault);
  const theirs = await pagesOf(tx, [...new Set([...outside, ...(await embedders(tx, outside))])]);
  return {
    tags: ['site', ...slugs.map((slug) => `vault:${slug}`), ...theirs.tags],
    paths: [...slugs.flatMap((slug) => [`/${slug}`, `/${slug}/*`]), ...theirs.paths, ...SITE_PATHS],
  };
}

/** Notes of other vaults that name an address of this one (`/slug/…`), which is a link only while it leads somewhere. */
async function linkingFromOutside(tx: Executor, vault: Vault): Promise<number[]> {
  const rows = await tx
    .selectDistinct({ id: link.noteId })
    .from(link)
    .where(
      and(
        ne(link.vaultId, vault.id),
        isNull(link.toNote),
        isNull(link.toFile),
        or(eq(link.target, `/${vault.slug}`), like(link.target, `/${vault.slug}/%`)),
      ),
    );
  return rows.map((row) => row.id);
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

/** A link between two notes. */
export type Tie = { from: number; to: number };

/** The links from and to some notes, as they stand now. */
export async function tiesOf(tx: Executor, ids: number[]): Promise<Tie[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectDistinct({ from: link.noteId, to: link.toNote })
    .from(link)
    .where(or(among(link.noteId, ids), among(link.toNote, ids)));
  return rows.flatMap(({ from, to }) => (to ? [{ from, to }] : []));
}

/** What others show of a note that was written: its description beside their backlinks, the places in it they link to. */
export type Outside = { id: number; describedDifferently: boolean; otherPlaces: boolean };

/** The notes whose pages show something else because of their ties, before and now, to notes that were written. */
export function tiedDifferently(before: Tie[], now: Tie[], written: readonly Outside[]): Set<number> {
  const key = ({ from, to }: Tie) => `${from} ${to}`;
  const [had, has] = [new Set(before.map(key)), new Set(now.map(key))];
  const known = new Map(written.map((each) => [each.id, each]));
  const found = new Set<number>();
  for (const tie of [...before, ...now]) {
    const lasting = had.has(key(tie)) && has.has(key(tie));
    if (known.has(tie.from) && (!lasting || known.get(tie.from)?.describedDifferently)) found.add(tie.to);
    if (known.get(tie.to)?.otherPlaces) found.add(tie.from);
  }
  return found;
}
