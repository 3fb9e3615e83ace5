import type { Worker } from 'node:worker_threads';

/** Starts a thread that asks this very server for pages, on that many connections, giving up after that long. */
export type StartOutside = (sockets: number, patienceMs: number) => Worker;

declare global {
  /** Set by the server: the program of a thread cannot be part of Next's bundle. */
  var trastiendaOutside: StartOutside | undefined;
}

/** Throws where no server is. */
export function startOutside(sockets: number, patienceMs: number): Worker {
  if (!globalThis.trastiendaOutside) throw new Error('There is no server to ask.');
  return globalThis.trastiendaOutside(sockets, patienceMs);
}
