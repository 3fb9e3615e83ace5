import { and, asc, desc, eq, or, type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { audit, bookmark, comment, group, identity, membership, person, progress, session, vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Person } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import { countUse } from './throttle';

const HOUR_SECONDS = 3_600;
const EXPORTS_AN_HOUR = 10;
/** Of each kind of thing, the newest. */
const ROWS_MAX = 100_000;

export type AccountExport =
  | { as: 'export'; data: { exportedAt: string } & Record<string, unknown> }
  | { as: 'wait'; seconds: number };

/**
 * All that is kept about the viewer, as plain data: no hash, token or seed. Notes they may no longer read are numbers. Null
 * when they have not shown their password lately.
 */
export async function exportAccount(viewer: Person): Promise<AccountExport | null> {
  if (!viewer.confirmed) return null;
  const seconds = await countUse(viewer, `export:${viewer.id}`, EXPORTS_AN_HOUR, HOUR_SECONDS);
  if (seconds > 0) return { as: 'wait', seconds };
  await record(viewer, { action: 'account.export', subject: { kind: 'person', id: viewer.id } });
  const [profile, providers, sessions, groups] = await ofAccount(viewer);
  const [bookmarks, reading, comments, log] = await ofUse(viewer);
  const kept = { profile: profile[0], providers, sessions, groups, bookmarks, progress: reading, comments, log };
  return { as: 'export', data: { exportedAt: new Date().toISOString(), ...kept } };
}

function ofAccount(viewer: Person) {
  const { db } = database();
  const { id, email, name, role, language, theme, timeZone, verifiedAt, lastVisitAt, createdAt } = person;
  const twoFactorSince = person.totpConfirmedAt;
  const columns = {
    id,
    email,
    name,
    role,
    language,
    theme,
    timeZone,
    verifiedAt,
    lastVisitAt,
    twoFactorSince,
    createdAt,
  };
  const { seenAt, expiresAt, address, agent } = session;
  return Promise.all([
    db.select(columns).from(person).where(eq(person.id, viewer.id)),
    db
      .select({ provider: identity.provider, subject: identity.subject, createdAt: identity.createdAt })
      .from(identity)
      .where(eq(identity.personId, viewer.id)),
    db
      .select({ createdAt: session.createdAt, seenAt, expiresAt, address, agent })
      .from(session)
      .where(eq(session.personId, viewer.id))
      .orderBy(desc(session.seenAt)),
    db
      .select({ name: group.name })
      .from(membership)
      .innerJoin(group, eq(group.id, membership.groupId))
      .where(eq(membership.personId, viewer.id))
      .orderBy(asc(group.name)),
  ]);
}

function ofUse(viewer: Person) {
  const { db } = database();
  const notes = readableNotes(viewer);
  const of = (noteId: SQL) => ({
    noteId: sql<number>`${noteId}::int`,
    note: notes.title,
    address: sql<string | null>`'/' || ${vault.slug} || '/' || ${notes.address}`,
  });
  const { position, openedAt, readAt, readRevision } = progress;
  const { parentId, source, createdAt, editedAt, deletedAt, hiddenAt } = comment;
  const about = and(eq(audit.subjectKind, 'person'), eq(audit.subjectId, viewer.id));
  return Promise.all([
    db
      .select({ ...of(sql`${bookmark.noteId}`), createdAt: bookmark.createdAt })
      .from(bookmark)
      .leftJoin(notes, eq(notes.id, bookmark.noteId))
      .leftJoin(vault, eq(vault.id, notes.vaultId))
      .where(eq(bookmark.personId, viewer.id))
      .orderBy(desc(bookmark.createdAt))
      .limit(ROWS_MAX),
    db
      .select({ ...of(sql`${progress.noteId}`), position, openedAt, readAt, readRevision })
      .from(progress)
      .leftJoin(notes, eq(notes.id, progress.noteId))
      .leftJoin(vault, eq(vault.id, notes.vaultId))
      .where(eq(progress.personId, viewer.id))
      .orderBy(desc(progress.openedAt))
      .limit(ROWS_MAX),
    db
      .select({
        ...of(sql`${comment.noteId}`),
        id: comment.id,
        parentId,
        source,
        createdAt,
        editedAt,
        deletedAt,
        hiddenAt,
      })
      .from(comment)
      .leftJoin(notes, eq(notes.id, comment.noteId))
      .leftJoin(vault, eq(vault.id, notes.vaultId))
      .where(eq(comment.personId, viewer.id))
      .orderBy(desc(comment.createdAt))
      .limit(ROWS_MAX),
    db
      .select({
        at: audit.at,
        action: audit.action,
        byMe: sql<boolean>`coalesce(${audit.actorId} = ${viewer.id}, false)`,
        detail: audit.detail,
        address: sql<string | null>`case when ${audit.actorId} = ${viewer.id} then ${audit.address} end`,
        refused: audit.refused,
      })
      .from(audit)
      .where(or(eq(audit.actorId, viewer.id), about))
      .orderBy(desc(audit.id))
      .limit(ROWS_MAX),
  ]);
}
