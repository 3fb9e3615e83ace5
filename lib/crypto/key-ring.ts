import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** Keys that encrypt other keys, by id; new ones are encrypted with the primary. */
export type KeyRing = { primary: string; keys: ReadonlyMap<string, Buffer> };

/** A file that should hold a key ring and does not. */
export class KeyRingError extends Error {}

const KEY_BYTES = 32;
const CHECK_BYTES = 8;
const file = z.object({
  version: z.literal(1),
  primary: z.string(),
  keys: z.record(z.string().regex(/^[a-z0-9-]{1,32}$/), z.base64()),
});

/** A ring of one new random key. */
export function makeRing(): KeyRing {
  return withNewKey({ primary: '', keys: new Map() });
}

/** The ring with one more random key, now the primary. */
export function withNewKey(ring: KeyRing): KeyRing {
  const id = randomBytes(4).toString('hex');
  return { primary: id, keys: new Map([...ring.keys, [id, randomBytes(KEY_BYTES)]]) };
}

/** The ring without these keys. Throws RangeError rather than give up the primary. */
export function withoutKeys(ring: KeyRing, ids: readonly string[]): KeyRing {
  if (ids.includes(ring.primary)) throw new RangeError('The primary key cannot be removed.');
  return { primary: ring.primary, keys: new Map([...ring.keys].filter(([id]) => !ids.includes(id))) };
}

/** The text of a key ring's file. */
export function writeRing({ primary, keys }: KeyRing): string {
  const encoded = Object.fromEntries([...keys].map(([id, key]) => [id, key.toString('base64')]));
  return `${JSON.stringify({ version: 1, primary, keys: encoded }, null, 2)}\n`;
}

/** Reads the text of a key ring's file. Throws {@link KeyRingError}, whose message never holds any of the text. */
export function readRing(text: string): KeyRing {
  const parsed = file.safeParse(parse(text));
  if (!parsed.success)
    throw new KeyRingError('The key ring is not one: it has to be the JSON file that was made first.');
  const keys = new Map(Object.entries(parsed.data.keys).map(([id, key]) => [id, Buffer.from(key, 'base64')]));
  for (const [id, key] of keys) {
    if (key.length !== KEY_BYTES)
      throw new KeyRingError(`The key ${id} of the key ring does not have ${KEY_BYTES} bytes.`);
  }
  if (!keys.has(parsed.data.primary)) throw new KeyRingError('The key ring does not hold its primary key.');
  return { primary: parsed.data.primary, keys };
}

/** Tells a key from another without telling anything of it: kept in the database, and compared at every start. */
export function checkValue(key: Uint8Array): Buffer {
  return createHmac('sha256', key).update('kcv').digest().subarray(0, CHECK_BYTES);
}

/** A key for one purpose, so that none is used with two algorithms. */
export function purposeKey(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), `trastienda/${purpose}`, KEY_BYTES));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
