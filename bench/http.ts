import { Agent, type IncomingHttpHeaders, request } from 'node:http';

/** An answer as it came over the wire: the body is not unpacked. */
export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer; ms: number; headMs: number };

const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const TIMEOUT_MS = 60_000;

/** Asks for an address over a connection that is kept. */
export function get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const asked = request(url, { agent, headers, timeout: TIMEOUT_MS }, (response) => {
      const headMs = performance.now() - began;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const ms = performance.now() - began;
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
          ms,
          headMs,
        });
      });
    });
    asked.once('timeout', () => asked.destroy(new Error(`${url} does not answer`)));
    asked.once('error', reject);
    asked.end();
  });
}
