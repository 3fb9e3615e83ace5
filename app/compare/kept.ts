import { cacheLife, cacheTag } from 'next/cache';
import { SAMPLE, sampleNote, sampleVault } from '@/app/sample';
import { keepUntilVaultChanges } from '@/app/tags';
import { anonymous } from '@/features/access/viewer';
import type { NotePage } from '@/features/notes/page';
import { readFrame, readNote } from '@/features/notes/queries';
import { findVault } from '@/features/vaults/queries';
import { processName } from '@/lib/observe/process';
import { tallying } from '@/lib/observe/trace';

/** A note as everyone may see it, with when, where and at what cost it was read. */
export type ReadNote = { note: NotePage | null; at: string; process: string; queries: number };

/** Seconds: shown at once, asked for anew by the first visitor after `revalidate`, and never older than `expire`. */
export const REVALIDATED = { stale: 30, revalidate: 15, expire: 300 } as const;

/** Kept until the note changes, apart for each mode that keeps one. */
export async function readUntilChanged(_mode: 'static' | 'partial', vault: string, address: string): Promise<ReadNote> {
  'use cache';
  keepUntilVaultChanges(vault, 'tree');
  const read = await readPublic(vault, address);
  if (read.note) cacheTag(`note:${read.note.id}`);
  return read;
}

/**
 * Kept for a while, whatever happens to the note's text meanwhile; what changes who may read, and what is where, is seen
 * at once: it expires the vault's tags.
 */
export async function readForAWhile(vault: string, address: string): Promise<ReadNote> {
  'use cache';
  cacheLife(REVALIDATED);
  cacheTag(`vault:${vault}`, `vault:${vault}:tree`);
  return readPublic(vault, address);
}

/** The frame of a vault's pages, for what is drawn before the note is there. */
export async function keptFrame(vault: string) {
  'use cache';
  keepUntilVaultChanges(vault, 'tree');
  return vault === SAMPLE ? { vault: sampleVault, folders: [] } : readFrame(anonymous, vault);
}

/** The language of a vault's pages. */
export async function keptLanguage(vault: string): Promise<string> {
  'use cache';
  keepUntilVaultChanges(vault, 'tree');
  if (vault === SAMPLE) return sampleVault.language;
  return (await findVault(anonymous, vault))?.language ?? 'en';
}

async function readPublic(vault: string, address: string): Promise<ReadNote> {
  const at = new Date().toISOString();
  const process = processName();
  if (vault === SAMPLE) return { note: sampleNote, at, process, queries: 0 };
  const { value: note, queries } = await tallying(() => readNote(anonymous, vault, address));
  return { note, at, process, queries };
}
