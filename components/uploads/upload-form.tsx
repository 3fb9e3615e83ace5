'use client';

import { useRouter } from 'next/navigation';
import { type DragEvent, type FormEvent, useRef, useState, useSyncExternalStore } from 'react';
import { uploadWords } from '@/lib/language/uploads';
import { filesOf } from './dropped';
import { type Chosen, makeQueue, type Queue } from './queue';
import { QueueList } from './queue-list';
import type { Row } from './rows';
import type { Place } from './sender';
import { FilesField, PlaceFields, type PlaceProps } from './upload-fields';

type Props = PlaceProps & {
  /** What may be sent, in words. */
  hint: string;
  /** Whether the page tells of what is changed by a file that arrives. */
  telling: boolean;
};

const NONE: readonly Row[] = [];

/**
 * Sends files. Without JavaScript a plain form, whose fields stand before the files since the server reads them in order; with it,
 * files may be dropped here, and each is seen on its way and goes on where it was cut.
 */
export function UploadForm(props: Props) {
  const { language, hint, telling, file = null } = props;
  const words = uploadWords(language);
  const router = useRouter();
  const [queue] = useState<Queue>(() => makeQueue(() => telling && router.refresh()));
  const rows = useSyncExternalStore(queue.subscribe, queue.rows, () => NONE);
  const form = useRef<HTMLFormElement>(null);
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const add = (chosen: Chosen[]) => {
    setProblem(chosen.length === 0 ? words.none : null);
    if (form.current) queue.add(file === null ? chosen : chosen.slice(0, 1), placeIn(new FormData(form.current), file));
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const input = event.currentTarget.querySelector('input[type=file]');
    if (!(input instanceof HTMLInputElement)) return;
    add([...(input.files ?? [])].map((each) => ({ file: each, folder: '' })));
    input.value = '';
  };
  const drag = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(event.type === 'dragover');
  };
  const drop = (event: DragEvent) => {
    drag(event);
    void filesOf(event.dataTransfer.items).then(add);
  };
  return (
    <>
      <form
        ref={form}
        method="post"
        action="/api/uploads/form"
        encType="multipart/form-data"
        className="form upload"
        id="upload"
        data-over={over}
        onSubmit={send}
        onDragOver={drag}
        onDragLeave={drag}
        onDrop={drop}
      >
        {problem && (
          <p className="form-problem" role="alert">
            {problem}
          </p>
        )}
        <PlaceFields {...props} />
        <FilesField language={language} hint={hint} one={file !== null} />
        <p>
          <button type="submit" className="button">
            {file === null ? words.submit : words.file.replace}
          </button>
        </p>
      </form>
      {rows.length > 0 && <QueueList rows={rows} queue={queue} language={language} replaces={file !== null} />}
    </>
  );
}

function placeIn(fields: FormData, file: string | null): Place {
  const text = (name: string) => String(fields.get(name) ?? '');
  return { vault: text('vault'), folder: text('folder'), replace: text('replace') === 'on', file };
}
