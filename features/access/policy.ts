import { tell } from '@/lib/observe/trace';
import type { Role, Viewer } from './viewer';

export type AccessLevel = 'public' | 'members' | 'group' | 'private';

/** What a note or vault says of who may read it. */
export type Access = { access: AccessLevel; accessGroup: string | null };

/**
 * Whether a viewer may read what has this access. `readableNotes` says the same in SQL; a test holds the two together.
 * Owners and editors read everything: they could open it anyway.
 */
export function mayRead(viewer: Viewer, { access, accessGroup }: Access): boolean {
  if (access === 'public') return true;
  if (viewer.kind !== 'person') return false;
  if (readsAll(viewer)) return true;
  if (access === 'members') return true;
  return access === 'group' && accessGroup !== null && viewer.groups.includes(accessGroup);
}

/** Whether nothing is closed to this viewer. */
export const readsAll = (viewer: Viewer): boolean => viewer.kind === 'person' && viewer.role !== 'member';

/** What may be done besides reading, and by whom. */
const ALLOWED = {
  /** Their own account, sessions, preferences, bookmarks and progress. */
  'account.use': ['owner', 'editor', 'member'],
  'comment.write': ['owner', 'editor', 'member'],
  'comment.moderate': ['owner', 'editor'],
  'note.edit': ['owner', 'editor'],
  'file.manage': ['owner', 'editor'],
  'share.manage': ['owner', 'editor'],
  'studio.enter': ['owner', 'editor'],
  'people.manage': ['owner'],
  'audit.read': ['owner'],
  'settings.change': ['owner'],
} satisfies Record<string, readonly Role[]>;

export type Operation = keyof typeof ALLOWED;
export const OPERATIONS: Readonly<Record<Operation, readonly Role[]>> = ALLOWED;

/** Whether a viewer may do something that does not depend on which object it is done to. */
export function may(viewer: Viewer, operation: Operation): boolean {
  const allowed = isAllowed(viewer, operation);
  tell('access', operation, { allowed });
  return allowed;
}

function isAllowed(viewer: Viewer, operation: Operation): boolean {
  return viewer.kind === 'person' && OPERATIONS[operation].includes(viewer.role);
}
