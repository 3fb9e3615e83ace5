import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { redemption, share } from '@/db/schema';
import { allowedPerson } from '@/features/access/allowed';
import { readableFiles, readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { instanceId } from '../files/instance';
import { writingRing } from '../keys/state';
import { hashToken, makeToken } from '../people/cookie';
import { checkPassword, hashPassword } from '../people/passwords';
import { countTry, countUse, forgetTries } from '../people/throttle';
import type { ShareInput } from './schema';
import { makeShareToken } from './token';

/** From one address: far more than a class behind one router needs. */
const USES_PER_HOUR = 300;

/**
 * The address of a new link, or null when the viewer may not make one, or what it should open is not there for them. Rejects
 * with `KeyRingError` when the key ring is not the right one.
 */
export async function createShare(viewer: Viewer, input: ShareInput): Promise<{ id: string; href: string } | null> {
  const maker = await allowedPerson(viewer, 'share.manage', 'share.create');
  if (!maker) return null;
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
  return database().db.transaction(async (tx) => {
    const target = await findTarget(tx, viewer, input.target);
    if (!target) return null;
    const [made] = await tx
      .insert(share)
      .values({
        ...target,
        expiresAt: sql`date_trunc('second', now() + ${input.days} * interval '1 day')`,
        maxUses: input.maxUses,
        passwordHash,
        remark: input.remark,
        createdBy: maker.id,
      })
      .returning({ id: share.id, expiresAt: share.expiresAt });
    if (!made) return null;
    await record(viewer, { action: 'share.create', subject: { kind: 'share', id: made.id } }, tx);
    const token = makeShareToken(await writingRing(tx), await instanceId(tx), {
      shareId: made.id,
      expiresAt: made.expiresAt,
    });
    return { id: made.id, href: `/s/${token}` };
  });
}

async function findTarget(
  tx: Executor,
  viewer: Viewer,
  target: ShareInput['target'],
): Promise<{ fileId: string } | { noteId: number } | null> {
  const [files, notes] = [readableFiles(viewer), readableNotes(viewer)];
  if (typeof target === 'string') {
    const [found] = await tx.select({ id: files.id }).from(files).where(eq(files.id, target));
    return found ? { fileId: found.id } : null;
  }
  const [found] = await tx.select({ id: notes.id }).from(notes).where(eq(notes.id, target));
  return found ? { noteId: found.id } : null;
}

/** Closes a link for good, from the next request on. False when there is none, or not for this viewer. */
export async function revokeShare(viewer: Viewer, id: string): Promise<boolean> {
  if (!(await allowedPerson(viewer, 'share.manage', 'share.revoke'))) return false;
  return database().db.transaction(async (tx) => {
    const closed = await tx
      .update(share)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(share.id, id), isNull(share.revokedAt)))
      .returning({ id: share.id });
    if (closed.length > 0) await record(viewer, { action: 'share.revoke', subject: { kind: 'share', id } }, tx);
    return closed.length > 0;
  });
}

export type Redeemed =
  | { as: 'open'; token: string }
  | { as: 'gone' }
  | { as: 'wrong' }
  /** Seconds. */
  | { as: 'wait'; seconds: number };

/**
 * Uses a link once: counts it, and gives its holder a token that opens what it is for, for a day. Exactly as many as the link
 * allows, however many come at once.
 */
export async function redeemShare(
  viewer: Viewer,
  { id, password }: { id: string; password: string },
  device: { address: string | null; agent: string | null },
  executor: Executor = database().db,
): Promise<Redeemed> {
  const [found] = await executor.select({ passwordHash: share.passwordHash }).from(share).where(eq(share.id, id));
  if (!found) return { as: 'gone' };
  if (found.passwordHash !== null) {
    const tries = `share:${id}:${device.address ?? ''}`;
    const seconds = await countTry(viewer, tries);
    if (seconds > 0) return { as: 'wait', seconds };
    if (!(await checkPassword(found.passwordHash, password))) return { as: 'wrong' };
    await forgetTries(viewer, tries);
  }
  const busy = await countUse(viewer, `redeem:${device.address ?? ''}`, USES_PER_HOUR, 3_600);
  if (busy > 0) return { as: 'wait', seconds: busy };
  const token = makeToken();
  const made = await executor.execute(sql`
    with used as (
      update share set used = used + 1
      where id = ${id} and revoked_at is null and expires_at > now() and (max_uses is null or used < max_uses)
        and (file_id is null or exists (select 1 from file where file.id = file_id and removed_at is null and object_id is not null))
      returning id)
    insert into redemption (share_id, token_hash, expires_at, address, agent)
    select id, ${hashToken(token)}, now() + interval '1 day', ${device.address}, ${device.agent?.slice(0, 300) ?? null} from used
    returning id`);
  return made.length > 0 ? { as: 'open', token } : { as: 'gone' };
}

/** Forgets redemptions that have long been over. */
export async function forgetRedemptions(_viewer: Viewer): Promise<void> {
  await database().db.delete(redemption).where(lt(redemption.expiresAt, sql`now() - interval '30 days'`));
}
