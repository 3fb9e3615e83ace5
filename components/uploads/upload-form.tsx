'use client';

import { useRouter } from 'next/navigation';
import { type DragEvent, type FormEvent, useRef, useState, useSyncExternalStore } from 'react';
import { FieldView } from '@/components/form/field-view';
import { uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';
import { filesOf } from './dropped';
import { makeQueue, type Queue, type Row } from './queue';
import { QueueList } from './queue-list';
import type { Place } from './sender';

type Props = {
  language: InterfaceLanguage;
  /** What may be sent, in words. */
  hint: string;
  /** Slugs and titles to choose from, or the slug of the only one it can go to. */
  vaults: { slug: string; title: string }[] | string;
  folders?: string[];
  vault?: string;
  folder?: string;
  /** The file whose place is taken; with it, one file is sent. */
  file?: string;
};

const NONE: readonly Row[] = [];

/**
 * Sends files. Without JavaScript a plain form, whose fields stand before the files since the server reads them in order; with it,
 * files may be dropped here, and each is seen on its way and goes on where it was cut.
 */
export function UploadForm(props: Props) {
  const { language, hint, file = null } = props;
  const words = uploadWords(language);
  const router = useRouter();
  const [queue] = useState<Queue>(() => makeQueue(() => router.refresh()));
  const rows = useSyncExternalStore(queue.subscribe, queue.rows, () => NONE);
  const form = useRef<HTMLFormElement>(null);
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const add = (chosen: Parameters<Queue['add']>[0]) => {
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
        <Fields {...props} />
        <div className="field drop">
          <label htmlFor="upload-files">{file === null ? words.files : words.file.replaceFile}</label>
          <p className="drop-hint with-script">{words.drop}</p>
          <input
            id="upload-files"
            type="file"
            name="files"
            multiple={file === null}
            aria-describedby="upload-files-hint"
          />
          <p id="upload-files-hint" className="field-hint">
            {hint}
          </p>
        </div>
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

/** Where the files go. */
function Fields({ language, vaults, folders = [], vault, folder, file }: Props) {
  const words = uploadWords(language);
  if (typeof vaults === 'string') {
    return (
      <>
        <input type="hidden" name="vault" value={vaults} />
        <input type="hidden" name="file" value={file} />
      </>
    );
  }
  const options = vaults.map(({ slug, title }) => ({ value: slug, label: `${title} (/${slug})` }));
  return (
    <>
      <FieldView
        form="upload"
        field={{ name: 'vault', type: 'select', label: words.vault, value: vault || options[0]?.value, options }}
      />
      <div className="field">
        <label htmlFor="upload-folder">{words.folder}</label>
        <input
          id="upload-folder"
          name="folder"
          list="upload-folders"
          defaultValue={folder}
          maxLength={1_000}
          autoComplete="off"
          aria-describedby="upload-folder-hint"
        />
        <datalist id="upload-folders">
          {folders.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        <p id="upload-folder-hint" className="field-hint">
          {words.folderHint}
        </p>
      </div>
      <FieldView
        form="upload"
        field={{ name: 'replace', type: 'checkbox', label: words.replace, hint: words.replaceHint }}
      />
    </>
  );
}

function placeIn(fields: FormData, file: string | null): Place {
  const text = (name: string) => String(fields.get(name) ?? '');
  return { vault: text('vault'), folder: text('folder'), replace: text('replace') === 'on', file };
}
