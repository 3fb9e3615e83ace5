import type { NoteCard, VaultCard } from '@/features/notes/page';

/** What a person has to do with a note. Times are ISO 8601. */
export type Mine = {
  bookmarked: boolean;
  /** Percent of the text. */
  position: number;
  readAt: string | null;
  /** The note was published anew since they read it. */
  changed: boolean;
};

/** A note in one of a person's lists. */
export type Line = NoteCard & {
  /** Tells lines apart, and where the list goes on. */
  cursor: string;
  vault: string;
  language: string;
  /** What the list is in order of: opened, bookmarked or published. ISO 8601. */
  at: string;
  position: number;
  changed: boolean;
};

/** Why a note is recommended, by a title, a vault's name or a number of people. */
export type Reason =
  | { as: 'next' | 'linked'; title: string }
  | { as: 'popular'; readers: number }
  | { as: 'first'; vault: string };
export type Suggestion = NoteCard & { vault: string; language: string; reason: Reason };

/** What somebody answered to a person's comment. */
export type Answer = {
  cursor: string;
  href: string;
  /** Of the note. */
  title: string;
  language: string;
  /** Null for an account that is gone. */
  by: string | null;
  /** The beginning, as plain text. */
  text: string;
  at: string;
};

/** Some of a list; `more` is where it goes on, or null at its end. */
export type Some<T> = { items: T[]; more: string | null };

export type Desk = {
  started: Some<Line>;
  bookmarks: Some<Line>;
  fresh: Some<Line>;
  next: Suggestion[];
  answers: Some<Answer>;
  vaults: VaultCard[];
};

export const LISTS = ['started', 'bookmarks', 'fresh', 'answers'] as const;
export type ListName = (typeof LISTS)[number];
