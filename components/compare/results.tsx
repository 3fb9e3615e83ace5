import { MARGIN, METRICS, type Measured, type Measurement, valuesOf } from '@/lib/compare/measured';
import { headsOf, rowsOf, toCsv, toMarkdown } from '@/lib/compare/table';
import { type MeasureWords, measureWords } from '@/lib/language/measure';
import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import { ArrivalsChart } from '../chart/arrivals-chart';
import { SpreadChart } from '../chart/spread-chart';
import { CopyButton } from '../ui/copy-button';
import { ModeBadge } from '../ui/mode-badge';
import { ScrollingTable, ScrollingText } from '../ui/scrolling';
import { Stamps } from './stamps';

type Props = { measurement: Measurement; language: InterfaceLanguage };

/** What a measurement found: pictures, the same numbers as a table, and as text to take away. */
export function Results({ measurement, language }: Props) {
  const words = measureWords(language);
  const { results } = words;
  const names = wordsFor(language).mode;
  const { modes } = measurement;
  return (
    <section className="results" aria-labelledby={`results-${measurement.from}`}>
      <h2 id={`results-${measurement.from}`}>
        {results.title} <small>{results.from[measurement.from]}</small>
      </h2>
      <div className="charts">
        {METRICS.map((metric) => (
          <figure key={metric}>
            <figcaption>
              <h3>{results.metrics[metric]}</h3>
              <p>{results.metricHints[metric]}</p>
            </figcaption>
            <SpreadChart
              label={results.chart(results.metrics[metric])}
              language={language}
              rows={modes.map((each) => ({
                mode: each.mode,
                label: names[each.mode],
                values: each.status === 200 ? valuesOf(each, metric) : [],
              }))}
            />
          </figure>
        ))}
        <figure>
          <figcaption>
            <h3>{results.arrivals}</h3>
            <p>{results.arrivalsHint}</p>
          </figcaption>
          <ArrivalsChart
            label={results.arrivals}
            language={language}
            rows={modes.map(({ mode, arrivals }) => ({ mode, label: names[mode], arrivals }))}
          />
        </figure>
      </div>
      <p className="said">{results.note}</p>
      <Numbers modes={modes} language={language} words={words} />
      <p className="said">{results.margin(MARGIN.milliseconds, Math.round(MARGIN.share * 100))}</p>
      <Stamps measurement={measurement} language={language} />
    </section>
  );
}

function Numbers({ modes, language, words }: { modes: Measured[]; language: InterfaceLanguage; words: MeasureWords }) {
  const { results } = words;
  const names = wordsFor(language).mode;
  const heads = headsOf(results.heads);
  const answered = modes.map((each) => (each.status === 200 ? each : { ...each, runs: [], stamps: [] }));
  const rows = rowsOf(answered, (mode) => names[mode]);
  const markdown = toMarkdown(heads, rows);
  const csv = toCsv(heads, rows);
  return (
    <>
      <h3>{results.table}</h3>
      <ScrollingTable label={results.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {modes.map((each, i) => (
            <tr key={each.mode}>
              <th scope="row">
                <ModeBadge mode={each.mode} label={names[each.mode]} />
                {each.status !== 200 && <small>{results.status(each.status)}</small>}
              </th>
              {rows[i]?.slice(1).map((cell, column) => (
                <td key={heads[column + 1]}>{cell || '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
      <div className="copies">
        <CopyButton text={markdown} label={results.copyMarkdown} done={results.copied} />
        <CopyButton text={csv} label={results.copyCsv} done={results.copied} />
      </div>
      <details>
        <summary>{results.asText}</summary>
        <ScrollingText>{markdown}</ScrollingText>
        <ScrollingText>{csv}</ScrollingText>
      </details>
    </>
  );
}
