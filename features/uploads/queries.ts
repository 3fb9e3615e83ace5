import { and, asc, desc, eq, like, sql } from 'drizzle-orm';
import { z } from 'zod';
import { database } from '@/db/connection';
import { upload, vault } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import { readableFiles } from '@/features/access/readable';
import type { Viewer } from '@/features/access/viewer';
import { FORM_FILES, type Room, readRoom } from './limits';
import { reasonOf } from './own';
import type { Refusal } from './schema';

/** An upload for the page it is told on; sizes in bytes. */
export type UploadLine = {
  id: string;
  vault: string;
  path: string;
  received: number;
  size: number | null;
  state: 'open' | 'done' | 'refused';
  why: Refusal | null;
  fileId: string | null;
};
/** What the page for uploads shows. */
export type UploadDesk = {
  vaults: { slug: string; title: string }[];
  /** Folders that hold files, in any vault. */
  folders: string[];
  room: Room;
  /** This person's that are neither whole nor refused, the latest first. */
  unfinished: UploadLine[];
  /** Those of the batch that is asked for, in the order they came. */
  batch: UploadLine[];
};

const LINES_MAX = 100;
const FOLDERS_MAX = 500;

/** What somebody sees who is about to upload, or just has; null when that is not for this viewer. */
export async function readUploadDesk(viewer: Viewer, batch: string | null): Promise<UploadDesk | null> {
  if (viewer.kind !== 'person' || !(await isAllowed(viewer, 'file.manage'))) return null;
  const { db } = database();
  const files = readableFiles(viewer);
  const mine = eq(upload.personId, viewer.id);
  const ofBatch = batch !== null && z.uuid().safeParse(batch).success ? eq(upload.batch, batch) : sql`false`;
  const [vaults, folders, room, unfinished, sent] = await Promise.all([
    db.select({ slug: vault.slug, title: vault.title }).from(vault).orderBy(asc(vault.title)),
    db
      .selectDistinct({ folder: sql<string>`substring(${files.path} from '^(.*)/')`.as('folder') })
      .from(files)
      .where(like(files.path, '%/%'))
      .orderBy(sql`folder`)
      .limit(FOLDERS_MAX),
    readRoom(viewer, db),
    selectLines()
      .where(and(mine, eq(upload.state, 'open')))
      .orderBy(desc(upload.touchedAt))
      .limit(LINES_MAX),
    selectLines().where(and(mine, ofBatch)).orderBy(asc(upload.createdAt)).limit(FORM_FILES),
  ]);
  return {
    vaults,
    folders: folders.map(({ folder }) => folder),
    room,
    unfinished: unfinished.map(lineOf),
    batch: sent.map(lineOf),
  };
}

/** How much room there is for files; null when that is not for this viewer. */
export async function readKept(viewer: Viewer): Promise<Room | null> {
  return (await isAllowed(viewer, 'file.manage')) ? readRoom(viewer, database().db) : null;
}

function selectLines() {
  return database()
    .db.select({
      id: upload.id,
      vault: vault.slug,
      path: upload.path,
      received: upload.received,
      size: upload.size,
      state: upload.state,
      reason: upload.reason,
      fileId: upload.fileId,
    })
    .from(upload)
    .innerJoin(vault, eq(vault.id, upload.vaultId))
    .$dynamic();
}

type Row = Omit<UploadLine, 'why'> & { reason: string | null };

const lineOf = ({ reason, ...line }: Row): UploadLine => ({ ...line, why: reasonOf(reason) });
