import { CONTENT_MARK, type Measured, MODES, PROOF_HEADERS, type Run, readStamps } from '@/lib/compare/measured';

type Progress = (done: number, all: number, mode: Measured['mode'], modes: Measured[]) => void;

/**
 * Asks for one note in each mode `runs` times from this browser, one request at a time: the first with nothing at hand,
 * the others asking whether what is at hand still holds. Modes take turns, so that a slow moment is everyone's.
 */
export async function measureFromBrowser(
  page: string,
  runs: number,
  signal: AbortSignal,
  progress: Progress,
): Promise<Measured[]> {
  const modes: Measured[] = MODES.map((mode) => ({ mode, status: 0, runs: [], proof: [], stamps: [], arrivals: [] }));
  performance.setResourceTimingBufferSize(1_000);
  for (let turn = 0; turn < runs; turn++) {
    for (const [i, measured] of modes.entries()) {
      progress(turn * modes.length + i, runs * modes.length, measured.mode, modes);
      await ask(page, measured, turn === 0, signal);
    }
  }
  return modes;
}

async function ask(page: string, measured: Measured, cold: boolean, signal: AbortSignal): Promise<void> {
  const url = `/compare/${measured.mode}${page}`;
  const sent = performance.now();
  const answer = await fetch(url, { cache: cold ? 'reload' : 'no-cache', signal });
  const headers = performance.now() - sent;
  const { html, arrivals, content } = await receive(answer, sent);
  const complete = performance.now() - sent;
  const seen = await entryOf(url, sent);
  const run: Run = {
    cold,
    firstByte: seen ? seen.responseStart - seen.startTime : headers,
    content,
    complete: seen ? Math.max(seen.responseEnd - seen.startTime, content ?? 0) : complete,
    bytes: seen?.transferSize || (arrivals.at(-1)?.bytes ?? 0),
  };
  measured.runs.push(run);
  measured.status = answer.status;
  measured.stamps = readStamps(html);
  measured.proof = PROOF_HEADERS.flatMap((name): [string, string][] => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  if (cold) measured.arrivals = arrivals;
}

/** Reads an answer as it comes. */
async function receive(answer: Response, sent: number) {
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  const arrivals: Measured['arrivals'] = [];
  let html = '';
  let bytes = 0;
  let content: number | null = null;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    const at = performance.now() - sent;
    html += decoder.decode(value, { stream: true });
    bytes += value.byteLength;
    arrivals.push({ at, bytes });
    if (content === null && html.includes(CONTENT_MARK)) content = at;
  }
  return { html, arrivals, content };
}

/** What the browser itself noted of a request; it notes it a moment after its end. */
async function entryOf(url: string, since: number): Promise<PerformanceResourceTiming | null> {
  const address = new URL(url, location.href).href;
  for (let attempt = 0; attempt < 5; attempt++) {
    const entry = performance.getEntriesByName(address, 'resource').at(-1);
    if (entry instanceof PerformanceResourceTiming && entry.startTime >= since - 1 && entry.responseEnd > 0)
      return entry;
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  return null;
}
