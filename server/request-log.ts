import type { IncomingMessage } from 'node:http';
import type { BlockList } from 'node:net';
import { visitorAddress } from './incoming';
import type { SiteResponse } from './response';

/** What the log says of one request; the secrets of links are left out, and what another site says of who signs in. */
export function logLine(
  request: IncomingMessage,
  response: SiteResponse,
  method: string,
  url: string | undefined,
  began: number,
  trusted: BlockList,
) {
  return {
    at: new Date().toISOString(),
    method,
    url: url?.replace(/^(\/(?:s|setup)\/)[^/?]+/, '$1…').replace(/^(\/api\/auth\/[^?]*)\?.*/s, '$1?…'),
    status: response.statusCode,
    ms: Math.round((performance.now() - began) * 10) / 10,
    bytes: response.getHeader('content-length'),
    from: visitorAddress(request, trusted),
    agent: request.headers['user-agent'],
  };
}
