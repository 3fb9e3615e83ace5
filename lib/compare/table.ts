import { bytesOf, METRICS, type Measured, queriesOf, summarise, valuesOf } from './measured';

/** Names of the columns, in the reader's language. */
export type Heads = Record<
  'mode' | 'runs' | 'firstByte' | 'content' | 'complete' | 'p95' | 'spread' | 'bytesCold' | 'bytesWarm' | 'queries',
  string
>;

/** The numbers of a comparison, row by row, as text: milliseconds with one decimal, bytes whole, nothing for nothing. */
export function rowsOf(modes: readonly Measured[], name: (mode: Measured['mode']) => string): string[][] {
  return modes.map((measured) => [
    name(measured.mode),
    String(measured.runs.length),
    ...METRICS.flatMap((metric) => {
      const sum = summarise(valuesOf(measured, metric));
      return sum ? [ms(sum.median), ms(sum.p95), `${ms(sum.low)}–${ms(sum.high)}`] : ['', '', ''];
    }),
    whole(bytesOf(measured, true)),
    whole(bytesOf(measured, false)),
    whole(queriesOf(measured)),
  ]);
}

/** The heads of those rows. */
export function headsOf(heads: Heads): string[] {
  const metrics = METRICS.flatMap((metric) => [
    `${heads[metric]} (ms)`,
    `${heads[metric]}, ${heads.p95}`,
    `${heads[metric]}, ${heads.spread}`,
  ]);
  return [heads.mode, heads.runs, ...metrics, heads.bytesCold, heads.bytesWarm, heads.queries];
}

export function toMarkdown(heads: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const ruler = `| ${heads.map((_, i) => (i === 0 ? ':--' : '--:')).join(' | ')} |`;
  return `${[line(heads), ruler, ...rows.map(line)].join('\n')}\n`;
}

/** As RFC 4180 has it. */
export function toCsv(heads: readonly string[], rows: readonly string[][]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [heads, ...rows].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

const ms = (value: number) => value.toFixed(1);
const whole = (value: number | null) => (value === null ? '' : String(Math.round(value)));
