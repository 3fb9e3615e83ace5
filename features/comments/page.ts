import type { Role } from '@/features/access/viewer';

export type Comment = {
  id: number;
  /** The comment it answers; answers have no answers of their own. */
  parentId: number | null;
  /** Null once the account is gone. */
  by: string | null;
  role: Role | null;
  /** Whether the viewer wrote it. */
  mine: boolean;
  /** Ready to be shown; empty when the viewer may not see it. */
  html: string;
  /** What was typed, for whoever may change it. */
  source: string | null;
  /** ISO 8601. */
  at: string;
  edited: boolean;
  hidden: boolean;
  deleted: boolean;
};

/** A page of a note's comments. */
export type Comments = {
  items: Comment[];
  /** All that can be read, on every page. */
  count: number;
  /** With which comments the pages before and after begin; `first` is the beginning. */
  earlier: number | 'first' | null;
  later: number | null;
};
