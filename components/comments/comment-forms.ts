import type { Field } from '@/lib/form/field';

const ROWS = 5;
/** The server's own limit, with room for line ends, which browsers send in two characters: it says what is too long. */
const TYPED_MAX = 8_000;

/** Where a comment is typed. */
export const textField = (label: string, hint: string, value?: string): Field => ({
  name: 'text',
  type: 'textarea',
  label,
  hint,
  value,
  rows: ROWS,
  required: true,
  maxLength: TYPED_MAX,
});
