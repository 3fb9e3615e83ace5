/** Round numbers from 0 to somewhat beyond `most`: four to six of them. */
export function ticksTo(most: number): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const count = Math.ceil(most / step);
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/** A place between two ends, in per cent of the width. */
export const percent = (value: number, most: number): string => `${((value / most) * 100).toFixed(2)}%`;
