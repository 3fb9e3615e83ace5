import type { ReactNode } from 'react';
import { leadTo, missing } from '@/app/elsewhere';
import { visitOf } from '@/app/visit';
import type { Visit } from '@/components/making';
import type { StudioArea } from '@/components/studio/studio-frame';
import { lacksSecondFactor } from '@/features/access/allowed';
import { may, type Operation } from '@/features/access/policy';
import type { Person } from '@/features/access/viewer';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import type { InterfaceLanguage } from '@/lib/language/words';

const NEEDS: Record<StudioArea, Operation> = {
  home: 'studio.enter',
  people: 'people.manage',
  invitations: 'people.manage',
  groups: 'people.manage',
  files: 'file.manage',
  shares: 'share.manage',
  downloads: 'audit.read',
  audit: 'audit.read',
  settings: 'settings.change',
};

export type Open = {
  viewer: Person;
  language: InterfaceLanguage;
  /** What the frame of the page is given. */
  frame: { language: InterfaceLanguage; visit: Visit | null; area: StudioArea; open: StudioArea[] };
};
const isArea = (area: string): area is StudioArea => area in NEEDS;

/**
 * Opens a page of the studio to whoever may enter; for others it does not exist. An owner who lacks the second factor that
 * the site asks for is led to where it is set up. What is then read and done asks again.
 */
export async function openStudio(area: StudioArea): Promise<Open | { instead: ReactNode }> {
  const [viewer, language] = await Promise.all([getViewer(), currentLanguage()]);
  if (viewer.kind !== 'person' || !may(viewer, NEEDS[area])) return { instead: await missing() };
  if (await lacksSecondFactor(viewer)) return { instead: leadTo('/account/security') };
  const open = Object.keys(NEEDS).filter(isArea);
  const frame = { language, visit: visitOf(viewer), area, open: open.filter((each) => may(viewer, NEEDS[each])) };
  return { viewer, language, frame };
}
