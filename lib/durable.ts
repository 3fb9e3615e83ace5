import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What an unfinished write leaves behind when the process dies in it. */
export const TEMPORARY = /^\.[0-9a-f-]{36}\.tmp$/;

/**
 * Writes a file, readable by its owner only, so that after a crash there is the old one or the whole new one: another name
 * in the same folder, fsync, rename, fsync of the folder. Returns how many bytes there were; leaves nothing on failure.
 */
export async function writeDurably(path: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  const handle = await open(temporary, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of bytes) {
      await handle.writeFile(chunk);
      size += chunk.byteLength;
    }
    await handle.sync();
    await handle.close();
    await renameDurably(temporary, path);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
  return size;
}

/** Gives a file that is already durable its name, in the same folder, durably. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(dirname(to));
}

/** Makes the rename itself durable. Windows cannot open a folder, and needs no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
