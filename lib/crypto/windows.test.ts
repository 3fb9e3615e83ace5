import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
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

/** How long readers take over a block is what this says. */
let clock = 0;
afterEach(() => vi.restoreAllMocks());

/** Reads a message, holding each block until the one after it has come; stops after so many of them, closing or not asking on. */
async function readSome({ source, seed }: (typeof messages)[number], stop: number, took: number[]): Promise<boolean> {
  const message = await openMessage(lock, source);
  const blocks = message.blocks(0, message.size - 1);
  let held: Uint8Array | null = null;
  let right = true;
  for (let taken = 0; taken < stop; taken++) {
    const { done, value } = await blocks.next();
    await aWhile().then(aWhile); // the visitor is still taking the block before
    clock += took[taken % took.length] ?? 0;
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
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.constantFrom(...messages),
            fc.nat({ max: 15 }),
            fc.array(fc.constantFrom(0, 100, 5_000), { minLength: 1, maxLength: 6 }),
          ),
          { minLength: 2, maxLength: 12 },
        ),
        async (readers) => {
          const found = await Promise.all(readers.map((reader) => readSome(...reader)));
          expect(found.every((right) => right)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is two chunks for whoever crawls: one is taken, one waits, and none is read before it is asked for', async () => {
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    const [{ source }] = messages as [(typeof messages)[number]];
    const reads: Uint8Array[] = [];
    const read = (start: number, into: Uint8Array) => {
      reads.push(into);
      return source.read(start, into);
    };
    const message = await openMessage(lock, { size: source.size, read });
    const blocks = message.blocks(0, message.size - 1);
    for (let asked = 0; asked < 4; asked++, clock += 5_000) await blocks.next();
    reads.length = 0;
    for (let asked = 1; asked <= 5; asked++, clock += 5_000) {
      expect((await blocks.next()).value?.byteLength).toBe(CHUNK_BYTES);
      await aWhile().then(aWhile);
      expect(reads).toHaveLength(asked);
    }
    const memory = new Set(reads.map(({ buffer }) => buffer));
    expect([memory.size, ...[...memory].map((each) => each.byteLength)]).toEqual([2, SEALED_BYTES, SEALED_BYTES]);
    await message.close();
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
