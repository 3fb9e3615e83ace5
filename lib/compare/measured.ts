import type { Mode } from '@/lib/language/words';

export const MODES: readonly Mode[] = ['static', 'revalidated', 'partial', 'streamed', 'dynamic'];

/** One answer as its receiver saw it. Times are milliseconds since the request was sent. */
export type Run = {
  /** Nothing of the page was at hand; otherwise it was asked whether what was at hand still holds. */
  cold: boolean;
  firstByte: number;
  /** The first bytes of the note's own text. Null when they never came. */
  content: number | null;
  complete: number;
  /** Over the wire, compressed, headers included where they are known. */
  bytes: number;
};

/** When a part of an answer says it was made. */
export type ReadStamp = {
  part: string;
  at: string;
  process: string;
  queries: number;
  label: string;
};

/** The word that a mode's page of the note that changes shows; null when it shows none. */
export type WordLook = { mode: Mode; word: string | null };

/** What was measured of one mode. */
export type Measured = {
  mode: Mode;
  status: number;
  runs: Run[];
  /** Headers that prove the mode, of the last answer. */
  proof: [name: string, value: string][];
  stamps: ReadStamp[];
  /** Of the first run: when each piece came, and how much of the page was there then. */
  arrivals: { at: number; bytes: number }[];
};

/** Measurements of one note, by whom and when they were taken. */
export type Measurement = { from: 'browser' | 'server'; at: string; modes: Measured[] };

/** What each mode answered while the database was away, on purpose. */
export type Rehearsal = {
  page: string;
  /** ISO 8601: when it went away. */
  at: string;
  seconds: number;
  modes: Measured[];
  /** Until it answered again, counted from the end; null when it had not yet. */
  backMs: number | null;
};

/** How long one visitor waits alone, and each of several who come at the same moment. Milliseconds. */
export type Crowd = { mode: Mode; status: number; alone: number[]; together: number[] };

/** What medians may differ by from those of another program on the same machine, a busy one too, whichever is more; a test holds it. */
export const MARGIN = { milliseconds: 5, share: 0.4 } as const;

export const METRICS = ['firstByte', 'content', 'complete'] as const;
export type Metric = (typeof METRICS)[number];

/** A distribution in a few numbers: half of the values lie between `low` and `high`. */
export type Summary = { runs: number; median: number; p95: number; low: number; high: number; least: number };

/** Sums up some values; null when there are none. Percentiles are values that were measured (nearest rank). */
export function summarise(values: readonly number[]): Summary | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? at(0.5) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return { runs: sorted.length, median, p95: at(0.95), low: at(0.25), high: at(0.75), least: sorted[0] ?? Number.NaN };
}

/** The values of one metric in all the runs, or in the cold or warm ones only. */
export function valuesOf(measured: Measured, metric: Metric, cold?: boolean): number[] {
  return measured.runs.flatMap((run) => {
    const value = run[metric];
    return value === null || (cold !== undefined && run.cold !== cold) ? [] : [value];
  });
}

/** The middle size of the answers, cold or warm; null when there was none. */
export const bytesOf = (measured: Measured, cold: boolean): number | null =>
  summarise(measured.runs.filter((run) => run.cold === cold).map((run) => run.bytes))?.median ?? null;

/** Queries made to answer, as the stamps say: what was kept cost none this time. */
export function queriesOf({ mode, stamps }: Measured): number | null {
  if (stamps.length === 0) return null;
  const counted = stamps.filter(({ part }) => part === 'visit' || mode === 'dynamic');
  return counted.reduce((sum, { queries }) => sum + queries, 0);
}

/** What the stamps of a page say, from its HTML. */
export function readStamps(html: string): ReadStamp[] {
  return [...html.matchAll(/<p class="stamp-facts"([^>]*)>\s*<span>([^<]*)<\/span>/g)].map(
    ([, tag = '', label = '']) => {
      const value = (name: string) => new RegExp(`\\sdata-${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
      return {
        part: value('stamp'),
        at: value('at'),
        process: value('process'),
        queries: Number(value('queries')),
        label: label.replaceAll('&amp;', '&').replace(/:$/, ''),
      };
    },
  );
}

/** Where the note's own text begins in a page. */
export const CONTENT_MARK = 'class="prose"';

/** The headers that tell the modes apart. */
export const PROOF_HEADERS = [
  'x-nextjs-cache',
  'x-nextjs-prerender',
  'x-nextjs-postponed',
  'cache-control',
  'etag',
  'content-length',
  'content-encoding',
  'transfer-encoding',
] as const;
