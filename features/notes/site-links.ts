import { and, eq, exists, inArray, type SQL, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { link, note, vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';

/** First segments of the site's own addresses that notes may point at; '' is its home. */
const OPEN = new Set(['', 'compare', 'files', 'healthz', 'readyz', 'robots.txt', 'sitemap.xml', 'xray']);

/** Whether a target is an address of the site's own that everybody may open. */
export const isOpenToAll = (target: string): boolean => target.startsWith('/') && OPEN.has(split(target).slug);

/**
 * For each link that is read: whether its target is the address of a vault, of one of its lists or of a note of any vault that the
 * viewer may open. Part of a query for links, so that it costs no round trip.
 */
export function opensFor(viewer: Viewer): SQL<boolean> {
  const notes = readableNotes(viewer);
  const slug = sql`split_part(${link.target}, '/', 2)`;
  const rest = sql`substr(${link.target}, length(${slug}) + 3)`;
  const { db } = database();
  const inVault = eq(notes.vaultId, sql`(select ${vault.id} from ${vault} where ${vault.slug} = ${slug})`);
  const note = db
    .select({ one: sql`1` })
    .from(notes)
    .where(and(inVault, eq(notes.address, rest)));
  const anyNote = db.select({ one: sql`1` }).from(notes).where(inVault).orderBy(notes.sortKey).limit(1);
  // Not `exists`, which PostgreSQL would answer by reading every note once
  return sql<boolean>`(${link.target} like '/%' and
    case when ${rest} = '' or ${rest} like '-/%' then ${anyNote} else ${note} end is not null)`;
}

/**
 * Of the targets that begin with `/` and mean nothing in their vault, those that are an address of this site, whoever may open it:
 * for the report of an import. One query, none when none is asked.
 */
export async function allSiteLinks(tx: Executor, targets: string[]): Promise<Set<string>> {
  const places = targets.filter((target) => target.startsWith('/')).map((target) => ({ target, ...split(target) }));
  const below = places.filter(({ slug }) => !OPEN.has(slug));
  const rows = below.length === 0 ? [] : await readAddresses(tx, below);
  const known = new Set(rows.flatMap(({ slug, address }) => [slug, `${slug}/${address ?? ''}`]));
  const leads = ({ slug, rest }: { slug: string; rest: string }) =>
    OPEN.has(slug) || known.has(rest === '' || rest.startsWith('-/') ? slug : `${slug}/${rest}`);
  return new Set(places.filter(leads).map(({ target }) => target));
}

function split(target: string): { slug: string; rest: string } {
  const [slug = '', ...rest] = target.slice(1).split('/');
  return { slug, rest: rest.join('/') };
}

/** Each vault asked for that has any note, with those of the addresses asked for that it has. */
function readAddresses(tx: Executor, places: { slug: string; rest: string }[]) {
  const slugs = [...new Set(places.map(({ slug }) => slug))];
  const asked = [...new Set(places.map(({ rest }) => rest))];
  const some = tx.select({ one: sql`1` }).from(note).where(eq(note.vaultId, vault.id));
  return tx
    .select({ slug: vault.slug, address: note.address })
    .from(vault)
    .leftJoin(note, and(eq(note.vaultId, vault.id), inArray(note.address, asked)))
    .where(and(inArray(vault.slug, slugs), exists(some)));
}
