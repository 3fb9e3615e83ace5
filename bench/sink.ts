/**
 * Writes the bodies it is sent into one file, in clear, and answers when the disk has them: what an upload would cost if nothing
 * were asked, checked, hashed or encrypted. `node bench/sink.ts <file> <port>`
 */
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';

const [file = '', port = ''] = process.argv.slice(2);

async function take(request: IncomingMessage): Promise<void> {
  const handle = await open(file, 'w');
  try {
    let at = 0;
    let writing: Promise<unknown> = Promise.resolve();
    for await (const part of request) {
      await writing; // while these are written, the next may come
      writing = handle.write(part, 0, part.length, at);
      at += part.length;
    }
    await writing;
    await handle.sync();
  } finally {
    await handle.close();
  }
}

createServer((request, response) => {
  take(request).then(
    () => response.end(),
    () => response.destroy(),
  );
}).listen(Number(port), '127.0.0.1');
