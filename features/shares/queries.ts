import { desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { database } from '@/db/connection';
import { share, vault } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import { readableFiles, readableNotes } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { KeyRingError } from '@/lib/crypto/key-ring';
import { instanceId } from '../files/instance';
import type { Download } from '../files/queries';
import { keyTrouble } from '../keys/dek';
import { findKeyRing, keyRing } from '../keys/ring-file';
import { isKeyAway } from '../keys/state';
import { hashToken } from '../people/cookie';
import type { ShareInput } from './schema';
import { selectRedeemedFile, selectShares } from './targets';
import { keyOfToken, makeShareToken, readShareToken } from './token';

/** `open`, or why no more. */
export type ShareState = 'open' | 'revoked' | 'expired' | 'exhausted' | 'removed';

/** A share link as its holder may see it. */
export type SharedThing = {
  id: string;
  state: ShareState;
  kind: 'file' | 'note';
  name: string;
  /** Bytes of a file. */
  size: number | null;
  expiresAt: Date;
  /** Null for any number. */
  usesLeft: number | null;
  hasPassword: boolean;
};

/** The same for who made it. */
export type ShareRow = SharedThing & {
  /** Null while the key ring that made it is not there. */
  href: string | null;
  vault: string;
  remark: string;
  used: number;
  maxUses: number | null;
  createdAt: Date;
};

type Row = Awaited<ReturnType<typeof selectShares>>[number];

/**
 * What a link's token opens; null when this site never made it. Rejects with `KeyRingError` when there are no keys, and with
 * `KeyTrouble` when the one that the token names is missing: it may be a good one.
 */
export async function findShare(_viewer: Viewer, token: string): Promise<SharedThing | null> {
  const { db } = database();
  const claim = readShareToken(await keyRing(), await instanceId(db), token);
  if (!claim) {
    const keyId = keyOfToken(token);
    if (keyId !== null && (await isKeyAway(db, keyId))) throw keyTrouble(keyId);
    return null;
  }
  const [row] = await selectShares(db).where(eq(share.id, claim.shareId));
  return row ? thingOf(row) : null;
}

/** What a link can be made to: its name and vault; null when there is no such thing, or not for who may not make links. */
export async function findShareable(
  viewer: Viewer,
  target: ShareInput['target'],
): Promise<{ name: string; vault: string } | null> {
  if (!(await isAllowed(viewer, 'share.manage'))) return null;
  const { db } = database();
  if (typeof target === 'string') {
    const files = readableFiles(viewer);
    const [found] = await db
      .select({ name: files.name, vault: vault.slug })
      .from(files)
      .innerJoin(vault, eq(vault.id, files.vaultId))
      .where(eq(files.id, target));
    return found ?? null;
  }
  const notes = readableNotes(viewer);
  const [found] = await db
    .select({ name: notes.title, vault: vault.slug })
    .from(notes)
    .innerJoin(vault, eq(vault.id, notes.vaultId))
    .where(eq(notes.id, target));
  return found ?? null;
}

/** Every link there is, the newest first; null for who may not manage them. */
export async function listShares(viewer: Viewer, limit = 500): Promise<ShareRow[] | null> {
  if (!(await isAllowed(viewer, 'share.manage'))) return null;
  const { db } = database();
  // Without it nothing opens, but what is open can be seen and closed
  const ring = await findKeyRing().catch((error) => {
    if (error instanceof KeyRingError) return null;
    throw error;
  });
  const instance = await instanceId(db);
  const rows = await selectShares(db).orderBy(desc(share.createdAt)).limit(limit);
  return rows.map((row) => ({
    ...thingOf(row),
    href: ring && `/s/${makeShareToken(ring, instance, { shareId: row.id, expiresAt: row.expiresAt })}`,
    vault: row.vault ?? '',
    remark: row.remark,
    used: row.used,
    maxUses: row.maxUses,
    createdAt: row.createdAt,
  }));
}

/** The file that the holder of a redemption's token may take now, or null; of a shared note, the one of that id. */
export async function findSharedFile(
  _viewer: Viewer,
  shareId: string,
  token: string,
  fileId: string | null = null,
): Promise<(Download & { redemptionId: string }) | null> {
  if (fileId !== null && !z.uuid().safeParse(fileId).success) return null;
  const [row] = await selectRedeemedFile(database().db, shareId, hashToken(token), fileId);
  if (!row) return null;
  const { publishedAt, stored, ...rest } = row;
  return { ...rest, modified: publishedAt, stored: { ...stored, role: 'original' } };
}

function stateOf({ revokedAt, expired, removed }: Row, usesLeft: number | null): ShareState {
  if (revokedAt) return 'revoked';
  if (expired) return 'expired';
  if (usesLeft === 0) return 'exhausted';
  return removed ? 'removed' : 'open';
}

function thingOf(row: Row): SharedThing {
  const usesLeft = row.maxUses === null ? null : row.maxUses - row.used;
  const state = stateOf(row, usesLeft);
  const { id, expiresAt, hasPassword } = row;
  const kind = row.fileId ? 'file' : 'note';
  return {
    id,
    state,
    kind,
    name: row.fileName ?? row.noteTitle ?? '',
    size: row.size,
    expiresAt,
    usesLeft,
    hasPassword,
  };
}
