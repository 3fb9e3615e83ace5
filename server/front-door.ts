import type { IncomingMessage, Server } from 'node:http';
import { Trouble } from '@/lib/trouble';
import { createHttpServer } from './http';
import { type FindKept, openLane } from './lane';
import type { SiteResponse } from './response';

type Handle = (request: IncomingMessage, response: SiteResponse) => void;
/** The public port: taken at once, so that a taken one is known before anything long; answered once `open`. */
export type FrontDoor = {
  server: Server;
  open: (site: { handle: Handle; findKept: FindKept }) => void;
  close: () => Promise<void>;
  cut: () => void;
};

const DRAIN_MS = 5_000;
const STARTING = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>Trastienda</title><p lang="en">Starting…</p><p lang="es">Arrancando…</p>`;

/** Listens on `host` and `port`. */
export async function openFrontDoor(host: string, port: number): Promise<FrontDoor> {
  let handle: Handle = waiting;
  let find: FindKept = () => null;
  const server = createHttpServer((request, response) => handle(request, response));
  const lane = openLane(server, (asked) => find(asked));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const cut = () => {
    lane.cut();
    server.closeAllConnections();
  };
  const close = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(cut, DRAIN_MS);
      server.close(() => {
        clearTimeout(timer);
        resolve();
      });
      server.closeIdleConnections();
      lane.close();
    });
  const open: FrontDoor['open'] = (site) => {
    handle = site.handle;
    find = site.findKept;
  };
  return { server, open, close, cut };
}

function waiting(request: IncomingMessage, response: SiteResponse): void {
  const health = /^\/(?:healthz|readyz)(?:\?|$)/.test(request.url ?? '');
  response.writeHead(503, {
    'content-type': health ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': '1',
  });
  response.end(health ? '{"status":"starting","database":"starting"}\n' : STARTING);
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new Trouble(`Port ${port} is taken by another program. Choose another: PORT=${port + 1} npm start`);
  if (error.code === 'EACCES')
    return new Trouble(`Port ${port} is reserved to the administrator. Choose one above 1023: PORT=3000 npm start`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new Trouble(`HOST is ${host}, which is not an address of this computer.`);
  return error;
}
