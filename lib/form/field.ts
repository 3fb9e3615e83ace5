/** A field of a form, as plain data: the server says what to ask, the form draws it and what was wrong with it. */
export type Field = {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password' | 'search' | 'textarea' | 'select' | 'checkbox' | 'date' | 'hidden' | 'code';
  hint?: string;
  value?: string;
  autoComplete?: string;
  required?: boolean;
  maxLength?: number;
  /** Rows of a textarea. */
  rows?: number;
  options?: { value: string; label: string }[];
};

/** What a form's action answers. Texts are ready to be shown; values are what was typed, never a password. */
export type FormState = {
  values: Record<string, string>;
  errors: Record<string, string>;
  /** For the whole form. */
  problem?: string;
  /** It worked. */
  done?: string;
  /** Fields to ask next, in place of the ones that were asked; none when there is nothing more to do here. */
  next?: Field[];
  /** A one-time link to hand over, shown this once. */
  link?: { url: string; label: string; copy: string; copied: string };
};

export const FRESH: FormState = { values: {}, errors: {} };
export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;
