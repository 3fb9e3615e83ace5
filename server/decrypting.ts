import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { OpenOnThread } from '@/lib/crypto/elsewhere';

type Waiting = { resolve: (length: number | null) => void; reject: (error: Error) => void };
type Thread = { open: OpenOnThread; close: () => Promise<void> };

const answer = z.object({ id: z.number(), length: z.number().nullable() });
/** One is as fast as a network; more serve several visitors. */
const THREADS_MOST = 4;
/** Small, to be swept often: each chunk that is opened leaves memory behind that only sweeping gives back. */
const YOUNG_MB = 2;

/**
 * Has what is stored encrypted opened on threads of their own, in turns. Should one fail, what it was opening is not given, and
 * everything after that is opened on the thread that asks.
 */
export function startDecrypting(root: string): { close: () => Promise<void> } {
  const many = Math.min(THREADS_MOST, Math.max(1, availableParallelism() - 1));
  const fail = (error: Error) => {
    console.error(`A thread that decrypts has failed: ${error.message}`);
    globalThis.trastiendaOpener = undefined;
  };
  const threads = Array.from({ length: many }, () => startThread(root, fail));
  let turn = 0;
  globalThis.trastiendaOpener = async (keys, first, sealed) => {
    const thread = threads[turn++ % threads.length];
    if (!thread) throw new Error('There is no thread.');
    return thread.open(keys, first, sealed);
  };
  return {
    close: async () => {
      globalThis.trastiendaOpener = undefined;
      await Promise.all(threads.map(({ close }) => close()));
    },
  };
}

function startThread(root: string, onFailure: (error: Error) => void): Thread {
  const worker = new Worker(path.join(root, 'server', 'decrypting-thread.mjs'), {
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const waiting = new Map<number, Waiting>();
  let ended: Error | null = null;
  let last = 0;
  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.unref();
  worker.on('message', (message) => {
    const { id, length } = answer.parse(message);
    waiting.get(id)?.resolve(length);
    waiting.delete(id);
  });
  worker.once('error', (error) => {
    onFailure(error);
    end(error);
  });
  worker.once('exit', () => end(new Error('The thread that decrypts has ended.')));
  return {
    open: ({ instance, key, nonce }, first, sealed) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        const id = ++last;
        waiting.set(id, { resolve, reject });
        // Copies: what is sent takes all the memory along that it is a view of
        const keys = { instance, key: Uint8Array.from(key), nonce: Uint8Array.from(nonce) };
        worker.postMessage({ id, keys, first, sealed });
      }),
    close: async () => void (await worker.terminate()),
  };
}
