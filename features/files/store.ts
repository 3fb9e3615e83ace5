import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, opendir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { renameDurably, TEMPORARY, writeDurably } from '@/lib/durable';

/** Stored bytes, held open: they can be read to the end whatever happens to their name meanwhile. */
export type Opened = {
  size: number;
  /** Fills `into` from that byte on, but where they end, and gives back what it filled of it. */
  read: (start: number, into: Uint8Array) => Promise<Uint8Array>;
  close: () => Promise<void>;
};

/** Bytes that come little by little, and that no key names until they are kept. */
export type Part = Opened & {
  /** Adds to their end; one call at a time. */
  write: (bytes: readonly Uint8Array[]) => Promise<void>;
  /** Makes them durable and gives them their key. */
  keep: () => Promise<void>;
  discard: () => Promise<void>;
};

/**
 * Where the bytes of files are kept, by key. The row is written after the bytes are durable, so that a crash leaves at most
 * bytes without a row.
 */
export type FileStore = {
  /** Writes all of `bytes` and returns how many there were; on failure what was under `key` is still there. */
  put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<number>;
  /**
   * Begins bytes that come little by little. They outlive the process: {@link FileStore.resume} finds them. What was begun under
   * that key before, by whoever could not say so, is let go.
   */
  begin(key: string): Promise<Part>;
  /** What was begun and neither kept nor discarded, or null. */
  resume(key: string): Promise<Part | null>;
  /** Null when there are no such bytes. */
  open(key: string): Promise<Opened | null>;
  /** Bytes stored, or null when there are none. */
  size(key: string): Promise<number | null>;
  /** Does nothing when there are no such bytes. */
  delete(key: string): Promise<void>;
  list(): AsyncGenerator<{ key: string; writtenAt: Date }>;
  /** Removes what writes left that were cut off before that moment; returns how many. */
  prune(before: Date): Promise<number>;
};

/** A store in a folder: `<first two>/<key>`. */
export function folderStore(root: string): FileStore {
  const place = (key: string) => join(root, key.slice(0, 2), key);
  return {
    put: (key, bytes) => writeDurably(place(key), bytes),
    begin: async (key) => {
      await mkdir(dirname(place(key)), { recursive: true, mode: 0o700 });
      await rm(partPath(place(key)), { force: true });
      return partOf(await open(partPath(place(key)), NEW_PART, 0o600), place(key));
    },
    resume: async (key) => {
      const handle = await openIfThere(partPath(place(key)), 'r+');
      return handle && partOf(handle, place(key));
    },
    open: async (key) => {
      const handle = await openIfThere(place(key), 'r');
      return handle && openedFile(handle);
    },
    size: (key) =>
      stat(place(key)).then(
        (found) => found.size,
        () => null,
      ),
    delete: (key) => rm(place(key), { force: true }),
    list: () => listFiles(root),
    prune: (before) => prune(root, before),
  };
}

async function openIfThere(path: string, flags: string): Promise<FileHandle | null> {
  try {
    return await open(path, flags);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function openedFile(handle: FileHandle): Promise<Opened> {
  const { size } = await handle.stat();
  return {
    size,
    read: async (start, into) => {
      let filled = 0;
      while (filled < into.byteLength) {
        const { bytesRead } = await handle.read(into, filled, into.byteLength - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return into.subarray(0, filled);
    },
    close: () => handle.close(),
  };
}

/** What is begun lies beside what it will be, under a name that no key has. */
const partPath = (path: string) => join(dirname(path), `.${path.slice(dirname(path).length + 1)}.part`);
const PART = /^\.[0-9a-f-]{36}\.\d+\.part$/;
const NEW_PART = constants.O_CREAT | constants.O_EXCL | constants.O_RDWR;

async function partOf(handle: FileHandle, path: string): Promise<Part> {
  const opened = await openedFile(handle);
  let end = opened.size;
  return {
    ...opened,
    write: async (bytes) => {
      const { bytesWritten } = await handle.writev([...bytes], end);
      // Less is written when the disk is about to be full: the next call says so
      const all = bytes.reduce((sum, each) => sum + each.byteLength, 0);
      if (bytesWritten < all) throw Object.assign(new Error('The disk is full.'), { code: 'ENOSPC' });
      end += bytesWritten;
    },
    keep: async () => {
      await handle.sync();
      await handle.close();
      await renameDurably(partPath(path), path);
    },
    discard: async () => {
      await handle.close().catch(() => {});
      await rm(partPath(path), { force: true });
    },
  };
}

async function* listFiles(root: string): AsyncGenerator<{ key: string; writtenAt: Date }> {
  for await (const { folder, name } of entriesOf(root)) {
    if (name.startsWith('.')) continue;
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.isFile()) yield { key: name, writtenAt: found.mtime };
  }
}

async function prune(root: string, before: Date): Promise<number> {
  let removed = 0;
  for await (const { folder, name } of entriesOf(root)) {
    if (!TEMPORARY.test(name) && !PART.test(name)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (!found || found.mtime >= before) continue;
    await rm(path, { force: true });
    removed++;
  }
  return removed;
}

async function* entriesOf(root: string): AsyncGenerator<{ folder: string; name: string }> {
  const folders = await opendir(root).catch(() => null);
  if (!folders) return;
  for await (const folder of folders) {
    if (!folder.isDirectory()) continue;
    const path = join(root, folder.name);
    for await (const { name } of await opendir(path)) yield { folder: path, name };
  }
}
