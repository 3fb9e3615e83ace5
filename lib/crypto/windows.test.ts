import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { C256, CHUNK_BYTES, SEALED_BYTES } from './cobblestone';
import { encryptBytes, type Lock, openMessage } from './message';
import { CHUNKS_MOST, Windows } from './windows';

const lock: Lock = { instance: C256, key: randomBytes(32), context: Buffer.from('a place') };
const aWhile = () => new Promise((resolve) => setImmediate(resolve));
const messages = [1, 2].map((seed) => {
  const plaintext = Buffer.alloc(70 * CHUNK_BYTES + 9, seed);
  const stored = encryptBytes(lock, plaintext);
  /** Each read takes a while, as those of a disk do. */
  const read = async (start: number, into: Uint8Array) => {
    await aWhile();
    return into.subarray(0, stored.copy(into, 0, start));
  };
  return { plaintext, seed, source: { size: stored.length, read } };
});

/** Reads a message, holding each block until the one after it has come; stops after so many of them, closing or not asking on. */
async function readSome({ source, seed }: (typeof messages)[number], stop: number): Promise<boolean> {
  const message = await openMessage(lock, source);
  const blocks = message.blocks(0, message.size - 1);
  let held: Uint8Array | null = null;
  let right = true;
  for (let taken = 0; taken < stop; taken++) {
    const { done, value } = await blocks.next();
    await aWhile().then(aWhile); // the visitor is still taking the block before
    right &&= held === null || held.every((byte) => byte === seed);
    if (done) break;
    held = value;
  }
  void blocks.next().catch(() => {}); // on its way when the visitor leaves
  await message.close();
  return right;
}

describe('the memory of readers', () => {
  it('is never written to by two of them, whenever they stop', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...messages), fc.nat({ max: 12 })), { minLength: 2, maxLength: 12 }),
        async (readers) => {
          const found = await Promise.all(readers.map(([message, stop]) => readSome(message, stop)));
          expect(found.every((right) => right)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is kept back as long as somebody may write to it, then used again', async () => {
    const first = new Windows();
    const lent = first.next(100).buffer;
    let write = () => {};
    first.use(new Promise<void>((resolve) => (write = resolve))).catch(() => {});
    const closing = first.close();
    const second = new Windows();
    expect(second.next(100).buffer).not.toBe(lent);
    write();
    await closing;
    expect(new Windows().next(100).buffer).toBe(lent);
    expect(second.next(100).buffer.byteLength, 'who is slow holds little').toBeLessThan(
      second.next(CHUNKS_MOST * SEALED_BYTES).buffer.byteLength,
    );
    expect(() => first.next(1)).toThrow('closed');
    expect(() => second.next(CHUNKS_MOST * SEALED_BYTES + 1)).toThrow(RangeError);
  });
});
