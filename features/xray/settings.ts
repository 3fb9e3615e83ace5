import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { database } from '@/db/connection';
import { setting } from '@/db/schema';
import { may } from '@/features/access/policy';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';

export const XRAY_FOR = ['everyone', 'members', 'owners'] as const;
/** Who may look at their own requests; owners look at any. */
export type XrayFor = (typeof XRAY_FOR)[number];

const NAME = 'xray';
export const xrayFor = z.enum(XRAY_FOR);

/** What the owner decided; everyone until then. One query. */
export async function readXrayFor(_viewer: Viewer): Promise<XrayFor> {
  const [row] = await database().db.select({ value: setting.value }).from(setting).where(eq(setting.name, NAME));
  return xrayFor.catch('everyone').parse(row?.value);
}

/** Changes who may look; false when it is not for this viewer to say. */
export async function changeXrayFor(viewer: Viewer, value: XrayFor): Promise<boolean> {
  if (!may(viewer, 'settings.change')) return false;
  await database().db.transaction(async (tx) => {
    await tx
      .insert(setting)
      .values({ name: NAME, value })
      .onConflictDoUpdate({ target: setting.name, set: { value, updatedAt: sql`now()` } });
    await record(
      viewer,
      { action: 'setting.change', subject: { kind: 'setting', id: NAME }, detail: { to: value } },
      tx,
    );
  });
  return true;
}

/** Whether a viewer may look at requests of their own. */
export function mayLook(viewer: Viewer, allowed: XrayFor): boolean {
  if (may(viewer, 'settings.change')) return true;
  return allowed === 'everyone' || (allowed === 'members' && viewer.kind === 'person');
}
