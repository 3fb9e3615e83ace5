'use client';

import { memo } from 'react';
import { formatBytes } from '@/lib/language/bytes';
import { type UploadWords, uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';
import { HowToName } from './how-to-name';
import type { Queue } from './queue';
import { isOver, type Row } from './rows';

type Props = {
  row: Row;
  queue: Queue;
  language: InterfaceLanguage;
  /** Whether it takes the place of another, whose name it gets. */
  replaces: boolean;
};

/** A file that is sent from this window. */
export const QueueRow = memo(function QueueRow({ row, queue, language, replaces }: Props) {
  const words = uploadWords(language);
  const { name, size, sent, state, fileId } = row;
  const over = isOver(row);
  return (
    <li className="line queue-row" data-state={state}>
      <div className="line-text">
        <h3 className="line-title">
          {fileId ? <a href={`/studio/files/${fileId}`}>{name}</a> : name}
          <Mark row={row} words={words} />
        </h3>
        {!over && <progress max={size || 1} value={sent} aria-label={name} />}
        <p className="line-more">{over ? outcome(row, words, language) : progress(row, words, language)}</p>
        {state === 'done' && !replaces && (
          <p className="line-more">
            {words.howToName} <HowToName name={name} language={language} />
          </p>
        )}
      </div>
      <Deeds row={row} queue={queue} words={words} />
    </li>
  );
});

function Mark({ row: { state }, words }: { row: Row; words: UploadWords }) {
  if (state === 'done') return <span className="mark-on">{words.done}</span>;
  if (state === 'canceled') return <span className="mark-off">{words.canceled}</span>;
  if (state === 'refused') return <span className="mark-warn">{words.refused}</span>;
  if (state === 'failed' || state === 'signedOut') return <span className="mark-warn">{words.unfinished}</span>;
  return <span className="mark-off">{words[state]}</span>;
}

/** `/slug/folder · 12.3 MB of 2.0 GB · 8 MB/s · 4 min left`. */
function progress({ where, sent, size, speed }: Row, words: UploadWords, language: InterfaceLanguage): string {
  const done = words.progress(formatBytes(sent, language), formatBytes(size, language));
  if (speed === null || speed < 1 || sent >= size) return `${where} · ${done}`;
  const pace = words.speed(formatBytes(speed, language));
  return [where, done, pace, words.left(Math.ceil((size - sent) / speed))].join(' · ');
}

function outcome({ where, state, why, size }: Row, words: UploadWords, language: InterfaceLanguage): string {
  if (state === 'refused') return new Map(Object.entries(words.refusal)).get(why ?? '') ?? words.failed;
  if (state === 'failed' || state === 'signedOut') return words[state];
  return `${where} · ${formatBytes(size, language)}`;
}

/** Refusals that do not come of the file itself. */
const MAY_PASS: ReadonlySet<string> = new Set(['taken', 'quota', 'disk', 'busy', 'keys', 'cut']);

type Deed = { name: string; act: () => void };

function Deeds({ row, queue, words }: { row: Row; queue: Queue; words: UploadWords }) {
  const first = firstDeed(row, queue, words);
  return (
    <p className="actions">
      {first && <DeedButton deed={first} of={row.name} words={words} />}
      {row.why === 'taken' && (
        <DeedButton
          deed={{ name: words.putInPlace, act: () => queue.goOn(row.key, true) }}
          of={row.name}
          words={words}
        />
      )}
      {!isOver(row) && row.state !== 'finishing' && (
        <DeedButton deed={{ name: words.cancel, act: () => queue.cancel(row.key) }} of={row.name} words={words} />
      )}
    </p>
  );
}

function firstDeed({ key, state, why }: Row, queue: Queue, words: UploadWords): Deed | null {
  if (state === 'paused') return { name: words.resume, act: () => queue.goOn(key) };
  if (state === 'done' || (state === 'refused' && !MAY_PASS.has(why ?? '')) || why === 'taken') return null;
  if (state === 'finishing') return null;
  const over = state === 'refused' || state === 'failed' || state === 'signedOut' || state === 'canceled';
  return over ? { name: words.again, act: () => queue.goOn(key) } : { name: words.pause, act: () => queue.pause(key) };
}

function DeedButton({ deed: { name, act }, of, words }: { deed: Deed; of: string; words: UploadWords }) {
  return (
    <button type="button" className="button button-plain" aria-label={words.of(name, of)} onClick={act}>
      {name}
    </button>
  );
}
