import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import type { Address } from '../addresses';
import { createHttpServer, type Health } from '../http';
import type { SiteResponse } from '../response';
import { createSite, type Site } from '../site';

export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer; text: string };
export type Asked = { method?: string; headers?: Record<string, string>; body?: string; signal?: AbortSignal };
export type TestSite = Site & {
  ask: (path: string, options?: Asked) => Promise<Answer>;
  /** What reached Next, in order. */
  seen: { method: string; url: string; headers: IncomingHttpHeaders }[];
  stop: () => Promise<void>;
};

type Render = (request: IncomingMessage, response: SiteResponse) => void | Promise<void>;
const OWN = new Set(['', '-', '_next', 'api', 'files', 'search', 'feed']);

/** A whole site around a stand-in for Next, on a port of its own. */
export async function testSite(
  render: Render,
  lookup = async (_path: string): Promise<Address> => ({ as: 'page' }),
  invalidate: () => Promise<void> = async () => {},
  health: Health = async () => ({ status: 'ok', database: 'up' }),
): Promise<TestSite> {
  const seen: TestSite['seen'] = [];
  const site = await createSite({
    next: async (request, response) => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: { ...request.headers } });
      if (request.url === '/api/internal/invalidate') await invalidate().then(() => response.writeHead(204).end());
      else await render(request, response);
    },
    lookup,
    own: OWN,
    leads: (path) => !path.includes('never-was'),
    health,
    siteUrl: 'http://127.0.0.1',
  });
  const server = createHttpServer(site.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    await site.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { ...site, seen, stop, ask: (path, options) => ask(server, path, options) };
}

/** Answers as Next does for a page that is the same for everyone. */
export function staticPage(response: SiteResponse, html: string, headers: Record<string, string> = {}): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'x-nextjs-cache': 'HIT',
    'cache-control': 's-maxage=31536000',
    etag: '"nexts-own"',
    ...headers,
  });
  response.end(html);
}

function ask(
  server: Server,
  path: string,
  { method = 'GET', headers = {}, body, signal }: Asked = {},
): Promise<Answer> {
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('not listening');
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: address.port, path, method, headers, signal, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes, text: bytes.toString() });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
