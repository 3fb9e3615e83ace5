import { and, eq, isNull, sql } from 'drizzle-orm';
import { database, type Executor } from '@/db/connection';
import { group, membership, person } from '@/db/schema';
import type { Role, Viewer } from '@/features/access/viewer';
import { emailKey } from './schema';

export type NewAccount = { email: string; name: string; role: Role; passwordHash: string | null };

/** An account by its address, however it is capitalised. */
export async function findByAddress(_viewer: Viewer, address: string, executor: Executor = database().db) {
  const [row] = await executor
    .select({
      id: person.id,
      email: person.email,
      name: person.name,
      language: person.language,
      verifiedAt: person.verifiedAt,
      disabledAt: person.disabledAt,
    })
    .from(person)
    .where(eq(person.emailKey, emailKey(address)));
  return row ?? null;
}

/**
 * Makes an account whose address is known to be theirs, and returns its id. One that waits for its address to be confirmed
 * becomes this one, with nothing left of what somebody wrote into it. Null when there is one already.
 */
export async function makeAccount(
  _viewer: Viewer,
  { email, name, role, passwordHash }: NewAccount,
  executor: Executor,
): Promise<string | null> {
  const set = { email, name, role, passwordHash, verifiedAt: sql`now()` };
  const [row] = await executor
    .insert(person)
    .values({ ...set, emailKey: emailKey(email) })
    .onConflictDoUpdate({
      target: person.emailKey,
      set,
      setWhere: and(isNull(person.verifiedAt), isNull(person.disabledAt)),
    })
    .returning({ id: person.id });
  return row?.id ?? null;
}

/** Puts a person into the groups of these names; what is no group is left out. */
export async function joinGroups(
  _viewer: Viewer,
  personId: string,
  names: readonly string[],
  executor: Executor,
): Promise<void> {
  if (names.length === 0) return;
  const found = await executor
    .select({ id: group.id })
    .from(group)
    .where(sql`${group.name} in ${[...names]}`);
  if (found.length === 0) return;
  const values = found.map(({ id }) => ({ groupId: id, personId }));
  await executor.insert(membership).values(values).onConflictDoNothing();
}
