import type { Mode } from '@/lib/language/words';

/** Who a page is made for, as far as its frame says. */
export type Visit = {
  name: string;
  /** Whether the studio is open to them. */
  studio: boolean;
};

/** How, when and for whom a page is made. */
export type Making = {
  mode: Mode;
  /** ISO 8601. */
  at: string;
  /** Null: for everyone, or for someone who is not signed in. */
  visit: Visit | null;
};

/** For everyone, to be kept. */
export const once = (at: string): Making => ({ mode: 'static', at, visit: null });
