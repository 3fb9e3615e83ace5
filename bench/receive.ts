import { connect } from 'node:net';

/** What was received over one connection: bytes of the body, and milliseconds to its first one and to its last. */
export type Received = { bytes: number; firstMs: number; ms: number };

/**
 * Asks for an address over a connection of its own and throws away what comes, as cheaply as it can be done. Rejects when
 * it is not answered with 200 or 206. `signal` ends it early.
 */
export function receive(url: string, range: string | null = null, signal?: AbortSignal): Promise<Received> {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const began = performance.now();
    let bytes = 0;
    let firstMs = 0;
    const socket = connect(Number(port), hostname, () => {
      const asked = range ? `Range: bytes=${range}\r\n` : '';
      socket.write(`GET ${pathname} HTTP/1.1\r\nHost: bench\r\n${asked}Connection: close\r\n\r\n`);
    });
    signal?.addEventListener('abort', () => socket.destroy(), { once: true });
    let head = '';
    socket.on('data', (chunk: Buffer) => {
      if (firstMs > 0) {
        bytes += chunk.length;
        return;
      }
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      if (!/^HTTP\/1\.1 20[06] /.test(head)) return void socket.destroy(new Error(`${url}: ${head.slice(0, 80)}`));
      bytes = head.length - end - 4;
      if (bytes > 0) firstMs = performance.now() - began;
      else head = head.slice(0, end + 4);
    });
    socket.once('error', reject);
    socket.once('close', () => resolve({ bytes, firstMs, ms: performance.now() - began }));
  });
}
