import path from 'node:path';
import { Worker } from 'node:worker_threads';

/** Lets the app ask this server for its pages as somebody outside would. */
export function allowOutside(root: string): void {
  const program = path.join(root, 'server', 'outside-client.mjs');
  globalThis.trastiendaOutside = (sockets, patienceMs) => {
    const { INTERNAL_PORT, INTERNAL_SECRET: secret } = process.env;
    return new Worker(program, {
      workerData: { port: Number(INTERNAL_PORT), secret, sockets, patienceMs },
      execArgv: [],
    });
  };
}
