import type { Observation } from '@/lib/observe/observation';
import { toOtlp } from '@/lib/observe/otlp';

/** Sent together at most, and kept while the collector is away; beyond that the newest are lost. */
const BATCH_MAX = 64;
const WAITING_MAX = 512;
const EVERY_MS = 2_000;
const PATIENCE_MS = 5_000;

export type Exporter = { add: (observation: Observation) => void; close: () => Promise<void> };

/** Sends what was seen to a collector: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request. Nobody waits for it. */
export function exportTraces(endpoint: string): Exporter {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  let waiting: Observation[] = [];
  let complained = false;
  const send = async () => {
    const batch = waiting.slice(0, BATCH_MAX);
    if (batch.length === 0) return;
    const sent = await post(url, JSON.stringify(toOtlp(batch)));
    if (sent === null) waiting = waiting.slice(batch.length);
    else if (!complained) console.error(`Traces are not taken at ${new URL(url).origin}: ${sent}`);
    complained = sent !== null;
  };
  let working: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    working = working.then(send);
  }, EVERY_MS);
  timer.unref();
  return {
    add: (observation) => {
      if (waiting.length < WAITING_MAX) waiting.push(observation);
    },
    close: async () => {
      clearInterval(timer);
      await working;
      await send();
    },
  };
}

/** Null when the collector took it; else why it did not. */
async function post(url: string, body: string): Promise<string | null> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answer.ok ? null : `status ${answer.status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
