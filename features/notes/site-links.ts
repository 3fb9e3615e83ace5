import { and, eq, exists, inArray, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { note, vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';

/** First segments of the site's own addresses that notes may point at; '' is its home. */
const OPEN = new Set(['', 'compare', 'files', 'healthz', 'readyz', 'robots.txt', 'sitemap.xml', 'xray']);

/**
 * Of the targets that begin with `/` and mean nothing in their vault, those that are an address of this site which the
 * viewer may open: the site's own pages, a vault and its lists, a note of any vault. One query, none when none is asked.
 */
export function readSiteLinks(viewer: Viewer, targets: string[]): Promise<Set<string>> {
  return leading(database().db, readableNotes(viewer), targets);
}

/** The same, whoever may open them: for the report of an import. */
export function allSiteLinks(tx: Executor, targets: string[]): Promise<Set<string>> {
  return leading(tx, note, targets);
}

type Notes = ReturnType<typeof readableNotes> | typeof note;

async function leading(tx: Executor, notes: Notes, targets: string[]): Promise<Set<string>> {
  const places = targets.filter((target) => target.startsWith('/')).map((target) => ({ target, ...split(target) }));
  const below = places.filter(({ slug }) => !OPEN.has(slug));
  const rows = below.length === 0 ? [] : await readAddresses(tx, notes, below);
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
function readAddresses(tx: Executor, notes: Notes, places: { slug: string; rest: string }[]) {
  const slugs = [...new Set(places.map(({ slug }) => slug))];
  const asked = [...new Set(places.map(({ rest }) => rest))];
  const some = tx.select({ one: sql`1` }).from(notes).where(eq(notes.vaultId, vault.id));
  return tx
    .select({ slug: vault.slug, address: notes.address })
    .from(vault)
    .leftJoin(notes, and(eq(notes.vaultId, vault.id), inArray(notes.address, asked)))
    .where(and(inArray(vault.slug, slugs), exists(some)));
}
