'use client';

import { useActionState, useEffect, useRef } from 'react';
import { type Field, type FormAction, FRESH } from '@/lib/form/field';
import { FieldView } from './field-view';

type Props = {
  action: FormAction;
  fields: Field[];
  submit: string;
  /** What the button says while the server works. */
  working: string;
  /** Tells forms of one page apart. */
  id: string;
  /** For what cannot be undone. */
  danger?: boolean;
};

/**
 * A form that the server answers: with what was wrong beside each field and all that was typed still there. Without
 * JavaScript the page comes back with the same.
 */
export function ActionForm({ action, fields, submit, working, id, danger }: Props) {
  const [state, act, pending] = useActionState(action, FRESH);
  const note = useRef<HTMLParagraphElement>(null);
  const message = state.problem ?? state.done;
  useEffect(() => {
    if (state.problem) note.current?.focus();
  }, [state]);
  return (
    <form action={act} className="form" id={id} noValidate>
      {message && (
        <p
          ref={note}
          tabIndex={-1}
          role={state.problem ? 'alert' : 'status'}
          className={state.problem ? 'form-problem' : 'form-done'}
        >
          {message}
        </p>
      )}
      {(state.next ?? fields).map((field) => (
        <FieldView
          key={`${field.name} ${state.values[field.name] ?? ''}`}
          form={id}
          field={field}
          value={state.values[field.name]}
          error={state.errors[field.name]}
        />
      ))}
      <p>
        <button type="submit" className={danger ? 'button button-danger' : 'button'} aria-disabled={pending}>
          {pending ? working : submit}
        </button>
      </p>
    </form>
  );
}
