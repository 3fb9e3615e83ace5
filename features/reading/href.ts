import type { ListName } from './page';

const PATHS: Record<ListName, string> = {
  started: 'started',
  bookmarks: 'bookmarks',
  fresh: 'new',
  answers: 'answers',
};

/** The page that has the whole of a list. */
export const listHref = (list: ListName, before?: string | null): string =>
  `/reading/${PATHS[list]}${before ? `?before=${encodeURIComponent(before)}` : ''}`;

/** Which list a page's last segment names, or null. */
export function listNamed(segment: string): ListName | null {
  for (const list of ['started', 'bookmarks', 'fresh', 'answers'] as const) if (PATHS[list] === segment) return list;
  return null;
}
