import { summarise } from '@/lib/compare/measured';
import { formatNumber } from '@/lib/language/format';
import type { Mode } from '@/lib/language/words';
import { MODE_SHAPES } from '../ui/mode-badge';
import { percent, ticksTo } from './scale';

export type SpreadRow = { mode: Mode; label: string; values: number[] };
type Props = { label: string; language: string; rows: SpreadRow[] };

const ROW = 52;
const AXIS = 22;

/** How the runs of each mode spread: every run a mark, the middle half a box, the median a line, the p95 a triangle. */
export function SpreadChart({ label, language, rows }: Props) {
  const ticks = ticksTo(Math.max(...rows.flatMap((row) => row.values), 1));
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
          <Spread row={row} most={most} language={language} />
        </svg>
      ))}
    </svg>
  );
}

export function Grid({
  ticks,
  most,
  height,
  language,
}: {
  ticks: number[];
  most: number;
  height: number;
  language: string;
}) {
  return (
    <g className="chart-grid">
      {ticks.map((tick, i) => (
        <g key={tick}>
          <line x1={percent(tick, most)} x2={percent(tick, most)} y1="0" y2={height} />
          <text
            x={percent(tick, most)}
            y={height + 16}
            textAnchor={i === 0 ? 'start' : i === ticks.length - 1 ? 'end' : 'middle'}
          >
            {formatNumber(tick, language)}
            {i === ticks.length - 1 ? ' ms' : ''}
          </text>
        </g>
      ))}
    </g>
  );
}

function Spread({ row, most, language }: { row: SpreadRow; most: number; language: string }) {
  const sum = summarise(row.values);
  const middle = 32;
  return (
    <>
      <path d={MODE_SHAPES[row.mode]} fillRule="evenodd" transform="translate(0 4) scale(0.7)" className="chart-mark" />
      <text x="18" y="14" className="chart-label">
        {row.label}
        {sum ? ` · ${formatNumber(Number(sum.median.toPrecision(3)), language)} ms` : ' · –'}
      </text>
      {sum && (
        <>
          <rect
            className="chart-box"
            x={percent(sum.low, most)}
            width={percent(sum.high - sum.low, most)}
            y={middle - 8}
            height="16"
          />
          {row.values.map((value, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other name, and stay in their order
            <circle key={i} className="chart-run" cx={percent(value, most)} cy={middle} r="3.5" />
          ))}
          <line
            className="chart-median"
            x1={percent(sum.median, most)}
            x2={percent(sum.median, most)}
            y1={middle - 10}
            y2={middle + 10}
          />
          <svg x={percent(sum.p95, most)} y={middle + 11} overflow="visible" aria-hidden="true">
            <path className="chart-p95" d="M-5 5h10L0-3z" />
          </svg>
        </>
      )}
    </>
  );
}
