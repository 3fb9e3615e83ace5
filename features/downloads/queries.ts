import { and, desc, eq, gte, lt, lte, type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { download, person, share } from '@/db/schema';
import { isAllowed } from '../access/allowed';
import type { Viewer } from '../access/viewer';

export const OUTCOMES = ['running', 'finished', 'cut', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A line of the ledger. */
export type Entry = {
  id: number;
  fileId: string | null;
  name: string;
  /** Bytes of the file, and how many of them left. */
  size: number;
  bytes: number;
  outcome: Outcome;
  reason: string | null;
  requests: number;
  resumed: boolean;
  startedAt: Date;
  endedAt: Date | null;
};
/** The same for the owner: by whom. */
export type OwnersEntry = Entry & {
  /** Null for a visitor without an account, and for one whose account is gone. */
  person: string | null;
  shareId: string | null;
  /** What the link's maker noted. */
  remark: string | null;
};

export type Filter = {
  fileId?: string;
  shareId?: string;
  personId?: string;
  outcome?: Outcome;
  from?: Date;
  to?: Date;
};

export const DOWNLOADS_PAGE = 100;
const covered = sql<number>`coalesce((select sum(upper(r) - lower(r)) from unnest(${download.covered}) r), 0)::float8`;
const columns = {
  id: download.id,
  fileId: download.fileId,
  name: download.name,
  size: download.size,
  bytes: covered,
  outcome: download.outcome,
  reason: download.reason,
  requests: download.requests,
  resumed: download.resumed,
  startedAt: download.startedAt,
  endedAt: download.endedAt,
};

/** What a person has taken, the latest first, `before` an entry's id; nothing for nobody in particular. */
export async function listOwnDownloads(viewer: Viewer, before?: number): Promise<Entry[]> {
  if (viewer.kind !== 'person') return [];
  return database()
    .db.select(columns)
    .from(download)
    .where(and(eq(download.personId, viewer.id), before === undefined ? undefined : lt(download.id, before)))
    .orderBy(desc(download.id))
    .limit(DOWNLOADS_PAGE);
}

/** What anybody has taken, for owners; null for others. */
export async function listDownloads(viewer: Viewer, filter: Filter, before?: number): Promise<OwnersEntry[] | null> {
  if (!(await isAllowed(viewer, 'audit.read'))) return null;
  return database()
    .db.select({ ...columns, person: person.name, shareId: download.shareId, remark: share.remark })
    .from(download)
    .leftJoin(person, eq(person.id, download.personId))
    .leftJoin(share, eq(share.id, download.shareId))
    .where(and(matching(filter), before === undefined ? undefined : lt(download.id, before)))
    .orderBy(desc(download.id))
    .limit(DOWNLOADS_PAGE);
}

/** The same as CSV (RFC 4180), a page at a time; null for those who may not. */
export async function exportDownloads(viewer: Viewer, filter: Filter): Promise<AsyncGenerator<string> | null> {
  if (!(await isAllowed(viewer, 'audit.read'))) return null;
  async function* lines() {
    yield csv(['id', 'started', 'ended', 'file', 'size', 'bytes', 'outcome', 'reason', 'requests', 'person', 'link']);
    for (let before: number | undefined; ; ) {
      const entries: OwnersEntry[] = (await listDownloads(viewer, filter, before)) ?? [];
      for (const each of entries) yield csv(rowOf(each));
      const last = entries.at(-1);
      if (!last || entries.length < DOWNLOADS_PAGE) return;
      before = last.id;
    }
  }
  return lines();
}

function matching({ fileId, shareId, personId, outcome, from, to }: Filter): SQL | undefined {
  return and(
    fileId === undefined ? undefined : eq(download.fileId, fileId),
    shareId === undefined ? undefined : eq(download.shareId, shareId),
    personId === undefined ? undefined : eq(download.personId, personId),
    outcome === undefined ? undefined : eq(download.outcome, outcome),
    from === undefined ? undefined : gte(download.startedAt, from),
    to === undefined ? undefined : lte(download.startedAt, to),
  );
}

function rowOf(entry: OwnersEntry): string[] {
  const { id, startedAt, endedAt, name, size, bytes, outcome, reason, requests, person: who, remark, shareId } = entry;
  const link = remark || (shareId ?? '');
  const times = [startedAt.toISOString(), endedAt?.toISOString() ?? ''];
  return [
    String(id),
    ...times,
    name,
    String(size),
    String(bytes),
    outcome,
    reason ?? '',
    String(requests),
    who ?? '',
    link,
  ];
}

/** A spreadsheet must not take a name for a formula: https://owasp.org/www-community/attacks/CSV_Injection */
function csv(cells: string[]): string {
  const safe = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
  return `${safe.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
}
