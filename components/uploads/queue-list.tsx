'use client';

import { useEffect, useRef, useState } from 'react';
import { formatBytes } from '@/lib/language/bytes';
import { type UploadWords, uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';
import type { Queue } from './queue';
import { QueueRow } from './queue-row';
import { isOver, type Row } from './rows';

type Props = { rows: readonly Row[]; queue: Queue; language: InterfaceLanguage; replaces: boolean };

/** What is sent from this window, with its numbers. */
export function QueueList({ rows, queue, language, replaces }: Props) {
  const words = uploadWords(language);
  const leaving = rows.some((row) => !isOver(row));
  useEffect(() => {
    if (!leaving) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [leaving]);
  const { done, sent, size } = sums(rows);
  return (
    <section className="queue" data-busy={leaving} aria-labelledby="queue">
      <h2 id="queue">{words.here}</h2>
      <p className="said">
        {words.queue(done, rows.length)} · {words.progress(formatBytes(sent, language), formatBytes(size, language))}
      </p>
      <Announced text={announcement(rows, words)} />
      <ul className="lines">
        {rows.map((row) => (
          <QueueRow key={row.key} row={row} queue={queue} language={language} replaces={replaces} />
        ))}
      </ul>
    </section>
  );
}

function sums(rows: readonly Row[]) {
  const counted = rows.filter(({ state }) => state !== 'canceled' && state !== 'refused');
  return {
    done: rows.filter(({ state }) => state === 'done').length,
    sent: counted.reduce((sum, row) => sum + row.sent, 0),
    size: counted.reduce((sum, row) => sum + row.size, 0),
  };
}

/** What is worth hearing: every tenth of the whole, and what ended how. */
function announcement(rows: readonly Row[], words: UploadWords): string {
  const { done, sent, size } = sums(rows);
  const tenths = size === 0 ? 100 : Math.floor((sent * 10) / size) * 10;
  const refused = rows.filter((row) => isOver(row) && row.state !== 'done' && row.state !== 'canceled');
  const each = refused.map(({ name }) => words.of(words.refused, name));
  return [words.queue(done, rows.length), words.percent(tenths), ...each].join('. ');
}

const HEARD_MS = 2_000;

/** Read out when it has changed, at most every other second. */
function Announced({ text }: { text: string }) {
  const [heard, setHeard] = useState('');
  const at = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, at.current + HEARD_MS - performance.now());
    const timer = setTimeout(() => {
      at.current = performance.now();
      setHeard(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p className="sr-only" aria-live="polite">
      {heard}
    </p>
  );
}
