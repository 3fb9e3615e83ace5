import { z } from 'zod';
import { type Filter, OUTCOMES } from './queries';

/** Days that a database knows too. */
const day = z.iso.date().refine((text) => text >= '1970' && text < '3000');

/** Reads a filter from an address's query; what is none is left out. `to` is the whole of that day. */
export function readFilter(asked: Record<string, string | undefined>): Filter {
  const uuid = (value: string | undefined) => z.uuid().safeParse(value).data;
  const from = day.safeParse(asked.from).data;
  const to = day.safeParse(asked.to).data;
  return {
    fileId: uuid(asked.file),
    shareId: uuid(asked.link),
    personId: uuid(asked.person),
    outcome: OUTCOMES.find((each) => each === asked.outcome),
    from: from === undefined ? undefined : new Date(`${from}T00:00:00Z`),
    to: to === undefined ? undefined : new Date(`${to}T23:59:59.999Z`),
  };
}
