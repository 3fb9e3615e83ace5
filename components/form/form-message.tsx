'use client';

import { useEffect, useRef } from 'react';
import type { FormState } from '@/lib/form/field';

/** What a form's action says of it as a whole; a problem is read out and brought into view. */
export function FormMessage({ state }: { state: FormState }) {
  const note = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (state.problem) note.current?.focus();
  }, [state]);
  const text = state.problem ?? state.done;
  if (!text) return null;
  return (
    <p
      ref={note}
      tabIndex={-1}
      role={state.problem ? 'alert' : 'status'}
      className={state.problem ? 'form-problem' : 'form-done'}
    >
      {text}
    </p>
  );
}
