import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Entry } from './entry';
import { NOTE_BYTES_MAX } from './walk';

/**
 * The bytes of an entry that `walk` listed. Rejects when it is gone, unreadable, no longer a file inside the vault (a link may have been put in
 * its place since) or, for a note, has grown beyond what is imported.
 */
export async function readEntry(root: string, entry: Pick<Entry, 'path' | 'kind'>): Promise<Uint8Array> {
  const handle = await open(await locateEntry(root, entry.path));
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new Error('no longer a file');
    if (entry.kind === 'note' && stats.size > NOTE_BYTES_MAX) throw new Error(`too large (${stats.size} bytes)`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** The absolute path of a vault's file with every link followed. Rejects when it leads out of the vault, or is gone. */
export async function locateEntry(root: string, path: string): Promise<string> {
  const base = await realpath(root);
  const file = await realpath(join(base, path));
  if (!file.startsWith(base + sep)) throw new Error('leads out of the vault');
  return file;
}
