import { allowedPerson } from '@/features/access/allowed';
import type { Viewer } from '@/features/access/viewer';
import { freshLink } from './fresh-link';
import { removeSecondFactorOf } from './second-factor';
import { endSessions } from './sessions';

export type PersonLink = 'reset' | 'confirmation' | 'address';

/**
 * The path of a new one-time link for a person, for the owner to hand over. One to a new password ends their sessions at
 * once: whoever asks for it may not be alone with the old one. Null when there is nothing to make a link of, or that is not
 * for this viewer.
 */
export async function handOver(viewer: Viewer, kind: PersonLink, personId: string): Promise<string | null> {
  if (!(await allowedPerson(viewer, 'people.manage', 'link.make'))) return null;
  const path = await freshLink(viewer, { kind, id: personId });
  if (path && kind === 'reset') await endSessions(viewer, personId);
  return path;
}

/** Takes a person's second factor out of force and ends their sessions; false when that is not for this viewer, or there is none. */
export async function takeSecondFactorOff(viewer: Viewer, personId: string): Promise<boolean> {
  if (!(await allowedPerson(viewer, 'people.manage', 'two-factor.remove'))) return false;
  return removeSecondFactorOf(viewer, personId);
}
