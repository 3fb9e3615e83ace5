import { Agent, request } from 'node:http';

/** As browsers do, one connection serves many requests. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const BLOCK = Buffer.from(Array.from({ length: 1_000_000 }, (_, i) => (i * 7919 + (i >> 7)) & 255));

export type Sent = { status: number; headers: Record<string, string | string[] | undefined>; ms: number };

/** Sends a body of so many bytes, a different one for each `seed`, as fast as it is taken, and waits for the answer. */
export function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: { size: number; seed: number; before?: Buffer; after?: Buffer },
): Promise<Sent> {
  const { size, seed, before = Buffer.alloc(0), after = Buffer.alloc(0) } = body;
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const length = String(before.length + size + after.length);
    const asked = request(url, { method, headers: { ...headers, 'content-length': length }, agent }, (answer) => {
      answer.resume();
      answer.once('error', reject);
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, ms: performance.now() - began }),
      );
    });
    asked.once('error', reject);
    asked.write(before);
    let at = 0;
    const more = () => {
      while (at < size) {
        const block = Buffer.from(BLOCK.subarray(0, Math.min(BLOCK.length, size - at)));
        if (block.length >= 8) block.writeUInt32LE((seed * 1_000_003 + at) % 2 ** 32);
        at += block.length;
        if (!asked.write(block)) return void asked.once('drain', more);
      }
      asked.end(after);
    };
    more();
  });
}
