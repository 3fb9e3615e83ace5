import { readFilter } from '@/features/downloads/filter';
import type { Filter } from '@/features/downloads/queries';
import { one } from '../asked';

/** What the address of the ledger asks for, and the same as parameters of an address; what is malformed asks for nothing. */
export function askedOf(asked: Record<string, string | string[] | undefined>): {
  filter: Filter;
  values: Record<'file' | 'link' | 'person' | 'outcome' | 'from' | 'to', string>;
  before: number | undefined;
} {
  const names = ['file', 'link', 'person', 'outcome', 'from', 'to'] as const;
  const filter = readFilter(Object.fromEntries(names.map((name) => [name, one(asked[name])])));
  const before = Number(one(asked.before));
  return {
    filter,
    values: {
      file: filter.fileId ?? '',
      link: filter.shareId ?? '',
      person: filter.personId ?? '',
      outcome: filter.outcome ?? '',
      from: filter.from ? one(asked.from) : '',
      to: filter.to ? one(asked.to) : '',
    },
    before: Number.isSafeInteger(before) && before > 0 ? before : undefined,
  };
}
