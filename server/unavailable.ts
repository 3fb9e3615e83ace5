import { outage } from '@/db/outage';
import { wordsFor } from '@/lib/language/words';
import type { Trace } from '@/lib/observe/trace';
import type { Health } from './http';
import type { Language } from './language';
import type { SiteResponse } from './response';

/** What is away: the database, or the keys that open files, links and secrets. */
export type Lack = 'database' | 'keys';

const RETRY_SECONDS: Record<Lack, number> = { database: 5, keys: 60 };
/** How often somebody who waits for an answer has the database looked at. */
const LOOK_MS = 250;

/** Whether the database is away; `anew` for whoever has reason to doubt the last answer. */
export async function isAway(health: Health, anew = false): Promise<boolean> {
  return (await health(anew)).database === 'down';
}

/** What postgres.js and PostgreSQL say of a query that could not be asked, or whose connection was lost before the answer. */
const LOST =
  /^(?:CONNECT_TIMEOUT|CONNECTION_(?:CLOSED|ENDED|DESTROYED)|ECONNREFUSED|ECONNRESET|EPIPE|53300|57P0[123])$/;

/** Whether an error, or what it came from, is a lost connection to the database: it may be there again by now. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && LOST.test(String(error.code))) || isLost(error.cause);
}

/** Whether any query for an answer was lost that way, as far as it is observed. */
export function hasLost(trace: Trace | null): boolean {
  return trace?.spans.some(({ kind, facts }) => kind === 'query' && LOST.test(String(facts.failed))) ?? false;
}

/** Says, in place of an answer that may be in the making, that the page cannot be made now, and for lack of what. */
export function sendUnavailable(response: SiteResponse, language: Language, lack: Lack = 'database'): void {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-language': language,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    'cache-control': 'no-store',
    'retry-after': String(retrySeconds(lack)),
    vary: 'Accept-Language, Cookie',
  };
  response.answerInstead(503, headers, pageIn(language, lack));
}

/** Waits for an answer in the making, and gives it up when the database it waits for is away. */
export async function unlessAway(
  health: Health,
  response: SiteResponse,
  language: Language,
  making: Promise<void>,
): Promise<void> {
  let givenUp = false;
  const look = setInterval(async () => {
    if (givenUp || response.headersSent || !(await isAway(health)) || response.headersSent) return;
    givenUp = true;
    sendUnavailable(response, language);
  }, LOOK_MS);
  response.once('close', () => clearInterval(look));
  try {
    await making;
  } catch (error) {
    if (givenUp) return;
    if (!isLost(error) || response.headersSent) throw error;
    sendUnavailable(response, language);
  } finally {
    clearInterval(look);
  }
}

/** Not before the database can be there, when it is known how long it stays away. */
function retrySeconds(lack: Lack): number {
  const left = lack === 'database' ? outage().secondsLeft() : 0;
  return left > 0 ? Math.min(RETRY_SECONDS[lack], left + 1) : RETRY_SECONDS[lack];
}

function pageIn(language: Language, lack: Lack): string {
  const { locked, unavailable } = wordsFor(language);
  const { title, heading, text, again } = lack === 'keys' ? locked : unavailable;
  const left = lack === 'database' ? outage().secondsLeft() : 0;
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${retrySeconds(lack)}">
<title>${title}</title>
<style>:root{color-scheme:light dark;font:1.125rem/1.6 system-ui,sans-serif}body{max-width:34rem;margin:18vh auto;padding:0 1.5rem}h1{font-size:1.5rem;line-height:1.25}</style>
<h1>${heading}</h1>
<p>${text}</p>
<p>${left > 0 ? unavailable.onPurpose(left) : again}</p>
</html>
`;
}
