'use client';

import { useActionState, useEffect, useState } from 'react';
import { type ChalkLook, readStamps } from '@/lib/compare/measured';
import { compareWords } from '@/lib/language/compare';
import { measureWords } from '@/lib/language/measure';
import { type InterfaceLanguage, type Mode, wordsFor } from '@/lib/language/words';
import { ModeBadge } from '../ui/mode-badge';

export type ChalkMeasure = { problem?: string; written?: number; looks?: ChalkLook[] };
type Action = (state: ChalkMeasure, form: FormData) => Promise<ChalkMeasure>;
type Props = { page: string; language: InterfaceLanguage; action: Action };

const EVERY_MS = 2_000;
/** Longer than any mode takes to notice. */
const WATCH_MS = 40_000;

/** Changes something for real, and watches which modes show it and when. */
export function ChalkForm({ page, language, action }: Props) {
  const { chalk: words, form } = measureWords(language);
  const [state, act, pending] = useActionState(action, {});
  const { looks, late } = useLateLooks(page, state);
  const name = (word: number | null | undefined) => compareWords(language).stamp.chalk[word ?? -1] ?? '–';
  return (
    <section className="chalk results" aria-labelledby="chalk">
      <h2 id="chalk">{words.title}</h2>
      <p className="said">{words.lead}</p>
      <form action={act}>
        <input type="hidden" name="page" value={page} />
        <button type="submit" className="button button-plain" aria-disabled={pending}>
          {pending ? form.working : words.submit}
        </button>{' '}
        {looks && (
          <button type="submit" name="look" value="1" className="button button-plain">
            {words.look}
          </button>
        )}
      </form>
      {state.problem && (
        <p className="form-problem" role="alert">
          {state.problem}
        </p>
      )}
      {looks && (
        <div role="status">
          <p>{words.written(name(state.written))}</p>
          <ul>
            {looks.map(({ mode, chalk }) => (
              <li key={mode} data-shows={chalk === state.written}>
                <ModeBadge mode={mode} label={wordsFor(language).mode[mode]} /> {words.shows(name(chalk))},{' '}
                {chalk !== state.written ? words.old : late[mode] ? words.after(late[mode]) : words.atOnce}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** What the server saw, and then, mode by mode, what this browser sees until all show the word that was written. */
function useLateLooks(page: string, { written, looks: first }: ChalkMeasure) {
  const [seen, setSeen] = useState<{ looks: ChalkLook[]; late: Partial<Record<Mode, number>> } | null>(null);
  useEffect(() => {
    setSeen(null);
    if (!first) return;
    const began = performance.now();
    let looks = first;
    const late: Partial<Record<Mode, number>> = {};
    const timer = setInterval(async () => {
      const waiting = looks.filter(({ chalk }) => chalk !== written);
      if (waiting.length === 0 || performance.now() - began > WATCH_MS) return clearInterval(timer);
      for (const { mode } of waiting) {
        const chalk = await wordIn(`/compare/${mode}${page}`);
        if (chalk === written) late[mode] = Math.round((performance.now() - began) / 1000);
        looks = looks.map((each) => (each.mode === mode ? { mode, chalk } : each));
      }
      setSeen({ looks, late: { ...late } });
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [page, written, first]);
  return { looks: seen?.looks ?? first, late: seen?.late ?? {} };
}

async function wordIn(address: string): Promise<number | null> {
  const answer = await fetch(address, { cache: 'no-store' }).catch(() => null);
  const stamps = readStamps((await answer?.text()) ?? '');
  return stamps.find((stamp) => stamp.chalk !== null)?.chalk ?? null;
}
