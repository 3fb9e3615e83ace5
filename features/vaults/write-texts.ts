import { inArray, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { noteTag, rendition, revision } from '@/db/schema';
import { COMPILER_VERSION } from '@/lib/markdown/compiled';
import { fold } from '@/lib/text/fold';
import { chunks } from './among';
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
  await tx
    .insert(revision)
    .values(pairs.map(({ ready, row }) => ({ noteId: row.id, number: row.revision, source: ready.bytes })))
    .onConflictDoNothing();
  const excluded = (name: string) => sql.raw(`excluded."${name}"`);
  await tx
    .insert(rendition)
    .values(
      pairs.map(({ ready: { compiled }, row }) => ({
        noteId: row.id,
        compiler: COMPILER_VERSION,
        html: compiled.html,
        slots: compiled.slots,
        outline: compiled.outline,
        blocks: compiled.blocks,
        text: compiled.text,
        unsupported: compiled.unsupported,
      })),
    )
    .onConflictDoUpdate({
      target: rendition.noteId,
      set: {
        compiler: excluded('compiler'),
        html: excluded('html'),
        slots: excluded('slots'),
        outline: excluded('outline'),
        blocks: excluded('blocks'),
        text: excluded('text'),
        unsupported: excluded('unsupported'),
      },
    });
}

/** Replaces the tags of a batch. */
export async function writeTags(
  tx: Executor,
  vaultId: number,
  batch: Ready[],
  idOf: (path: string) => number,
): Promise<void> {
  await tx.delete(noteTag).where(
    inArray(
      noteTag.noteId,
      batch.map((ready) => idOf(ready.path)),
    ),
  );
  const rows = batch.flatMap((ready) => {
    const tags = new Map(ready.compiled.tags.map((label) => [fold(label), label]));
    return [...tags].map(([key, label]) => ({ noteId: idOf(ready.path), vaultId, key, label }));
  });
  for (const part of chunks(rows)) await tx.insert(noteTag).values(part).onConflictDoNothing();
}
