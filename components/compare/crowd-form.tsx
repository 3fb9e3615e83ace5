'use client';

import { useActionState } from 'react';
import { type Crowd, summarise } from '@/lib/compare/measured';
import { formatNumber } from '@/lib/language/format';
import { measureWords } from '@/lib/language/measure';
import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import { SpreadChart } from '../chart/spread-chart';
import { ModeBadge } from '../ui/mode-badge';
import { ScrollingTable } from '../ui/scrolling';

export type CrowdMeasure = { problem?: string; crowd?: Crowd[] };
type Action = (state: CrowdMeasure, form: FormData) => Promise<CrowdMeasure>;
type Props = { page: string; language: InterfaceLanguage; action: Action };

/** Ten visitors at the same moment, for real, against one alone. */
export function CrowdForm({ page, language, action }: Props) {
  const { crowd: words, form } = measureWords(language);
  const [state, act, pending] = useActionState(action, {});
  return (
    <section className="crowd results" aria-labelledby="crowd">
      <h2 id="crowd">{words.title}</h2>
      <p className="said">{words.lead}</p>
      <form action={act}>
        <input type="hidden" name="page" value={page} />
        <button type="submit" className="button button-plain" aria-disabled={pending}>
          {pending ? form.working : words.submit}
        </button>
      </form>
      {state.problem && (
        <p className="form-problem" role="alert">
          {state.problem}
        </p>
      )}
      {state.crowd && <CrowdNumbers crowd={state.crowd} language={language} />}
    </section>
  );
}

function CrowdNumbers({ crowd, language }: { crowd: Crowd[]; language: InterfaceLanguage }) {
  const { crowd: words } = measureWords(language);
  const names = wordsFor(language).mode;
  const number = (value: number | undefined) =>
    value === undefined ? '–' : `${formatNumber(Number(value.toPrecision(3)), language)} ms`;
  return (
    <>
      <SpreadChart
        label={words.chart}
        language={language}
        rows={crowd.map(({ mode, status, together }) => ({
          mode,
          label: names[mode],
          values: status === 200 ? together : [],
        }))}
      />
      <ScrollingTable label={words.chart}>
        <thead>
          <tr>
            <th scope="col">{measureWords(language).results.heads.mode}</th>
            <th scope="col">{words.alone}</th>
            <th scope="col">{words.together}</th>
            <th scope="col">{words.slowest}</th>
            <th scope="col">{words.times}</th>
          </tr>
        </thead>
        <tbody>
          {crowd.map(({ mode, status, alone, together }) => {
            const one = status === 200 ? summarise(alone)?.median : undefined;
            const ten = status === 200 ? summarise(together)?.median : undefined;
            return (
              <tr key={mode}>
                <th scope="row">
                  <ModeBadge mode={mode} label={names[mode]} />
                </th>
                <td>{number(one)}</td>
                <td>{number(ten)}</td>
                <td>{number(status === 200 ? Math.max(...together) : undefined)}</td>
                <td>{one && ten ? formatNumber(Number((ten / one).toPrecision(2)), language) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </ScrollingTable>
    </>
  );
}
