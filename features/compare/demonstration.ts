import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq, lt, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { revision, vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { objects } from '@/features/files/objects';
import { noteHref } from '@/features/notes/href';
import { countUse } from '@/features/people/throttle';
import { applied } from '@/features/vaults/events';
import { publishText, VaultUnsettled } from '@/features/vaults/publish-text';
import { withNextWord, wordIn, wordOf } from '@/lib/compare/demonstration';
import { MODES, type WordLook } from '@/lib/compare/measured';
import { asOutsider } from './client';

/** The notes made for this, by the slug of the bundled vault. Nothing else is ever changed here. */
const PATHS = { en: 'Appendix/A note that changes.md', es: 'Apéndice/Una nota que cambia.md' } as const;
export const DEMONSTRATED = ['en', 'es'] as const;
export type Demonstrated = (typeof DEMONSTRATED)[number];

/** Changes from one address, and from everywhere, in each span of seconds. */
const LIMIT = 6;
const LIMIT_OF_ALL = 30;
const SPAN_SECONDS = 60;
/** Its texts that are kept: the others only say other words. */
const REVISIONS_KEPT = 20;
const WAIT_MS = 3_000;

export type Demonstration = { slug: Demonstrated; href: string; title: string; word: string };
type Found = Demonstration & { id: number; language: string; folder: string; revision: number };
export type Changed =
  | { as: 'changed'; word: string; href: string }
  | { as: 'wait'; seconds: number }
  /** Its vault is being imported. */
  | { as: 'busy' }
  /** There is no such note here, or this viewer may not read it. */
  | { as: 'missing' };

/** The note that this viewer may change, of the preferred vault if there is one; null when there is none. */
export async function findDemonstration(viewer: Viewer, preferred: string): Promise<Demonstration | null> {
  for (const slug of [...DEMONSTRATED].sort((one, other) => Number(other === preferred) - Number(one === preferred))) {
    const found = await find(viewer, slug);
    if (found) return { slug, href: found.href, title: found.title, word: found.word };
  }
  return null;
}

/**
 * Gives the note its next word and publishes it like any other change of a note. Only the bundled vault's own note, read
 * from the folder it came with, and only one word of it.
 */
export async function changeDemonstration(viewer: Viewer, slug: Demonstrated, from: string): Promise<Changed> {
  const found = await find(viewer, slug);
  if (!found) return { as: 'missing' };
  const { folder, language, href } = found;
  const path = PATHS[slug];
  const source = await readFile(join(folder, path), 'utf8').catch(() => '');
  const next = withNextWord(source, language, found.word);
  if (!next) return { as: 'missing' };
  const seconds =
    (await countUse(viewer, `change:${from}`, LIMIT, SPAN_SECONDS)) ||
    (await countUse(viewer, 'change', LIMIT_OF_ALL, SPAN_SECONDS));
  if (seconds > 0) return { as: 'wait', seconds };
  const { db } = database();
  try {
    const event = await publishText(db, { slug, folder, path, text: next.text, store: objects() });
    if (event !== null) await applied({ db }, event, WAIT_MS);
  } catch (error) {
    if (error instanceof VaultUnsettled) return { as: 'busy' };
    throw error;
  }
  const old = lt(revision.number, found.revision + 2 - REVISIONS_KEPT);
  await db.delete(revision).where(and(eq(revision.noteId, found.id), old));
  return { as: 'changed', word: next.word, href };
}

/** Which word each mode's page of that note shows now. */
export async function lookAtDemonstration(_viewer: Viewer, href: string): Promise<WordLook[]> {
  return asOutsider(1, async (client) => {
    const looks: WordLook[] = [];
    for (const mode of MODES) {
      const { body } = await client.ask(`/compare/${mode}${href}`, { 'accept-encoding': 'identity' });
      looks.push({ mode, word: wordIn(body.toString('utf8')) });
    }
    return looks;
  });
}

/** One query; of a vault with that name that is somebody's own, nothing is found. */
async function find(viewer: Viewer, slug: Demonstrated): Promise<Found | null> {
  const bundled = process.env.BUNDLED_VAULTS;
  const folder = bundled ? await realpath(join(bundled, slug)).catch(() => null) : null;
  if (folder === null) return null;
  const notes = readableNotes(viewer);
  const [row] = await database()
    .db.select({
      id: sql<number>`${notes.id}::int`,
      path: notes.path,
      address: notes.address,
      title: notes.title,
      access: notes.access,
      revision: notes.revision,
      source: revision.source,
      language: vault.language,
      homePath: vault.homePath,
    })
    .from(notes)
    .innerJoin(vault, eq(vault.id, notes.vaultId))
    .innerJoin(revision, and(eq(revision.noteId, notes.id), eq(revision.number, notes.revision)))
    .where(and(eq(vault.slug, slug), eq(vault.folder, folder), eq(notes.path, PATHS[slug])));
  const word = row ? wordOf(new TextDecoder().decode(row.source), row.language) : null;
  if (!row || word === null || row.access !== 'public') return null;
  const { id, title, language } = row;
  return { slug, id, title, language, word, folder, revision: row.revision, href: noteHref(slug, row, row.homePath) };
}
