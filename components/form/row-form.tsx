'use client';

import { type ReactNode, useActionState } from 'react';
import { type FormAction, FRESH } from '@/lib/form/field';
import { FormMessage } from './form-message';

/** A list whose rows have buttons: one form, so that what it answers stays when the row that was asked about is gone. */
export function RowForm({ action, id, children }: { action: FormAction; id: string; children: ReactNode }) {
  const [state, act, pending] = useActionState(action, FRESH);
  return (
    <form action={act} id={id} className="row-form" aria-busy={pending}>
      <FormMessage state={state} />
      {children}
    </form>
  );
}
