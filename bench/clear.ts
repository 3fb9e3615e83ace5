/**
 * Sends one file in clear, with the product's own HTTP server and its way of sending: what downloads would cost if nothing
 * were encrypted, checked or asked. `node --import tsx bench/clear.ts <file> <port>`
 */
import { open, stat } from 'node:fs/promises';
import { answerWithBody } from '@/lib/http/exchange';
import { planAnswer } from '@/lib/http/plan';
import { forwardDownload } from '@/server/downloads';
import { createHttpServer } from '@/server/http';

const [file = '', port = ''] = process.argv.slice(2);
const BLOCK_BYTES = 65_536;
const { size, mtime } = await stat(file);

async function* read(handle: Awaited<ReturnType<typeof open>>, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at <= end; ) {
    const block = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, end + 1 - at));
    const { bytesRead } = await handle.read(block, 0, block.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield block.subarray(0, bytesRead);
  }
}

createHttpServer((request, response) => {
  const headers = { get: (name: string) => request.headers[name]?.toString() ?? null };
  const plan = planAnswer({ method: request.method ?? 'GET', headers }, { size, etag: '"clear"', modified: mtime });
  const next = async () => {
    if (plan.send) {
      const handle = await open(file);
      answerWithBody({ blocks: read(handle, plan.send.start, plan.send.end), close: () => handle.close() });
    }
    response.writeHead(plan.status, plan.headers);
    response.end();
  };
  forwardDownload(next, request, response, { missing: async () => false, locked: () => {} }).catch(() =>
    response.destroy(),
  );
}).listen(Number(port), '127.0.0.1');
