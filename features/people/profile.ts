import { eq, sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { identity, person } from '@/db/schema';
import type { Person } from '@/features/access/viewer';
import { dropLinks } from './tokens';

export type Profile = {
  name: string;
  email: string;
  hasPassword: boolean;
  /** Other sites that sign them in here. */
  providers: string[];
  /** ISO 8601. */
  since: string;
};

/** What a person's own pages show of their account. */
export async function readProfile(viewer: Person): Promise<Profile | null> {
  const { db } = database();
  const providers = db.select({ provider: identity.provider }).from(identity).where(eq(identity.personId, viewer.id));
  const [row] = await db
    .select({
      name: person.name,
      email: person.email,
      hasPassword: sql<boolean>`${person.passwordHash} is not null`,
      providers: sql<string[]>`array(${providers})`,
      since: person.createdAt,
    })
    .from(person)
    .where(eq(person.id, viewer.id));
  return row ? { ...row, since: row.since.toISOString() } : null;
}

export type ProfileInput = Pick<Person, 'name' | 'language' | 'theme' | 'timeZone'>;

/** Changes what a person says of themself and how the site speaks to them. */
export async function saveProfile(viewer: Person, { name, language, theme, timeZone }: ProfileInput): Promise<void> {
  await database().db.update(person).set({ name, language, theme, timeZone }).where(eq(person.id, viewer.id));
}

/** Forgets the e-mail address that waits to be confirmed. */
export async function keepAddress(viewer: Person): Promise<void> {
  await dropLinks(viewer, viewer.id, { purpose: 'email' });
}
