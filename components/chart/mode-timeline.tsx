import type { MeasureWords } from '@/lib/language/measure';
import type { Mode } from '@/lib/language/words';

type Step = keyof MeasureWords['timeline']['steps'];
/** A piece of work: on which lane (browser, server, database), from and to where of the whole width, in per cent. */
type Work = [step: Step, lane: 0 | 1 | 2, from: number, to: number];

/** Left of this the page is made in advance; right of it somebody waits. */
const VISIT = 44;

const WORK: Record<Mode, Work[]> = {
  static: [
    ['query', 2, 8, 22],
    ['make', 1, 8, 30],
    ['keep', 1, 30, 36],
    ['ask', 0, 46, 49],
    ['copy', 1, 50, 53],
    ['show', 0, 56, 98],
  ],
  revalidated: [
    ['query', 2, 8, 22],
    ['make', 1, 8, 30],
    ['ask', 0, 46, 49],
    ['copy', 1, 50, 53],
    ['show', 0, 56, 98],
    ['again', 1, 62, 88],
    ['query', 2, 64, 78],
  ],
  partial: [
    ['query', 2, 8, 22],
    ['make', 1, 8, 30],
    ['ask', 0, 46, 49],
    ['copy', 1, 50, 53],
    ['showPart', 0, 56, 74],
    ['hole', 1, 53, 72],
    ['query', 2, 58, 64],
    ['showRest', 0, 75, 98],
  ],
  streamed: [
    ['make', 1, 8, 16],
    ['ask', 0, 46, 49],
    ['copy', 1, 50, 52],
    ['showFrame', 0, 54, 68],
    ['parts', 1, 52, 84],
    ['query', 2, 54, 80],
    ['showRest', 0, 69, 98],
  ],
  dynamic: [
    ['ask', 0, 46, 49],
    ['make', 1, 50, 80],
    ['query', 2, 52, 74],
    ['show', 0, 83, 98],
  ],
};

const LANE = 30;
const TOP = 22;

/** Who works and when, in one mode; numbers are told beside it. */
export function ModeTimeline({ mode, name, words }: { mode: Mode; name: string; words: MeasureWords }) {
  const { timeline } = words;
  const height = TOP + LANE * 3 + 4;
  return (
    <figure className="timeline" data-mode={mode}>
      <svg width="100%" height={height} role="img" aria-label={timeline.of(name)}>
        <rect className="timeline-visit" x={`${VISIT}%`} y="0" width={`${100 - VISIT}%`} height={height} />
        <text x="0" y="14">
          {timeline.before}
        </text>
        <text x={`${VISIT + 1.5}%`} y="14">
          {timeline.visit}
        </text>
        {timeline.lanes.map((lane, i) => (
          <line
            key={lane}
            x1="0"
            x2="100%"
            y1={TOP + LANE * i + 15}
            y2={TOP + LANE * i + 15}
            className="timeline-lane"
          />
        ))}
        {WORK[mode].map(([step, lane, from, to], i) => (
          <g key={`${step} ${from}`}>
            <rect
              className={lane === 0 ? 'timeline-seen' : 'timeline-work'}
              x={`${from}%`}
              width={`${to - from}%`}
              y={TOP + LANE * lane + 4}
              height="22"
              rx="2"
            />
            <text
              className="timeline-number"
              x={`${(from + to) / 2}%`}
              y={TOP + LANE * lane + 19.5}
              textAnchor="middle"
            >
              {i + 1}
            </text>
          </g>
        ))}
      </svg>
      <figcaption>
        <ol>
          {WORK[mode].map(([step, lane, from]) => (
            <li key={`${step} ${from}`}>
              <b>{timeline.lanes[lane]}</b> {timeline.steps[step]}
            </li>
          ))}
        </ol>
      </figcaption>
    </figure>
  );
}
