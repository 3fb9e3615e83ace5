import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { link } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { enterVault } from '@/features/vaults/queries';
import { noteHref } from './href';
import type { GraphPage } from './page';
import { readTree } from './tree';

/** Notes drawn; beyond these the picture says less, not more. The most linked come first. */
const NODES_MAX = 300;

/** The readable notes of a vault and the links between them. Null when the viewer sees no note. */
export async function readGraph(viewer: Viewer, slug: string): Promise<GraphPage | null> {
  const entered = await enterVault(viewer, slug);
  if (!entered) return null;
  const { vault, key } = entered;
  const [nodes, tree] = await Promise.all([readNodes(viewer, key.id), readTree(viewer, key, '', null)]);
  const places = new Map(nodes.map((node, place) => [node.id, place]));
  const pairs = await readPairs([...places.keys()]);
  const edges = pairs.flatMap(({ from, to }): [number, number][] => {
    const [a, b] = [places.get(from), places.get(to ?? 0)];
    return a === undefined || b === undefined ? [] : [[a, b]];
  });
  return {
    vault,
    nodes: nodes.map((node) => ({ href: noteHref(slug, node, key.homePath), title: node.title, links: node.links })),
    edges,
    omitted: vault.notes - nodes.length,
    tree,
  };
}

function readNodes(viewer: Viewer, vaultId: number) {
  const notes = readableNotes(viewer);
  const { db } = database();
  const degree = db
    .select({ id: link.toNote, links: sql<number>`count(*)::int`.as('links') })
    .from(link)
    .innerJoin(notes, eq(notes.id, link.noteId))
    .where(and(eq(link.vaultId, vaultId), ne(link.toNote, link.noteId)))
    .groupBy(link.toNote)
    .as('degree');
  const links = sql<number>`coalesce(${degree.links}, 0)`;
  return db
    .select({ id: notes.id, address: notes.address, path: notes.path, title: notes.title, links })
    .from(notes)
    .leftJoin(degree, eq(degree.id, notes.id))
    .where(eq(notes.vaultId, vaultId))
    .orderBy(desc(links), asc(notes.sortKey))
    .limit(NODES_MAX);
}

function readPairs(ids: number[]) {
  if (ids.length === 0) return Promise.resolve([]);
  return database()
    .db.selectDistinct({ from: link.noteId, to: link.toNote })
    .from(link)
    .where(and(inArray(link.noteId, ids), inArray(link.toNote, ids), ne(link.toNote, link.noteId)));
}
