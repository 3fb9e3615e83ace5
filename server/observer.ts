import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Observation, visitorKey } from '@/lib/observe/observation';
import { observatory } from '@/lib/observe/observatory';
import { redactHeaders, redactPath, redactQuery } from '@/lib/observe/redact';
import { hasSession } from './incoming';
import type { Target } from './paths';
import type { SiteResponse } from './response';

/** Built files, health and the site's talk with itself are no pages. */
const UNSEEN = /^\/(?:_next\/|healthz$|readyz$|api\/internal\/|favicon\.ico$|icon\.svg$|apple-icon\.png$|xray(?:\/|$))/;

/** Told when the answer is over. */
export type OnEnd = (observation: Observation) => void;

/**
 * Begins to observe one request, and keeps what was seen once its answer is over. Null for what nobody looks at.
 * Everything is read from what is at hand anyway: nothing of the answer waits for it.
 */
export function beginObservation(
  request: IncomingMessage,
  response: SiteResponse,
  { path, query }: Target,
  { address, variant, probe = null, onEnd }: { address: string; variant: string; probe?: string | null; onEnd?: OnEnd },
): Observation | null {
  if (UNSEEN.test(path)) return null;
  const origin = performance.now();
  const { socket, headers, method = 'GET' } = request;
  const written = socket.bytesWritten;
  const observation: Observation = {
    trace: { id: probe ?? randomBytes(16).toString('hex'), origin, spans: [], omitted: 0, person: null },
    at: new Date().toISOString(),
    visitor: visitorKey(address, headers['user-agent'] ?? null),
    probe: probe !== null,
    request: {
      method,
      path: redactPath(decodeURI(path)),
      query: redactQuery(query),
      headers: redactHeaders(headers),
      session: hasSession(request),
    },
    response: null,
    page: { path, variant },
    files: observatory().files,
    source: 'server',
  };
  response.once('close', () => {
    const end = performance.now() - origin;
    observation.response = {
      status: response.statusCode,
      headers: redactHeaders(headersSent(response)),
      bytes: Math.max(0, socket.bytesWritten - written),
      head: response.headAt === null ? end : response.headAt - origin,
      end,
      cut: !response.writableFinished,
    };
    observatory().add(observation);
    onEnd?.(observation);
  });
  return observation;
}

/** The headers as they left, where Node keeps them; a kept page's are in no other place. */
function headersSent(response: SiteResponse): Record<string, number | string | string[] | undefined> {
  const head: unknown = Reflect.get(response, '_header');
  if (typeof head !== 'string') return response.getHeaders();
  const sent = new Map<string, string[]>();
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).toLowerCase();
    sent.set(name, [...(sent.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return Object.fromEntries(sent);
}
