import { inArray } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { setting } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';
import { DOWNLOAD_DAYS, SETTING_NAMES, type SiteSettings, settingsShape } from './schema';

/** What is decided about the site, defaults filled in; a value that no longer fits counts as undecided. One query. */
export async function readSiteSettings(_viewer: Viewer, executor: Executor = database().db): Promise<SiteSettings> {
  const rows = await executor
    .select({ name: setting.name, value: setting.value })
    .from(setting)
    .where(inArray(setting.name, [...SETTING_NAMES]));
  const kept = new Map(rows.map(({ name, value }) => [name, value]));
  return {
    downloadDays: settingsShape.downloadDays.catch(DOWNLOAD_DAYS).parse(kept.get('downloadDays')),
    signup: settingsShape.signup.catch('invitation').parse(kept.get('signup')),
    ownerTwoFactor: settingsShape.ownerTwoFactor.catch(false).parse(kept.get('ownerTwoFactor')),
    uploadMegabytes: settingsShape.uploadMegabytes.catch(10_000).parse(kept.get('uploadMegabytes')),
    quotaMegabytes: settingsShape.quotaMegabytes.catch(0).parse(kept.get('quotaMegabytes')),
    xray: settingsShape.xray.catch('everyone').parse(kept.get('xray')),
  };
}
