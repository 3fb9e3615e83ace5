import { C256, ciphertextSize } from '@/lib/crypto/cobblestone';
import type { KeyRing } from '@/lib/crypto/key-ring';
import {
  encrypt,
  type Lock,
  type Message,
  openMessage,
  readUnfinished,
  type Sealer,
  startMessage,
} from '@/lib/crypto/message';
import { makeDek, unwrapDek, type WrappedKey } from '../keys/dek';
import type { FileStore, Part } from './store';

/** What stored bytes are: a file as it came, or a picture made from one. */
export type Role = 'original' | 'variant';
/** Where bytes are stored, and what opens them there. */
export type Shelf = { store: FileStore; ring: KeyRing; instance: string };
/** Which bytes: those of a row of `object` or `variant`, the nth time they were written. */
export type Place = { role: Role; id: string; version: number };
/** How they are encrypted, for their row. */
export type Envelope = WrappedKey & { version: number; alg: string };
/** A row as far as it tells where its bytes are and what opens them; version 0 is from before files were encrypted. */
export type Stored = {
  id: string;
  version: number;
  kekId: string | null;
  wrappedDek: Uint8Array | null;
  alg: string | null;
};

/** A row whose bytes are not in the store. */
export class LostBytes extends Error {
  constructor(key: string) {
    super(`The bytes ${key} are not in the store.`);
  }
}

const ALGORITHM = 'C256';
const ROLES: Record<Role, number> = { original: 0, variant: 1 };

/** The name of bytes in the store. Those from before files were encrypted have no version. */
export function keyOf({ id, version }: Pick<Stored, 'id' | 'version'>): string {
  return version === 0 ? id : `${id}.${version}`;
}

/** Bytes in the store for a file of that size. */
export const storedSize = (plaintextBytes: number): number => ciphertextSize(plaintextBytes);

/** Encrypts bytes with a key of their own and stores them durably; gives back what their row needs, and how many there were. */
export async function writeBytes(
  { store, ring, instance }: Shelf,
  place: Place,
  plaintext: AsyncIterable<Uint8Array>,
): Promise<Envelope & { size: number }> {
  const { dek, ...wrapped } = makeDek(ring);
  let size = 0;
  async function* counted() {
    for await (const part of plaintext) {
      size += part.byteLength;
      yield part;
    }
  }
  await store.put(keyOf(place), encrypt({ instance: C256, key: dek, context: contextOf(instance, place) }, counted()));
  return { ...wrapped, version: place.version, alg: ALGORITHM, size };
}

/** Begins to encrypt bytes that come little by little, with a key of their own; gives back what their row needs. */
export async function beginBytes(
  { store, ring, instance }: Shelf,
  place: Place,
): Promise<{ part: Part; message: Sealer; envelope: Envelope }> {
  const { dek, ...wrapped } = makeDek(ring);
  const message = startMessage({ instance: C256, key: dek, context: contextOf(instance, place) });
  const part = await store.begin(keyOf(place));
  await part.write([message.header]);
  return { part, message, envelope: { ...wrapped, version: place.version, alg: ALGORITHM } };
}

/** What has been written of bytes that were begun, as plaintext, as far as it is whole and authentic. Throws as {@link openBytes} does. */
export function readBegun(
  { ring, instance }: Shelf,
  role: Role,
  stored: Stored,
  part: Part,
): AsyncGenerator<Buffer, void> {
  return readUnfinished(lockOf(ring, instance, role, stored), part);
}

/**
 * Opens stored bytes for reading anywhere; `close` them afterwards. Rejects with {@link LostBytes}, `KeyTrouble` when the ring
 * does not hold their key, and `CipherError` when they are not what was written there.
 */
export async function openBytes({ store, ring, instance }: Shelf, role: Role, stored: Stored): Promise<Message> {
  const lock = lockOf(ring, instance, role, stored);
  const source = await store.open(keyOf(stored));
  if (!source) throw new LostBytes(keyOf(stored));
  try {
    const message = await openMessage(lock, source);
    const close = async () => {
      await message.close();
      await source.close();
    };
    return { ...message, close };
  } catch (error) {
    await source.close();
    throw error;
  }
}

function lockOf(ring: KeyRing, instance: string, role: Role, stored: Stored): Lock {
  const { id, version, kekId, wrappedDek, alg } = stored;
  if (version === 0 || kekId === null || wrappedDek === null || alg !== ALGORITHM)
    throw new Error(`The bytes ${keyOf(stored)} are not encrypted in a way this version knows.`);
  const key = unwrapDek(ring, { kekId, wrappedDek });
  return { instance: C256, key, context: contextOf(instance, { role, id, version }) };
}

/** Ties bytes to their row, their version and their site: exchanged with others, they do not open. */
function contextOf(instance: string, { role, id, version }: Place): Buffer {
  const numbers = Buffer.alloc(5);
  numbers.writeUInt32BE(version);
  numbers.writeUInt8(ROLES[role], 4);
  return Buffer.concat([Buffer.from('trastienda/file/v1\0', 'latin1'), uuidBytes(instance), uuidBytes(id), numbers]);
}

function uuidBytes(uuid: string): Buffer {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new RangeError(`${uuid} is no UUID.`);
  return bytes;
}
