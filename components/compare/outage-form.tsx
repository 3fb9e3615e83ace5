'use client';

import { useActionState, useEffect, useState } from 'react';
import { measureWords } from '@/lib/language/measure';
import { whatIfWords } from '@/lib/language/what-if';
import type { InterfaceLanguage } from '@/lib/language/words';

export type OutageBegun = { problem?: string; seconds?: number };
type Action = (state: OutageBegun, form: FormData) => Promise<OutageBegun>;
type Props = { page: string; seconds: number; language: InterfaceLanguage; action: Action };

const LOOK_MS = 500;
/** Without JavaScript the page is asked for again after so long: the database is away by then. */
const RELOAD_SECONDS = 3;

/** Takes the database away, and counts down until it is back; the page then shows what happened. */
export function OutageForm({ page, seconds, language, action }: Props) {
  const { outage: words } = whatIfWords(language);
  const [state, act, pending] = useActionState(action, {});
  const left = useCountdown(state);
  const began = state.seconds !== undefined;
  return (
    <form action={act}>
      <input type="hidden" name="page" value={page} />
      <button type="submit" className="button button-danger" aria-disabled={pending || began}>
        {pending ? measureWords(language).form.working : words.submit(seconds)}
      </button>
      {state.problem && (
        <p className="form-problem" role="alert">
          {state.problem}
        </p>
      )}
      {state.seconds !== undefined && (
        <div className="countdown">
          <p>{words.begun(state.seconds)}</p>
          <noscript>
            <meta httpEquiv="refresh" content={`${RELOAD_SECONDS};url=/compare${page}`} />
            <p>{words.without}</p>
          </noscript>
          <p role="timer" className="with-script">
            {left === null ? words.coming : left > 0 ? words.away(left) : words.returning}
          </p>
        </div>
      )}
    </form>
  );
}

/** Seconds until the database is back, by what the server says of it; null before it is away. Reloads the page then. */
function useCountdown({ seconds }: OutageBegun): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (seconds === undefined) return;
    let until: number | null = null;
    const timer = setInterval(async () => {
      const up = await isUp();
      if (up === false) until ??= performance.now() + seconds * 1_000;
      if (until === null) return;
      if (up === true) {
        clearInterval(timer);
        location.reload();
      }
      setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1_000)));
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [seconds]);
  return left;
}

/** What the server says of its database; null when it says nothing. */
async function isUp(): Promise<boolean | null> {
  const said: { database?: string } | null = await fetch('/healthz', { cache: 'no-store' })
    .then((answer) => answer.json())
    .catch(() => null);
  return said === null ? null : said.database === 'up';
}
