import { record } from '@/features/audit/write';
import { readSiteSettings } from '@/features/settings/queries';
import { may, type Operation } from './policy';
import type { Person, Viewer } from './viewer';

/**
 * Whether a viewer may do something now: by their role, and, when the site asks its owners for a second factor, only with
 * one.
 */
export async function isAllowed(viewer: Viewer, operation: Operation): Promise<boolean> {
  return may(viewer, operation) && !(await lacksSecondFactor(viewer));
}

/** Whether the site asks this viewer for a second factor that they do not have. */
export async function lacksSecondFactor(viewer: Viewer): Promise<boolean> {
  if (viewer.kind !== 'person' || viewer.role !== 'owner' || viewer.twoFactor) return false;
  return (await readSiteSettings(viewer)).ownerTwoFactor;
}

/**
 * The viewer, when they may do something now; else null, and that somebody signed in tried is remembered as refused. For
 * verbs, which answer null as if what they are about did not exist.
 */
export async function allowedPerson(viewer: Viewer, operation: Operation, deed: string): Promise<Person | null> {
  if (viewer.kind !== 'person') return null;
  if (await isAllowed(viewer, operation)) return viewer;
  await record(viewer, { action: deed, refused: true });
  return null;
}
