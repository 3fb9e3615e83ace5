import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file, note, object, redemption, share, vault } from '@/db/schema';
import { instanceColumn } from '../files/instance';
import { storedObject } from '../files/stored';

/**
 * Share links with what they open, whoever else may read that: to its holder a link is what opens it, and to those who may
 * make links nothing is closed. Only `features/shares` asks for it.
 */
export function selectShares(executor: Executor) {
  return executor
    .select({
      id: share.id,
      expiresAt: share.expiresAt,
      expired: sql<boolean>`${share.expiresAt} <= now()`,
      maxUses: share.maxUses,
      used: share.used,
      hasPassword: sql<boolean>`${share.passwordHash} is not null`,
      remark: share.remark,
      createdAt: share.createdAt,
      revokedAt: share.revokedAt,
      fileId: share.fileId,
      fileName: file.name,
      size: file.size,
      noteId: share.noteId,
      noteTitle: note.title,
      vault: vault.slug,
    })
    .from(share)
    .leftJoin(file, eq(file.id, share.fileId))
    .leftJoin(note, eq(note.id, share.noteId))
    .leftJoin(vault, sql`${vault.id} = coalesce(${file.vaultId}, ${note.vaultId})`);
}

/** The file that a redemption opens, while both it and its link are in force. */
export function selectRedeemedFile(executor: Executor, shareId: string, tokenHash: Uint8Array) {
  return executor
    .select({
      redemptionId: redemption.id,
      id: file.id,
      name: file.name,
      mediaType: file.mediaType,
      publishedAt: file.publishedAt,
      size: object.size,
      stored: storedObject,
      instance: instanceColumn,
    })
    .from(redemption)
    .innerJoin(share, eq(share.id, redemption.shareId))
    .innerJoin(file, eq(file.id, share.fileId))
    .innerJoin(object, eq(object.id, file.objectId))
    .where(
      and(
        eq(redemption.tokenHash, tokenHash),
        eq(share.id, shareId),
        isNull(share.revokedAt),
        gt(share.expiresAt, sql`now()`),
        gt(redemption.expiresAt, sql`now()`),
      ),
    );
}
