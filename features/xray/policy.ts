import { may } from '@/features/access/policy';
import type { Viewer } from '@/features/access/viewer';
import { readSiteSettings } from '@/features/settings/queries';

/** Whether a viewer may look at requests of their own: as the owner decided; owners look at any. One query, or none. */
export async function mayLook(viewer: Viewer): Promise<boolean> {
  if (may(viewer, 'settings.change')) return true;
  const { xray } = await readSiteSettings(viewer);
  return xray === 'everyone' || (xray === 'members' && viewer.kind === 'person');
}
