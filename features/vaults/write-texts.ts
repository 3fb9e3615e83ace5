import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { noteTag, rendition, revision } from '@/db/schema';
import { COMPILER_VERSION } from '@/lib/markdown/compiled';
import { fold } from '@/lib/text/fold';
import { among, chunks } from './among';
import { insertRows, replacing } from './insert-rows';
import type { Ready } from './write-notes';

/** Keeps each note's bytes as a revision, and its compiled form. */
export async function writeTexts(
  tx: Executor,
  batch: Ready[],
  written: { id: number; path: string; revision: number }[],
) {
  const rows = new Map(written.map((row) => [row.path, row]));
  const pairs = batch.flatMap((ready) => {
    const row = rows.get(ready.path);
    return row ? [{ ready, row }] : [];
  });
  const revisions = pairs.map(({ ready, row }) => ({ noteId: row.id, number: row.revision, source: ready.bytes }));
  await insertRows(tx, revision, revisions, sql`on conflict do nothing`);
  const renditions = pairs.map(({ ready: { compiled }, row }) => ({
    noteId: row.id,
    compiler: COMPILER_VERSION,
    html: compiled.html,
    slots: compiled.slots,
    outline: compiled.outline,
    blocks: compiled.blocks,
    text: compiled.text,
    unsupported: compiled.unsupported,
  }));
  const set = replacing(rendition, ['compiler', 'html', 'slots', 'outline', 'blocks', 'text', 'unsupported']);
  await insertRows(tx, rendition, renditions, sql`on conflict (note_id) do update set ${set}`);
}

/** Replaces the tags of a batch. */
export async function writeTags(
  tx: Executor,
  vaultId: number,
  batch: Ready[],
  idOf: (path: string) => number,
): Promise<void> {
  await tx.delete(noteTag).where(
    among(
      noteTag.noteId,
      batch.map((ready) => idOf(ready.path)),
    ),
  );
  const rows = batch.flatMap((ready) => {
    const tags = new Map(ready.compiled.tags.map((label) => [fold(label), label]));
    return [...tags].map(([key, label]) => ({ noteId: idOf(ready.path), vaultId, key, label }));
  });
  for (const part of chunks(rows)) await insertRows(tx, noteTag, part, sql`on conflict do nothing`);
}
