import type { Health } from './http';
import type { SiteResponse } from './response';

/** Says how the site is, to whoever watches over it: `/healthz` whether it runs, `/readyz` whether it can answer. */
export async function report(health: Health, response: SiteResponse, path: string): Promise<void> {
  const is = await health();
  const alive = path === '/healthz' && is.status !== 'starting';
  response.statusCode = alive || (is.status === 'ok' && is.database === 'up') ? 200 : 503;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.end(`${JSON.stringify(is)}\n`);
}

/** Leads to another address for good. */
export function redirect(response: SiteResponse, to: string, query: string): void {
  response.statusCode = 308;
  response.setHeader('location', to + query);
  response.setHeader('cache-control', 'public, max-age=0, must-revalidate');
  response.end();
}

const REASONS: Record<number, string> = {
  400: 'Bad request',
  403: 'This form was sent from another site',
  404: 'Not found',
  405: 'Method not allowed',
  413: 'Too large',
  414: 'Address too long',
};

/** Refuses a request, in plain text. */
export function refuse(response: SiteResponse, status: number, allow?: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  if (allow) response.setHeader('allow', allow);
  response.end(`${REASONS[status] ?? 'Error'}\n`);
}
