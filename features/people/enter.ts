import { database } from '@/db/connection';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { type Device, endSession, openSession } from './sessions';
import { keepToken } from './viewer';

/**
 * Opens a session for someone who has just shown who they are, in place of the one this browser had, and puts its cookie
 * into the answer. Only in a server action or a route handler.
 */
export async function enter(viewer: Viewer, personId: string, device: Device): Promise<void> {
  if (viewer.kind === 'person') await endSession(viewer);
  const token = await database().db.transaction(async (tx) => {
    const subject = { kind: 'person', id: personId };
    await record(viewer, { action: 'session.start', subject, address: device.address }, tx);
    return openSession(viewer, personId, device, tx);
  });
  await keepToken(token);
}
