import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/**
 * Where the bytes of files are kept, by the id of their `object` row. The row is written after the bytes are durable, so
 * that a crash leaves at most bytes without a row.
 */
export type FileStore = {
  /** Writes all of `bytes` and returns how many there were; on failure nothing is left under `id`. */
  put(id: string, bytes: AsyncIterable<Uint8Array>): Promise<number>;
  /** Reads from byte `start` to byte `end`, inclusive. The stream fails when the object does not exist. */
  open(id: string, range?: { start: number; end: number }): Readable;
  /** Bytes stored, or null when there is no such object. */
  size(id: string): Promise<number | null>;
  /** Does nothing when there is no such object. */
  delete(id: string): Promise<void>;
  list(): AsyncGenerator<string>;
};

/** A store in a folder: `objects/<first two>/<id>`. */
export function folderStore(root: string): FileStore {
  const place = (id: string) => join(root, id.slice(0, 2), id);
  return {
    put: (id, bytes) => writeDurably(place(id), bytes),
    open: (id, range) => createReadStream(place(id), range),
    size: (id) =>
      stat(place(id)).then(
        (found) => found.size,
        () => null,
      ),
    delete: (id) => rm(place(id), { force: true }),
    list: () => listObjects(root),
  };
}

async function writeDurably(path: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
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
    await rename(temporary, path);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
  return size;
}

/** Makes the rename itself durable. Windows cannot open a folder, and needs no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function* listObjects(root: string): AsyncGenerator<string> {
  const folders = await opendir(root).catch(() => null);
  if (!folders) return;
  for await (const folder of folders) {
    if (!folder.isDirectory()) continue;
    for await (const object of await opendir(join(root, folder.name))) {
      if (!object.name.startsWith('.')) yield object.name;
    }
  }
}
