import { sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { setting } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { readSiteSettings } from './queries';
import { SETTING_NAMES, type SiteSettings, siteSettings } from './schema';

export type SettingsChange =
  | { as: 'changed' }
  /** Not for this viewer. */
  | { as: 'missing' }
  /** Who asks every owner for a second factor must have one, or would lock themselves out. */
  | { as: 'needs-two-factor' };

/** Changes what the owner decides about the site, and notes each setting that is now another. Settings left out stay. */
export async function changeSettings(viewer: Viewer, changes: Partial<SiteSettings>): Promise<SettingsChange> {
  if (viewer.kind !== 'person' || !(await isAllowed(viewer, 'settings.change'))) return { as: 'missing' };
  const asked = siteSettings.partial().parse(changes);
  if (asked.ownerTwoFactor && !viewer.twoFactor) return { as: 'needs-two-factor' };
  await database().db.transaction(async (tx) => {
    const before = await readSiteSettings(viewer, tx);
    for (const name of SETTING_NAMES) {
      const value = changes[name] === undefined ? undefined : asked[name];
      if (value === undefined || value === before[name]) continue;
      await tx
        .insert(setting)
        .values({ name, value })
        .onConflictDoUpdate({ target: setting.name, set: { value, updatedAt: sql`now()` } });
      await record(
        viewer,
        { action: 'setting.change', subject: { kind: 'setting', id: name }, detail: { from: before[name], to: value } },
        tx,
      );
    }
  });
  return { as: 'changed' };
}
