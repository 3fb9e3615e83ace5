import { z } from 'zod';
import type { AuditFilter } from '@/features/audit/queries';
import { one } from '../asked';

type Values = { person: string; who: string; action: string; from: string; until: string; refused: boolean };
const DAY = z.iso.date();
const day = (text: string) => (DAY.safeParse(text).success && text >= '1970' && text < '3000' ? text : '');

/** What the address of the log asks for; what is malformed asks for nothing. */
export function readFilter(asked: Record<string, string | string[] | undefined>): {
  values: Values;
  filter: AuditFilter;
} {
  const person = one(asked.person);
  const values = {
    person: z.uuid().safeParse(person).success ? person.toLowerCase() : '',
    who: one(asked.who).slice(0, 100),
    action: one(asked.action).slice(0, 60),
    from: day(one(asked.from)),
    until: day(one(asked.until)),
    refused: one(asked.refused) === 'on',
  };
  const before = Number(one(asked.before));
  const valid = Number.isSafeInteger(before) && before > 0;
  return { values, filter: { ...values, person: values.person || null, before: valid ? before : null } };
}

/** The same as parameters of an address, without the place in the list. */
export const parametersOf = ({ refused, ...texts }: Values): Record<string, string> => ({
  ...texts,
  refused: refused ? 'on' : '',
});
