'use client';

import { useActionState, useEffect, useState } from 'react';
import { wordIn } from '@/lib/compare/demonstration';
import type { WordLook } from '@/lib/compare/measured';
import { measureWords } from '@/lib/language/measure';
import { whatIfWords } from '@/lib/language/what-if';
import { type InterfaceLanguage, type Mode, wordsFor } from '@/lib/language/words';
import { ModeBadge } from '../ui/mode-badge';

export type ChangeLook = { problem?: string; written?: string; looks?: WordLook[] };
type Action = (state: ChangeLook, form: FormData) => Promise<ChangeLook>;
type Props = {
  /** The note that anybody may change; null when there is none. */
  note: { slug: string; href: string; title: string; word: string } | null;
  language: InterfaceLanguage;
  action: Action;
};

const EVERY_MS = 2_000;
/** Longer than any mode takes to notice. */
const WATCH_MS = 40_000;

/** Changes a note for real, and watches which modes show it and when. */
export function ChangeForm({ note, language, action }: Props) {
  const { change: words } = whatIfWords(language);
  const [state, act, pending] = useActionState(action, {});
  return (
    <section className="what-if results" id="change" aria-labelledby="change-title">
      <h2 id="change-title">{words.title}</h2>
      <p className="said">{words.lead}</p>
      {!note && <p>{words.none}</p>}
      {note && (
        <form action={act}>
          <p>
            {words.note} <a href={note.href}>{note.title}</a>. {!state.written && words.says(note.word)}
          </p>
          <input type="hidden" name="vault" value={note.slug} />
          <button type="submit" className="button button-plain" aria-disabled={pending}>
            {pending ? measureWords(language).form.working : words.submit}
          </button>{' '}
          {state.looks && (
            <button type="submit" name="look" value="1" className="button button-plain">
              {words.look}
            </button>
          )}
        </form>
      )}
      {state.problem && (
        <p className="form-problem" role="alert">
          {state.problem}
        </p>
      )}
      {note && <Looks href={note.href} state={state} language={language} />}
    </section>
  );
}

function Looks({ href, state, language }: { href: string; state: ChangeLook; language: InterfaceLanguage }) {
  const { change: words } = whatIfWords(language);
  const { looks, late } = useLateLooks(href, state);
  const { written } = state;
  if (!looks || written === undefined) return null;
  return (
    <div role="status">
      <p>{words.written(written)}</p>
      <ul>
        {looks.map(({ mode, word }) => (
          <li key={mode} data-shows={word === written}>
            <ModeBadge mode={mode} label={wordsFor(language).mode[mode]} />{' '}
            {word === null ? words.nothing : words.shows(word)},{' '}
            {word !== written ? words.old : late[mode] ? words.after(late[mode]) : words.atOnce}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What the server saw, and then, mode by mode, what this browser sees until all show the word that was written. */
function useLateLooks(href: string, { written, looks: first }: ChangeLook) {
  const [seen, setSeen] = useState<{ looks: WordLook[]; late: Partial<Record<Mode, number>> } | null>(null);
  useEffect(() => {
    setSeen(null);
    if (!first) return;
    const began = performance.now();
    let looks = first;
    const late: Partial<Record<Mode, number>> = {};
    const timer = setInterval(async () => {
      const waiting = looks.filter(({ word }) => word !== written);
      if (waiting.length === 0 || performance.now() - began > WATCH_MS) return clearInterval(timer);
      for (const { mode } of waiting) {
        const word = await shownAt(`/compare/${mode}${href}`);
        if (word === written) late[mode] = Math.round((performance.now() - began) / 1000);
        looks = looks.map((each) => (each.mode === mode ? { mode, word } : each));
      }
      setSeen({ looks, late: { ...late } });
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [href, written, first]);
  return { looks: seen?.looks ?? first, late: seen?.late ?? {} };
}

async function shownAt(address: string): Promise<string | null> {
  const answer = await fetch(address, { cache: 'no-store' }).catch(() => null);
  return wordIn((await answer?.text()) ?? '');
}
