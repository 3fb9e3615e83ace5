'use client';

import { useActionState } from 'react';
import { type Field, type FormAction, FRESH } from '@/lib/form/field';
import { FieldView } from './field-view';
import { FormMessage } from './form-message';

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
  /** Beside something more important. */
  plain?: boolean;
};

/**
 * A form that the server answers: with what was wrong beside each field and all that was typed still there. Without
 * JavaScript the page comes back with the same.
 */
export function ActionForm({ action, fields, submit, working, id, danger, plain }: Props) {
  const [state, act, pending] = useActionState(action, FRESH);
  return (
    <form action={act} className="form" id={id} noValidate>
      <FormMessage state={state} />
      {(state.next ?? fields).map((field) => (
        <FieldView
          key={`${field.name} ${state.values[field.name] ?? ''}`}
          form={id}
          field={field}
          value={state.values[field.name]}
          error={state.errors[field.name]}
        />
      ))}
      <p hidden={state.next?.length === 0}>
        <button
          type="submit"
          className={`button ${danger ? 'button-danger' : plain ? 'button-plain' : ''}`}
          aria-disabled={pending}
        >
          {pending ? working : submit}
        </button>
      </p>
    </form>
  );
}
