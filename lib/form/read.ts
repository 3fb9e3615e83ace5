import type { z } from 'zod';
import { answerWith } from '../http/exchange';
import { tell } from '../observe/trace';
import type { FormState } from './field';

export type ReadForm<T> = { data: T } | { refused: FormState };

/**
 * Reads a form by a schema. What does not fit comes back as the form's state, with `messages[field]` beside each field that
 * was wrong and everything else as it was typed (passwords and codes left out); the answer's status is then 422.
 */
export function readForm<T>(
  schema: z.ZodType<T>,
  form: FormData,
  messages: Record<string, string>,
  problem: string,
): ReadForm<T> {
  const fields = fieldsOf(form);
  const parsed = schema.safeParse(fields);
  const wrong = new Set(parsed.error?.issues.map((issue) => String(issue.path[0] ?? '')));
  tell('form', 'validate', { fields: Object.keys(fields), wrong: [...wrong] });
  if (parsed.success) return { data: parsed.data };
  const errors = Object.fromEntries([...wrong].map((name) => [name, messages[name] ?? problem]));
  return { refused: refuse(422, form, { problem, errors }) };
}

/** A form sent back with what was typed, and the status that says why. */
export function refuse(
  status: number,
  form: FormData,
  state: Partial<FormState>,
  headers: Record<string, string> = {},
): FormState {
  answerWith(status, headers);
  return { values: typed(form), errors: {}, ...state };
}

/**
 * The fields of a form as plain text; files and what Next adds of its own are left out, and so are NUL characters, which
 * nobody types and PostgreSQL does not take. What is no form at all, as a forged call of an action may send, has no fields.
 */
export function fieldsOf(form: FormData): Record<string, string> {
  if (!(form instanceof FormData)) return {};
  const texts = [...form].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].startsWith('$ACTION'),
  );
  return Object.fromEntries(texts.map(([name, text]) => [name, text.replaceAll('\0', '')]));
}

function typed(form: FormData): Record<string, string> {
  return Object.fromEntries(Object.entries(fieldsOf(form)).filter(([name]) => !/password|code/i.test(name)));
}
