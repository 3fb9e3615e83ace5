'use client';

import { type FormEvent, useActionState, useRef, useState } from 'react';
import type { Measurement } from '@/lib/compare/measured';
import { measureWords } from '@/lib/language/measure';
import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import { measureFromBrowser } from './measure-browser';
import { Results } from './results';

export type ServerMeasure = { problem?: string; measurement?: Measurement };
type Action = (state: ServerMeasure, form: FormData) => Promise<ServerMeasure>;
type Props = { page: string; language: InterfaceLanguage; action: Action };

const RUNS = [3, 5, 10, 20];
const RUNS_USUAL = 10;
/** A request that takes longer is given up, and the measurement with it. */
const PATIENCE_MS = 60_000;

type Browser = { working: string | null; problem: string | null; measurement: Measurement | null };

/** Two ways to measure: from the visitor's browser, and, without JavaScript or to leave the network out, from the server. */
export function MeasureForms({ page, language, action }: Props) {
  const { form: words } = measureWords(language);
  const [state, act, pending] = useActionState(action, {});
  const [browser, setBrowser] = useState<Browser>({ working: null, problem: null, measurement: null });
  const stop = useRef<AbortController>(null);
  const measure = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (browser.working !== null) return;
    const control = new AbortController();
    stop.current = control;
    const late = setTimeout(() => control.abort(), PATIENCE_MS);
    setBrowser(await runFromBrowser(page, Number(form.get('runs')), language, control.signal, setBrowser));
    clearTimeout(late);
  };
  return (
    <>
      <div className="measure">
        <form className="with-script" onSubmit={(event) => void measure(event)}>
          <Runs id="runs-browser" label={words.runs} choices={RUNS} />
          <button type="submit" className="button" aria-disabled={browser.working !== null}>
            {browser.working === null ? words.browser : words.working}
          </button>
          {browser.working !== null && (
            <button type="button" className="button button-plain" onClick={() => stop.current?.abort()}>
              {words.stop}
            </button>
          )}
          <p role="status">{browser.working}</p>
        </form>
        <form action={act}>
          <input type="hidden" name="page" value={page} />
          <Runs id="runs-server" label={words.runs} choices={RUNS.filter((runs) => runs <= 10)} />
          <button type="submit" className="button button-plain" aria-disabled={pending}>
            {pending ? words.working : words.server}
          </button>
          <p className="field-hint">{words.serverHint}</p>
        </form>
      </div>
      {(browser.problem ?? state.problem) && (
        <p className="form-problem" role="alert">
          {browser.problem ?? state.problem}
        </p>
      )}
      {browser.measurement && <Results measurement={browser.measurement} language={language} />}
      {state.measurement && <Results measurement={state.measurement} language={language} />}
    </>
  );
}

async function runFromBrowser(
  page: string,
  runs: number,
  language: InterfaceLanguage,
  signal: AbortSignal,
  tell: (state: Browser) => void,
): Promise<Browser> {
  const { form: words } = measureWords(language);
  const names = wordsFor(language).mode;
  let soFar: Measurement | null = null;
  try {
    const modes = await measureFromBrowser(page, runs, signal, (done, all, mode, measured) => {
      soFar = { from: 'browser', at: new Date().toISOString(), modes: measured };
      tell({ working: words.progress(done, all, names[mode]), problem: null, measurement: null });
    });
    return { working: null, problem: null, measurement: { from: 'browser', at: new Date().toISOString(), modes } };
  } catch {
    return { working: null, problem: signal.aborted ? words.stopped : words.failed, measurement: soFar };
  }
}

function Runs({ id, label, choices }: { id: string; label: string; choices: number[] }) {
  return (
    <p className="runs">
      <label htmlFor={id}>{label}</label>
      <select id={id} name="runs" defaultValue={RUNS_USUAL}>
        {choices.map((runs) => (
          <option key={runs}>{runs}</option>
        ))}
      </select>
    </p>
  );
}
