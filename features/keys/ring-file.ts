import { chmod, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type KeyRing, KeyRingError, readRing, writeRing } from '@/lib/crypto/key-ring';
import { writeDurably } from '@/lib/durable';
import { noteLackOfKeys } from '@/lib/http/exchange';

/** Where the key ring is: `KEY_RING`, or `keys.json` in `DATA_DIR`. */
export function ringPath(): string {
  return resolve(process.env.KEY_RING || join(process.env.DATA_DIR ?? '.data', 'keys.json'));
}

let known: { path: string; stamp: string; ring: KeyRing } | null = null;

/** The key ring, read again when its file has changed: a rotation is another process. Rejects with `KeyRingError`. */
export async function keyRing(): Promise<KeyRing> {
  const ring = await findKeyRing();
  if (!ring) throw lacking(`There is no key ring at ${ringPath()}.`);
  return ring;
}

/** The key ring, or null when there is no file. Rejects with `KeyRingError` when the file cannot be read or is not one. */
export async function findKeyRing(): Promise<KeyRing | null> {
  const path = ringPath();
  try {
    const { ino, mtimeMs, size } = await stat(path);
    const stamp = `${ino} ${mtimeMs} ${size}`;
    if (known?.path !== path || known.stamp !== stamp)
      known = { path, stamp, ring: readRing(await readFile(path, 'utf8')) };
    return known.ring;
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (error.code === 'ENOENT') return null;
      throw lacking(`The key ring at ${path} cannot be read (${error.code}).`);
    }
    if (error instanceof KeyRingError) noteLackOfKeys();
    throw error;
  }
}

/** The error to throw for a ring that is not there; an answer that fails for it is a 503. */
export function lacking(problem: string): KeyRingError {
  noteLackOfKeys();
  return new KeyRingError(problem);
}

/** Writes the key ring so that a crash leaves the old or the new one, readable by its owner only. */
export async function saveKeyRing(ring: KeyRing): Promise<void> {
  async function* text() {
    yield Buffer.from(writeRing(ring));
  }
  await writeDurably(ringPath(), text());
  await chmod(ringPath(), 0o400);
}
