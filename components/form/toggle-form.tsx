'use client';

import { type ReactNode, useActionState } from 'react';
import { type FormAction, FRESH } from '@/lib/form/field';

type Props = {
  action: FormAction;
  /** What the form sends. */
  values: Record<string, string>;
  /** For a button that is on or off; left out for one that does something. */
  pressed?: boolean;
  className?: string;
  children: ReactNode;
};

/** A form that is one button. What went wrong is said beside it. */
export function ToggleForm({ action, values, pressed, className, children }: Props) {
  const [state, act, pending] = useActionState(action, FRESH);
  return (
    <form action={act} className="toggle">
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" className={className} aria-pressed={pressed} aria-disabled={pending}>
        {children}
      </button>
      {state.problem && <p role="alert">{state.problem}</p>}
    </form>
  );
}
