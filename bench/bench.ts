/** One row of the table that is printed. */
export type Line = {
  /** What was measured. */
  name: string;
  /** For a person. */
  value: string;
  target?: string;
  /** Unset for what is only told. */
  ok?: boolean;
  /** For a program. */
  numbers: Record<string, number | null>;
};

/** What every measure is given. */
export type Bench = {
  /** Where it may write; removed at the end. */
  folder: string;
  databaseUrl: string;
  quick: boolean;
  /** A real vault to import too. */
  vaultFolder?: string;
  /** Says what is being done. */
  say: (text: string) => void;
  /** Has something undone at the end, should the measure not do so itself; returns that. */
  onEnd: (undo: () => Promise<void>) => () => Promise<void>;
};

/** One thing to measure, by the name that `--only` takes. */
export type Measure = { name: string; about: string; run: (bench: Bench) => Promise<Line[]> };

/** The value below which a share of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const seconds = (value: number): string => `${(value / 1000).toFixed(1)} s`;
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
