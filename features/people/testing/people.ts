import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestDatabase } from '@/db/testing';
import { anonymous, type Person, type Role } from '@/features/access/viewer';
import { openKeys } from '@/features/keys/state';
import { hashPassword } from '../passwords';
import { emailKey } from '../schema';
import { findPerson, openSession } from '../sessions';

export const PASSWORD = 'six words nobody has guessed yet';

/** An account, verified, with {@link PASSWORD} and a session it asks in. */
export async function makePerson(
  { sql }: TestDatabase,
  name: string,
  { role = 'member', groups = [], verified = true }: { role?: Role; groups?: string[]; verified?: boolean } = {},
): Promise<Person> {
  const email = `${name.toLowerCase()}@example.org`;
  const [row] = await sql<{ id: string }[]>`
    insert into person (email, email_key, name, role, password_hash, verified_at)
    values (${email}, ${emailKey(email)}, ${name}, ${role}, ${await hashPassword(PASSWORD)}, ${verified ? sql`now()` : null})
    returning id`;
  for (const group of groups) {
    await sql`insert into "group" (name) values (${group}) on conflict do nothing`;
    await sql`insert into membership (group_id, person_id) select id, ${row?.id ?? ''} from "group" where name = ${group}`;
  }
  return signedIn(row?.id ?? '');
}

/** The same person in another session, as they are now. */
export async function signedIn(personId: string): Promise<Person> {
  const viewer = await findPerson(await openSession(anonymous, personId, { address: '192.0.2.1', agent: 'a browser' }));
  if (viewer.kind !== 'person') throw new Error('not signed in');
  return viewer;
}

/** A key ring for this test file, and where to put it away. */
export async function makeKeys({ db }: TestDatabase): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'keys-'));
  process.env.KEY_RING = path.join(folder, 'keys.json');
  await openKeys(db);
  return () => rmSync(folder, { recursive: true, force: true });
}
