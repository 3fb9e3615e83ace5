import { answerWithBody } from '@/lib/http/exchange';
import type { Answer } from './answer';

const NOT_FOUND = 'Not found\n';

/** Gives an answer to the server, its body past Next's streams. */
export function respond({ status, headers, body }: Answer, text: string | null = null): Response {
  if (body) answerWithBody(body);
  return new Response(text, { status, headers });
}

/** The answer for what does not exist, and for what the viewer may not see. */
export function respondMissing(): Response {
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-length': String(NOT_FOUND.length),
  };
  return respond({ status: 404, headers, body: null }, NOT_FOUND);
}
