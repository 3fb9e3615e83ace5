import { and, eq, gt, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { person, token } from '@/db/schema';
import type { Role, Viewer } from '@/features/access/viewer';
import { hashToken, makeToken } from './cookie';

export type Purpose = (typeof token.$inferSelect)['purpose'];

/** How long each kind of link may be used. */
const LIFETIME: Record<Purpose, string> = {
  owner: '7 days',
  invite: '7 days',
  verify: '1 day',
  reset: '1 hour',
  email: '1 hour',
};

/** What a one-time link was made for. */
export type Grant = {
  purpose: Purpose;
  personId: string | null;
  email: string | null;
  role: Role | null;
  groups: string[];
};

const SECRET = /^[A-Za-z0-9_-]{43}$/;
const columns = {
  purpose: token.purpose,
  personId: token.personId,
  email: token.email,
  role: token.role,
  groups: token.groups,
};

/** The path of the page where a one-time link is used. */
export const setupPath = (secret: string): string => `/setup/${secret}`;

/** Makes a link that serves once, and returns what goes into its address; only its hash is kept. */
export async function makeLink(
  viewer: Viewer,
  grant: Partial<Grant> & { purpose: Purpose; id?: string },
  executor: Executor = database().db,
): Promise<string> {
  const secret = makeToken();
  await executor.insert(token).values({
    ...grant,
    hash: hashToken(secret),
    createdBy: viewer.kind === 'person' ? viewer.id : null,
    expiresAt: lifetime(grant.purpose),
  });
  return secret;
}

/** Puts a new secret in place of a link's, which then serves no longer, and lets it serve as long as a new one. Null when it is gone. */
export async function renewLink(
  _viewer: Viewer,
  { id, purpose }: { id: string; purpose: Purpose },
  executor: Executor = database().db,
): Promise<string | null> {
  const secret = makeToken();
  const renewed = await executor
    .update(token)
    .set({ hash: hashToken(secret), expiresAt: lifetime(purpose) })
    .where(and(eq(token.id, id), eq(token.purpose, purpose)))
    .returning({ id: token.id });
  return renewed.length === 1 ? secret : null;
}

/** A link that is still good, as its page shows it. */
export type OpenLink = Pick<Grant, 'purpose'> & {
  /** Whom it is for: an address, or that of the account; null for the first owner's. */
  email: string | null;
  /** As the account says. */
  name: string | null;
};

/** What a link is for, without using it; null when it is unknown, used or too old: one answer for all three. */
export async function readLink(_viewer: Viewer, secret: string): Promise<OpenLink | null> {
  if (!SECRET.test(secret)) return null;
  const [row] = await database()
    .db.select({
      purpose: token.purpose,
      email: sql<string | null>`coalesce(${token.email}, ${person.email})`,
      name: person.name,
    })
    .from(token)
    .leftJoin(person, eq(person.id, token.personId))
    .where(good(secret));
  return row ?? null;
}

/** Uses a link made for this purpose: of all who try, one gets what it grants. */
export async function takeLink(
  _viewer: Viewer,
  secret: string,
  purpose: Purpose,
  executor: Executor,
): Promise<Grant | null> {
  if (!SECRET.test(secret)) return null;
  const which = and(good(secret), eq(token.purpose, purpose));
  const [row] = await executor.delete(token).where(which).returning(columns);
  return row ?? null;
}

/** Makes the links of a person worthless, or those of one purpose. */
export async function dropLinks(
  _viewer: Viewer,
  personId: string,
  { purpose, executor = database().db }: { purpose?: Purpose; executor?: Executor } = {},
): Promise<void> {
  const which = and(eq(token.personId, personId), purpose ? eq(token.purpose, purpose) : undefined);
  await executor.delete(token).where(which);
}

const good = (secret: string) => and(eq(token.hash, hashToken(secret)), gt(token.expiresAt, sql`now()`));
const lifetime = (purpose: Purpose) => sql`now() + ${LIFETIME[purpose]}::interval`;
