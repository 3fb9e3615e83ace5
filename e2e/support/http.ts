import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export type Answer = {
  status: number;
  headers: IncomingHttpHeaders;
  /** As they came over the wire. */
  bytes: Buffer;
  /** Decoded. */
  text: string;
};
export type Asked = { method?: string; headers?: Record<string, string>; body?: string | Buffer };
export type Ask = (path: string, asked?: Asked) => Promise<Answer>;

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const PATIENCE_MS = 20_000;

/** Asks a site over HTTP/1.1 with exactly this path: nothing is normalised, followed or kept. */
export function askAt(port: number): Ask {
  return (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path, method, headers, agent, timeout: PATIENCE_MS };
      const request = httpRequest(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const text = decode(bytes, response.headers['content-encoding']).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text });
        });
      });
      request.on('timeout', () => request.destroy(new Error(`${method} ${path} is not answered`)));
      request.on('error', reject);
      request.end(body);
    });
}

/** The bytes behind a content encoding. */
export function decode(bytes: Buffer, encoding: string | undefined): Buffer {
  if (bytes.length === 0 || !encoding) return bytes;
  if (encoding === 'br') return brotliDecompressSync(bytes);
  if (encoding === 'gzip') return gunzipSync(bytes);
  throw new Error(`Unknown encoding ${encoding}`);
}

/** Writes bytes to the site as they are, and returns the status of its answer. */
export function sendRaw(port: number, head: string | Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(head));
    let answer = '';
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('not answered')));
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
      const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1];
      if (status) {
        resolve(Number(status));
        socket.destroy();
      }
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`closed without an answer: ${answer}`)));
  });
}
