import type { Measured } from '@/lib/compare/measured';
import { formatNumber } from '@/lib/language/format';
import type { Mode } from '@/lib/language/words';
import { MODE_SHAPES } from '../ui/mode-badge';
import { percent, ticksTo } from './scale';
import { Grid } from './spread-chart';

export type ArrivalRow = { mode: Mode; label: string; arrivals: Measured['arrivals'] };
type Props = { label: string; language: string; rows: ArrivalRow[] };

const ROW = 44;
const AXIS = 22;
const HIGH = 20;

/** How much of each answer was there at each moment. */
export function ArrivalsChart({ label, language, rows }: Props) {
  const ticks = ticksTo(Math.max(...rows.flatMap((row) => row.arrivals.map(({ at }) => at)), 1));
  const most = ticks.at(-1) ?? 1;
  const height = rows.length * ROW + AXIS;
  return (
    <svg className="chart" width="100%" height={height} role="img" aria-label={label}>
      <Grid ticks={ticks} most={most} height={height - AXIS} language={language} />
      {rows.map((row, i) => (
        <svg
          key={row.mode}
          y={i * ROW}
          height={ROW}
          width="100%"
          overflow="visible"
          aria-hidden="true"
          data-mode={row.mode}
        >
          <path
            d={MODE_SHAPES[row.mode]}
            fillRule="evenodd"
            transform="translate(0 4) scale(0.7)"
            className="chart-mark"
          />
          <text x="18" y="14" className="chart-label">
            {row.label} · {formatNumber(row.arrivals.length, language)}
          </text>
          <Steps arrivals={row.arrivals} most={most} />
        </svg>
      ))}
    </svg>
  );
}

function Steps({ arrivals, most }: { arrivals: Measured['arrivals']; most: number }) {
  const all = arrivals.at(-1)?.bytes ?? 1;
  const floor = ROW - 2;
  return arrivals.map(({ at, bytes }, i) => {
    const until = arrivals[i + 1]?.at ?? most;
    const tall = Math.max(2, (bytes / all) * HIGH);
    return (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces come in this order
        key={i}
        className="chart-step"
        x={percent(at, most)}
        width={percent(Math.max(0, until - at), most)}
        y={floor - tall}
        height={tall}
      />
    );
  });
}
