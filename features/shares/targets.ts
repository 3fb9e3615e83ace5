import { and, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { file, link, note, object, redemption, rendition, share, vault } from '@/db/schema';
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
      /** Whether its file is there no more; it may come back. */
      removed: sql<boolean>`${share.fileId} is not null and (${file.removedAt} is not null or ${file.objectId} is null)`,
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

/** That a redemption is in force, and its link too. */
const inForce = (shareId: string, tokenHash: Uint8Array) =>
  and(
    eq(redemption.tokenHash, tokenHash),
    eq(share.id, shareId),
    isNull(share.revokedAt),
    gt(share.expiresAt, sql`now()`),
    gt(redemption.expiresAt, sql`now()`),
  );

/** The file that a redemption opens: the link's own, or `fileId` when the shared note refers to it. */
export function selectRedeemedFile(executor: Executor, shareId: string, tokenHash: Uint8Array, fileId: string | null) {
  const referred = sql`exists (select 1 from ${link} where ${link.noteId} = ${share.noteId} and ${link.toFile} = ${file.id})`;
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
    .innerJoin(file, fileId === null ? eq(file.id, share.fileId) : and(eq(file.id, fileId), referred))
    .innerJoin(object, eq(object.id, file.objectId))
    .where(and(inForce(shareId, tokenHash), isNull(file.removedAt)));
}

/** The note that a redemption opens, as it was last published. */
export function selectRedeemedNote(executor: Executor, shareId: string, tokenHash: Uint8Array) {
  return executor
    .select({
      id: note.id,
      title: note.title,
      language: sql<string>`coalesce(${note.language}, ${vault.language})`,
      slug: vault.slug,
      homePath: vault.homePath,
      html: rendition.html,
      slots: rendition.slots,
      outline: rendition.outline,
      blocks: rendition.blocks,
    })
    .from(redemption)
    .innerJoin(share, eq(share.id, redemption.shareId))
    .innerJoin(note, eq(note.id, share.noteId))
    .innerJoin(vault, eq(vault.id, note.vaultId))
    .innerJoin(rendition, eq(rendition.noteId, note.id))
    .where(inForce(shareId, tokenHash));
}

/** The kept files that a note refers to, by the slot they stand in. */
export function selectFilesOf(executor: Executor, noteId: number) {
  return executor
    .select({
      slot: link.slot,
      id: file.id,
      name: file.name,
      mediaType: file.mediaType,
      size: file.size,
      width: file.width,
      height: file.height,
    })
    .from(link)
    .innerJoin(file, eq(file.id, link.toFile))
    .where(and(eq(link.noteId, noteId), isNotNull(file.objectId)));
}
