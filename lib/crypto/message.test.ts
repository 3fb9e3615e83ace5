import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  C256,
  CHUNK_BYTES,
  CipherError,
  ciphertextSize,
  HEADER_BYTES,
  plaintextSize,
  SEALED_BYTES,
} from './cobblestone';
import {
  decryptBytes,
  encrypt,
  encryptBytes,
  type Lock,
  openMessage,
  readUnfinished,
  startMessage,
  unfinishedSize,
} from './message';

/** How many wrong messages are tried; `MUTATIONS=1000000` is the long mode. */
const MUTATIONS = Number(process.env.MUTATIONS ?? 3_000);

const lock: Lock = { instance: C256, key: randomBytes(32), context: Buffer.from('a place') };
const sourceOf = (bytes: Uint8Array) => ({
  size: bytes.byteLength,
  read: async (start: number, into: Uint8Array) => {
    const part = bytes.subarray(start, start + into.byteLength);
    into.set(part);
    return into.subarray(0, part.byteLength);
  },
});
async function collect(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}
/** Gives out one buffer again and again, as a reader of a file may. */
async function* inParts(bytes: Buffer, sizes: number[]): AsyncGenerator<Uint8Array> {
  const window = Buffer.alloc(Math.max(...sizes));
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const part = bytes.subarray(at, at + (sizes[i % sizes.length] ?? 1));
    at += part.length;
    yield window.subarray(0, part.copy(window));
  }
}

/** Sizes around the borders of the first five chunks. */
const sizes = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom(-1, 0, 1, 7_777))
  .map(([chunks, off]) => Math.max(0, chunks * CHUNK_BYTES + off));
const bytesOf = (size: number) => Buffer.from(Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 255));

describe('a message', () => {
  it('is what it was, once encrypted and decrypted, however it came', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1 }), async (size, parts) => {
        const plaintext = bytesOf(size);
        const ciphertext = await collect(encrypt(lock, inParts(plaintext, parts)));
        expect(ciphertext.length).toBe(ciphertextSize(size));
        expect(plaintextSize(ciphertext.length)).toBe(size);
        expect(decryptBytes(lock, ciphertext).equals(plaintext)).toBe(true);
        expect(decryptBytes(lock, encryptBytes(lock, plaintext)).equals(plaintext)).toBe(true);
      }),
    );
  });

  it('gives of any range exactly the slice', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (size, one, other) => {
        fc.pre(size > 0);
        const plaintext = bytesOf(size);
        const message = await openMessage(lock, sourceOf(encryptBytes(lock, plaintext)));
        const start = Math.min(one % size, other % size);
        const end = Math.max(one % size, other % size);
        const range = await collect(message.range(start, end));
        expect(range.equals(plaintext.subarray(start, end + 1))).toBe(true);
      }),
    );
  });

  it('has no bytes outside of it', async () => {
    const message = await openMessage(lock, sourceOf(encryptBytes(lock, bytesOf(10))));
    for (const [start, end] of [
      [0, 10],
      [-1, 3],
      [5, 4],
      [0.5, 2],
      [Number.NaN, 3],
    ] as const)
      await expect(collect(message.range(start, end))).rejects.toThrow(RangeError);
  });

  it('is encrypted otherwise each time', () => {
    expect(encryptBytes(lock, bytesOf(9)).equals(encryptBytes(lock, bytesOf(9)))).toBe(false);
  });
});

/** What may happen to stored bytes. Each makes some other bytes, or the same ones now and then. */
const damage: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.nat(), fc.nat({ max: 7 })).map(([at, bit]) => (bytes: Buffer) => {
      const index = at % bytes.length;
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ (1 << bit);
      return changed;
    }),
  },
  fc.nat().map((at) => (bytes: Buffer) => bytes.subarray(0, at % bytes.length)),
  fc.uint8Array({ minLength: 1, maxLength: 50 }).map((more) => (bytes: Buffer) => Buffer.concat([bytes, more])),
  fc.tuple(fc.nat(), fc.nat()).map(
    ([one, other]) =>
      (bytes: Buffer) =>
        swapChunks(bytes, one, other),
  ),
  fc.nat().map((at) => (bytes: Buffer) => spliceChunk(bytes, at, 0)),
  fc.nat().map((at) => (bytes: Buffer) => spliceChunk(bytes, at, 2)),
  fc.tuple(fc.nat(), fc.nat({ max: 99 })).map(([at, length]) => (bytes: Buffer) => {
    const start = at % bytes.length;
    return Buffer.from(bytes).fill(0, start, Math.min(bytes.length, start + length));
  }),
);

function chunksOf(bytes: Buffer): Buffer[] {
  const body = bytes.subarray(HEADER_BYTES);
  return Array.from({ length: Math.ceil(body.length / SEALED_BYTES) }, (_, i) =>
    body.subarray(i * SEALED_BYTES, (i + 1) * SEALED_BYTES),
  );
}
const joined = (bytes: Buffer, chunks: Buffer[]) => Buffer.concat([bytes.subarray(0, HEADER_BYTES), ...chunks]);

function swapChunks(bytes: Buffer, one: number, other: number): Buffer {
  const chunks = chunksOf(bytes);
  const [a, b] = [one % chunks.length, other % chunks.length];
  return joined(
    bytes,
    chunks.map((chunk, i) => (i === a ? chunks[b] : i === b ? chunks[a] : chunk) ?? chunk),
  );
}
function spliceChunk(bytes: Buffer, at: number, times: number): Buffer {
  const chunks = chunksOf(bytes);
  const index = at % chunks.length;
  return joined(
    bytes,
    chunks.flatMap((chunk, i) => (i === index ? Array<Buffer>(times).fill(chunk) : [chunk])),
  );
}

describe('a message that is not as it was written', () => {
  const samples = [0, 5, CHUNK_BYTES, 2 * CHUNK_BYTES + 9].map((size) => encryptBytes(lock, bytesOf(size)));
  const mutated = fc.tuple(fc.constantFrom(...samples), damage).map(([sample, change]) => ({
    sample,
    changed: change(sample),
  }));

  it('is refused whole', { timeout: 600_000 }, () => {
    let tried = 0;
    fc.assert(
      fc.property(mutated, ({ sample, changed }) => {
        if (changed.equals(sample)) return;
        tried++;
        expect(() => decryptBytes(lock, changed)).toThrow(CipherError);
      }),
      { numRuns: MUTATIONS },
    );
    expect(tried).toBeGreaterThan(MUTATIONS / 2);
  });

  it('gives no byte that was not there, and is refused by whoever reads it through', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async ({ sample, changed }) => {
        if (changed.equals(sample)) return;
        const given: Buffer[] = [];
        const reading = (async () => {
          const message = await openMessage(lock, sourceOf(changed));
          if (message.size > 0) for await (const part of message.range(0, message.size - 1)) given.push(part);
        })();
        await expect(reading).rejects.toThrow(CipherError);
        const bytes = Buffer.concat(given);
        expect(bytes.equals(decryptBytes(lock, sample).subarray(0, bytes.length))).toBe(true);
      }),
      { numRuns: Math.ceil(MUTATIONS / 10) },
    );
  });

  it('is refused with another key, another context, or as part of another message', async () => {
    const plaintext = bytesOf(2 * CHUNK_BYTES + 5);
    const [one, other] = [encryptBytes(lock, plaintext), encryptBytes(lock, plaintext)];
    for (const wrong of [
      { ...lock, key: randomBytes(32) },
      { ...lock, context: Buffer.from('another place') },
    ]) {
      expect(() => decryptBytes(wrong, one)).toThrow(CipherError);
      await expect(openMessage(wrong, sourceOf(one))).rejects.toThrow(CipherError);
    }
    const mixed = joined(one, [...chunksOf(one).slice(0, 1), ...chunksOf(other).slice(1)]);
    expect(() => decryptBytes(lock, mixed)).toThrow(CipherError);
  });

  it('is refused when its bytes become fewer while it is read', async () => {
    const stored = encryptBytes(lock, bytesOf(9 * CHUNK_BYTES));
    let size = stored.length;
    const message = await openMessage(lock, {
      size,
      read: (start, into) => sourceOf(stored.subarray(0, size)).read(start, into),
    });
    const range = message.blocks(0, message.size - 1);
    expect((await range.next()).done).toBe(false);
    size = HEADER_BYTES + 5 * SEALED_BYTES;
    await expect(collect(range)).rejects.toThrow(CipherError);
  });
});

describe('a message that comes little by little', () => {
  /** Cuts a buffer at these places. */
  const split = (bytes: Buffer, cuts: number[]) => {
    const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
    return [0, ...at].map((from, i) => bytes.subarray(from, at[i] ?? bytes.length));
  };

  it('is the same message wherever it is cut, each part being free to be written over', () => {
    fc.assert(
      fc.property(sizes, fc.array(fc.nat(), { maxLength: 12 }), (size, cuts) => {
        const plaintext = bytesOf(size);
        const message = startMessage(lock);
        const sealed = split(plaintext, cuts).flatMap((part) => {
          const lent = Buffer.from(part);
          const chunks = message.add(lent);
          lent.fill(0xee);
          return chunks;
        });
        expect(Buffer.concat(sealed).length % SEALED_BYTES).toBe(0);
        const ciphertext = Buffer.concat([message.header, ...sealed, ...message.end()]);
        expect(ciphertext.length).toBe(ciphertextSize(size));
        expect(decryptBytes(lock, ciphertext).equals(plaintext)).toBe(true);
      }),
    );
  });

  it('gives of any beginning of it the whole chunks that are there, and refuses less than a head', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (size, cut) => {
        const plaintext = bytesOf(size);
        const sealed = encryptBytes(lock, plaintext);
        const left = sealed.subarray(0, cut % (sealed.length + 1));
        const reading = collect(readUnfinished(lock, sourceOf(left)));
        if (left.length < HEADER_BYTES) return void (await expect(reading).rejects.toThrow(CipherError));
        const found = await reading;
        expect(found.length).toBe(unfinishedSize(left.length));
        expect(found.equals(plaintext.subarray(0, found.length))).toBe(true);
      }),
    );
  });

  it('gives of damaged bytes only what was there, and fails in no other way than being refused', async () => {
    const samples = [0, 5, CHUNK_BYTES, 3 * CHUNK_BYTES + 9].map((size) => encryptBytes(lock, bytesOf(size)));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...samples), damage, fc.nat(), async (sample, change, cut) => {
        const changed = change(sample);
        const left = changed.subarray(0, cut % (changed.length + 1));
        const given: Buffer[] = [];
        try {
          for await (const part of readUnfinished(lock, sourceOf(left))) given.push(part);
        } catch (error) {
          expect(error).toBeInstanceOf(CipherError);
          expect(given).toEqual([]);
        }
        const bytes = Buffer.concat(given);
        expect(bytes.equals(decryptBytes(lock, sample).subarray(0, bytes.length))).toBe(true);
      }),
      { numRuns: Math.ceil(MUTATIONS / 10) },
    );
  });

  it('is refused with another key or another context before anything is given', async () => {
    const sealed = sourceOf(encryptBytes(lock, bytesOf(2 * CHUNK_BYTES)));
    for (const wrong of [
      { ...lock, key: randomBytes(32) },
      { ...lock, context: Buffer.from('another place') },
    ])
      await expect(readUnfinished(wrong, sealed).next()).rejects.toThrow(CipherError);
  });
});
