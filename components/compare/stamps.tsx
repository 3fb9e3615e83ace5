import type { Measured, Measurement, ReadStamp } from '@/lib/compare/measured';
import { compareWords } from '@/lib/language/compare';
import { type MeasureWords, measureWords } from '@/lib/language/measure';
import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import { ModeBadge } from '../ui/mode-badge';

type Props = { measurement: Measurement; language: InterfaceLanguage };

/** Younger than this, a stamp is of this very visit. */
const NOW_SECONDS = 2;

/** What each answer says of its own making, and the headers that prove it. */
export function Stamps({ measurement, language }: Props) {
  const words = measureWords(language);
  const youngest = Math.max(
    ...measurement.modes.flatMap(({ stamps }) => stamps.map(({ at }) => Date.parse(at))),
    Date.parse(measurement.at) - 60_000,
  );
  return (
    <>
      <h3>{words.stamps.title}</h3>
      <p className="said">{words.stamps.lead}</p>
      <ul className="stamps">
        {measurement.modes.map((measured) => (
          <li key={measured.mode} data-mode={measured.mode}>
            <ModeBadge mode={measured.mode} label={wordsFor(language).mode[measured.mode]} />
            {measured.stamps.length === 0 && <p>{words.stamps.none}</p>}
            {measured.stamps.map((stamp) => (
              <StampLine key={stamp.part} stamp={stamp} youngest={youngest} language={language} words={words} />
            ))}
            <Proof measured={measured} words={words} />
          </li>
        ))}
      </ul>
    </>
  );
}

type LineProps = { stamp: ReadStamp; youngest: number; language: InterfaceLanguage; words: MeasureWords };

function StampLine({ stamp, youngest, language, words }: LineProps) {
  const { stamp: said } = compareWords(language);
  const seconds = Math.max(0, (youngest - Date.parse(stamp.at)) / 1000);
  return (
    <dl>
      <dt>{stamp.label}</dt>
      <dd>
        <time dateTime={stamp.at}>{stamp.at.slice(11, 23)} UTC</time>
        <b>{seconds < NOW_SECONDS ? words.stamps.now : words.stamps.age(age(seconds, words))}</b>
        <span>{said.queries(stamp.queries)}</span> <span>{said.process(stamp.process)}</span>
      </dd>
    </dl>
  );
}

function age(seconds: number, { stamps }: MeasureWords): string {
  if (seconds < 100) return stamps.seconds(Math.round(seconds));
  if (seconds < 6_000) return stamps.minutes(Math.round(seconds / 60));
  return stamps.hours(Math.round(seconds / 3_600));
}

function Proof({ measured, words }: { measured: Measured; words: MeasureWords }) {
  return (
    <details>
      <summary>{words.stamps.proof}</summary>
      <dl className="proof">
        {measured.proof.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
