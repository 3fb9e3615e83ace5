import type { Line } from './bench';

/** Everything that was measured, as --json prints it. */
export type Results = {
  machine: { cores: number; load: number; node: string };
  measures: { name: string; lines: Line[] }[];
};

/** Prints the lines of one measure as a table. */
export function printMeasure(about: string, lines: Line[]): void {
  const name = Math.max(...lines.map((line) => line.name.length));
  const target = Math.max(...lines.map((line) => line.target?.length ?? 0));
  console.log(`\n  ${about.charAt(0).toUpperCase()}${about.slice(1)}\n`);
  for (const line of lines) {
    const judged = line.ok === undefined ? '' : line.ok ? 'ok' : 'SHORT';
    console.log(
      `    ${line.name.padEnd(name)}  ${judged.padEnd(5)}  ${(line.target ?? '').padEnd(target)}  ${line.value}`,
    );
  }
}
