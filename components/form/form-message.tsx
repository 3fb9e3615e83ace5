'use client';

import { useEffect, useId, useRef } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import type { FormState } from '@/lib/form/field';

/** What a form's action says of it as a whole; a problem is read out and brought into view. */
export function FormMessage({ state }: { state: FormState }) {
  const note = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (state.problem) note.current?.focus();
  }, [state]);
  const text = state.problem ?? state.done;
  return (
    <>
      {text && (
        <p
          ref={note}
          tabIndex={-1}
          role={state.problem ? 'alert' : 'status'}
          className={state.problem ? 'form-problem' : 'form-done'}
        >
          {text}
        </p>
      )}
      {state.link && <HandOver {...state.link} />}
    </>
  );
}

/** A link to be copied now, as it is not shown again. */
function HandOver({ url, label, copy, copied }: NonNullable<FormState['link']>) {
  const id = useId();
  return (
    <div className="field hand-over">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="text" readOnly value={url} onFocus={(event) => event.target.select()} />
      <p>
        <CopyButton text={url} label={copy} done={copied} />
      </p>
    </div>
  );
}
