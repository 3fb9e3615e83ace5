import { and, asc, count, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { group, membership, person, session, token } from '@/db/schema';
import { isAllowed } from '@/features/access/allowed';
import type { Role, Viewer } from '@/features/access/viewer';

export const PEOPLE_PAGE = 50;
/** Who looks further than this searches. */
const PAGES_MAX = 400;
const SEARCH_MAX = 100;

export type PeopleFilter = {
  search?: string;
  role?: Role | null;
  state?: 'disabled' | 'waiting' | null;
  page?: number;
};
export type PersonLine = {
  id: string;
  name: string;
  email: string;
  role: Role;
  groups: string[];
  verified: boolean;
  disabled: boolean;
  twoFactor: boolean;
};
export type PeoplePage = { people: PersonLine[]; total: number; page: number; pages: number };

const held = (db: ReturnType<typeof database>['db']) =>
  db
    .select({ name: group.name })
    .from(membership)
    .innerJoin(group, eq(group.id, membership.groupId))
    .where(eq(membership.personId, person.id))
    .orderBy(group.name);

const line = (db: ReturnType<typeof database>['db']) => ({
  id: person.id,
  name: person.name,
  email: person.email,
  role: person.role,
  groups: sql<string[]>`array(${held(db)})`,
  verified: sql<boolean>`${isNotNull(person.verifiedAt)}`,
  disabled: sql<boolean>`${isNotNull(person.disabledAt)}`,
  twoFactor: sql<boolean>`${isNotNull(person.totpConfirmedAt)}`,
});

/** A page of the people there are, by name; null when that is not for this viewer. The search looks in names and addresses. */
export async function listPeople(viewer: Viewer, filter: PeopleFilter): Promise<PeoplePage | null> {
  if (!(await isAllowed(viewer, 'people.manage'))) return null;
  const { db } = database();
  const where = matching(filter);
  const [row] = await db.select({ total: count() }).from(person).where(where);
  const total = row?.total ?? 0;
  const pages = Math.min(PAGES_MAX, Math.max(1, Math.ceil(total / PEOPLE_PAGE)));
  const page = Math.min(pages, Math.max(1, Math.trunc(filter.page ?? 1)));
  const people = await db
    .select(line(db))
    .from(person)
    .where(where)
    .orderBy(asc(person.name), asc(person.id))
    .limit(PEOPLE_PAGE)
    .offset((page - 1) * PEOPLE_PAGE);
  return { people, total, page, pages };
}

function matching({ search = '', role, state }: PeopleFilter): SQL | undefined {
  const words = search.trim().slice(0, SEARCH_MAX).normalize('NFC').toLowerCase();
  return and(
    words === ''
      ? undefined
      : sql`(strpos(lower(${person.name}), ${words}) > 0 or strpos(${person.emailKey}, ${words}) > 0)`,
    role ? eq(person.role, role) : undefined,
    state === 'disabled' ? isNotNull(person.disabledAt) : undefined,
    state === 'waiting' ? isNull(person.verifiedAt) : undefined,
  );
}

export type PersonPage = PersonLine & {
  /** ISO 8601. */
  since: string;
  /** The last use of a session that still is; null when there is none. */
  seenAt: string | null;
  /** An address that waits to be confirmed. */
  pendingEmail: string | null;
  hasPassword: boolean;
};

/** One person as who manages people sees them; null when there is none, or that is not for this viewer. */
export async function readPerson(viewer: Viewer, id: string): Promise<PersonPage | null> {
  if (!(await isAllowed(viewer, 'people.manage'))) return null;
  const { db } = database();
  const seen = db
    .select({ at: sql`max(${session.seenAt})` })
    .from(session)
    .where(eq(session.personId, person.id));
  const pending = db
    .select({ email: token.email })
    .from(token)
    .where(and(eq(token.personId, person.id), eq(token.purpose, 'email'), sql`${token.expiresAt} > now()`))
    .limit(1);
  const [row] = await db
    .select({
      ...line(db),
      since: person.createdAt,
      seenAt: sql<string | null>`to_char((${seen}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
      pendingEmail: sql<string | null>`(${pending})`,
      hasPassword: sql<boolean>`${isNotNull(person.passwordHash)}`,
    })
    .from(person)
    .where(eq(person.id, id));
  return row ? { ...row, since: row.since.toISOString() } : null;
}

export type PeopleCounts = {
  people: number;
  owners: number;
  waiting: number;
  disabled: number;
  invitations: number;
  groups: number;
};

/** What the first page of the studio says of the people; null when that is not for this viewer. */
export async function countPeople(viewer: Viewer): Promise<PeopleCounts | null> {
  if (!(await isAllowed(viewer, 'people.manage'))) return null;
  const { db } = database();
  const invitations = db.select({ n: sql`count(*)::int` }).from(token).where(eq(token.purpose, 'invite'));
  const groups = db.select({ n: sql`count(*)::int` }).from(group);
  const [row] = await db
    .select({
      people: sql<number>`count(*)::int`,
      owners: sql<number>`(count(*) filter (where ${person.role} = 'owner' and ${person.disabledAt} is null))::int`,
      waiting: sql<number>`(count(*) filter (where ${person.verifiedAt} is null))::int`,
      disabled: sql<number>`(count(*) filter (where ${person.disabledAt} is not null))::int`,
      invitations: sql<number>`(${invitations})`,
      groups: sql<number>`(${groups})`,
    })
    .from(person);
  return row ?? null;
}
