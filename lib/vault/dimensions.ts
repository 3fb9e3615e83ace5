import { open } from 'node:fs/promises';
import { imageSize } from 'image-size';
import { sniff } from './media';

/** Bytes read of a picture to learn its size: past the largest preview and colour profile a camera writes. */
const HEAD_BYTES = 512 * 1024;
const PIXELS_MAX = 65_535;

export type Dimensions = { width: number; height: number };

/** Width and height in pixels of a picture as it is shown (turned by its EXIF orientation), from its first bytes; null when they do not tell. */
export function dimensionsOf(head: Uint8Array): Dimensions | null {
  if (!sniff(head)?.startsWith('image/')) return null;
  try {
    const { width, height, orientation } = imageSize(head.subarray(0, HEAD_BYTES));
    const turned = orientation !== undefined && orientation >= 5;
    const size = { width: Math.round(turned ? height : width), height: Math.round(turned ? width : height) };
    return isPixels(size.width) && isPixels(size.height) ? size : null;
  } catch {
    return null;
  }
}

function isPixels(n: number): boolean {
  return n >= 1 && n <= PIXELS_MAX;
}

/** The same for a file on disk, of which at most 512 KiB are read. Rejects when it cannot be opened. */
export async function readDimensions(file: string): Promise<Dimensions | null> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return dimensionsOf(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
