import type { IncomingHttpHeaders } from 'node:http';
import { startOutside } from '@/lib/observe/outside';

const PATIENCE_MS = 10_000;

/** An answer of this very server, with when each piece came; milliseconds since it was asked for. */
export type Answer = {
  status: number;
  statusMessage: string;
  headers: IncomingHttpHeaders;
  rawHeaders: string[];
  body: Buffer;
  firstByte: number;
  complete: number;
  chunks: { at: number; bytes: Buffer }[];
};
type Received = Omit<Answer, 'body' | 'chunks'> & { chunks: { at: number; bytes: Uint8Array }[] };
type Message = { id: number; answer?: Received; error?: string };
type Waiting = { resolve: (answer: Answer) => void; reject: (error: Error) => void };

export type Client = {
  /** Asks for a path. Rejects when no whole answer comes. */
  ask: (path: string, headers: Record<string, string>) => Promise<Answer>;
};

/** Lets `use` ask this very server for its pages as somebody outside would, on that many connections. */
export async function asOutsider<T>(sockets: number, use: (client: Client) => Promise<T>): Promise<T> {
  const worker = startOutside(sockets, PATIENCE_MS);
  const waiting = new Map<number, Waiting>();
  const failAll = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('error', failAll);
  worker.on('exit', () => failAll(new Error('Whoever asked has left.')));
  worker.on('message', ({ id, answer, error }: Message) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (answer) asked?.resolve(whole(answer));
    else asked?.reject(new Error(error));
  });
  let last = 0;
  const ask: Client['ask'] = (path, headers) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, path, headers });
    });
  try {
    return await use({ ask });
  } finally {
    await worker.terminate();
  }
}

function whole(received: Received): Answer {
  const chunks = received.chunks.map(({ at, bytes }) => ({ at, bytes: Buffer.from(bytes) }));
  return { ...received, chunks, body: Buffer.concat(chunks.map(({ bytes }) => bytes)) };
}
