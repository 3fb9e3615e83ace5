import { and, eq, gt, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { token } from '@/db/schema';
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

const columns = {
  purpose: token.purpose,
  personId: token.personId,
  email: token.email,
  role: token.role,
  groups: token.groups,
};

/** Makes a link that serves once, and returns what goes into its address; only its hash is kept. */
export async function makeLink(
  viewer: Viewer,
  grant: Partial<Grant> & { purpose: Purpose },
  executor: Executor = database().db,
): Promise<string> {
  const secret = makeToken();
  await executor.insert(token).values({
    ...grant,
    hash: hashToken(secret),
    createdBy: viewer.kind === 'person' ? viewer.id : null,
    expiresAt: sql`now() + ${LIFETIME[grant.purpose]}::interval`,
  });
  return secret;
}

/** What a link is for, without using it; null when it is unknown, used or too old: one answer for all three. */
export async function readLink(_viewer: Viewer, secret: string): Promise<Grant | null> {
  const good = and(eq(token.hash, hashToken(secret)), gt(token.expiresAt, sql`now()`));
  const [row] = await database().db.select(columns).from(token).where(good);
  return row ?? null;
}

/** Uses a link: of all who try, one gets what it grants. */
export async function takeLink(_viewer: Viewer, secret: string, executor: Executor): Promise<Grant | null> {
  const good = and(eq(token.hash, hashToken(secret)), gt(token.expiresAt, sql`now()`));
  const [row] = await executor.delete(token).where(good).returning(columns);
  return row ?? null;
}
