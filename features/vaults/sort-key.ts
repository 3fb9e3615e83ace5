import { createHash } from 'node:crypto';
import { naturalKey } from '@/lib/text/fold';
import { baseName, folderOf } from '@/lib/vault/names';

/** With its vault's id, within one index entry of PostgreSQL (2,704 bytes). */
const BYTES_MAX = 2_400;

/**
 * Puts a vault's notes in the order its reader goes through them, compared byte by byte: folders before notes, each in natural
 * order; notes with an `order` property before those without. Different paths have different keys; beyond
 * {@link BYTES_MAX} of equal beginning the order is any, but fixed.
 */
export function sortKeyOf(path: string, order: number | null): string {
  const folders = folderOf(path).split('/').filter(Boolean);
  const name = `b${place(order)}${naturalKey(baseName(path))}`;
  const key = [...folders.map((folder) => `a${naturalKey(folder)}`), name].join('\u0001');
  if (Buffer.byteLength(key) <= BYTES_MAX) return key;
  return `${cut(key)}\u0001${createHash('sha256').update(path).digest('hex')}`;
}

/** Whole characters within the limit, the hash not counted. */
function cut(key: string): string {
  let bytes = 64 + 1;
  let end = 0;
  for (const character of key) {
    bytes += Buffer.byteLength(character);
    if (bytes > BYTES_MAX) break;
    end += character.length;
  }
  return key.slice(0, end);
}

const ORDER_MAX = 1e9;

function place(order: number | null): string {
  if (order === null) return '1';
  const shifted = Math.min(Math.max(order, -ORDER_MAX), ORDER_MAX) + ORDER_MAX;
  return `0${shifted.toFixed(3).padStart(15, '0')}`;
}
