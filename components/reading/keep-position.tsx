'use client';

import { useEffect, useState } from 'react';

type Props = {
  note: number;
  /** Percent, as it was kept. */
  position: number;
  /** The words of the way back there; null when there is none to offer. */
  resume: string | null;
};

const ADDRESS = '/reading/position';
const REST_MS = 1_500;

/** Tells the server how far its reader has come, and offers to go on there. Without JavaScript opening alone counts. */
export function KeepPosition({ note, position, resume }: Props) {
  const [offered, setOffered] = useState(false);
  useEffect(() => setOffered(resume !== null && window.scrollY < 200 && !location.hash), [resume]);
  useEffect(() => {
    const stop = new AbortController();
    watch(note, position, () => setOffered(false), stop.signal);
    return () => stop.abort();
  }, [note, position]);
  if (!offered) return null;
  return (
    <button type="button" className="resume button" onClick={() => goTo(position)}>
      {resume}
    </button>
  );
}

const text = (): DOMRect | undefined => document.querySelector('.text .prose')?.getBoundingClientRect();

/** Percent of the text that has come into the window. */
function reached(): number {
  const box = text();
  if (!box || box.height === 0) return 0;
  return Math.round(Math.min(100, Math.max(0, ((window.innerHeight - box.top) / box.height) * 100)));
}

function goTo(position: number): void {
  const box = text();
  if (box) window.scrollTo({ top: window.scrollY + box.top + (box.height * position) / 100 - window.innerHeight });
}

function watch(note: number, from: number, onScroll: () => void, signal: AbortSignal): void {
  let kept = from;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = () => {
    clearTimeout(timer);
    const position = reached();
    if (position <= kept) return;
    kept = position;
    navigator.sendBeacon(ADDRESS, JSON.stringify({ note, position }));
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(send, REST_MS);
    if (window.scrollY > 400) onScroll();
  };
  window.addEventListener('scroll', later, { signal, passive: true });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && send(), { signal });
  window.addEventListener('pagehide', send, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
}
