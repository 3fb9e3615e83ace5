import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type KeyRing, readRing, writeRing } from '@/lib/crypto/key-ring';

/** Where the key ring is: `KEY_RING`, or `keys.json` in `DATA_DIR`. */
export function ringPath(): string {
  return resolve(process.env.KEY_RING || join(process.env.DATA_DIR ?? '.data', 'keys.json'));
}

let known: { path: string; stamp: string; ring: KeyRing } | null = null;

/**
 * The key ring, read again when its file has changed: a rotation is another process. Rejects with ENOENT when there is
 * none, and with `KeyRingError` when the file is not one.
 */
export async function keyRing(): Promise<KeyRing> {
  const path = ringPath();
  const { ino, mtimeMs, size } = await stat(path);
  const stamp = `${ino} ${mtimeMs} ${size}`;
  if (known?.path === path && known.stamp === stamp) return known.ring;
  const ring = readRing(await readFile(path, 'utf8'));
  known = { path, stamp, ring };
  return ring;
}

/** The key ring, or null when there is no file. Rejects with `KeyRingError` when the file is not one. */
export async function findKeyRing(): Promise<KeyRing | null> {
  return keyRing().catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Writes the key ring so that a crash leaves the old or the new one, readable by its owner only. */
export async function saveKeyRing(ring: KeyRing): Promise<void> {
  const path = ringPath();
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.keys-${randomUUID()}.tmp`);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(writeRing(ring));
    await handle.sync();
    await handle.close();
    await chmod(temporary, 0o400);
    await rename(temporary, path);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Windows cannot open a folder, and needs no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
