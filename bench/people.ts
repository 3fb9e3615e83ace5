import { readFileSync } from 'node:fs';
import path from 'node:path';
import { connect } from '@/db/connection';
import { person } from '@/db/schema';
import { anonymous } from '@/features/access/viewer';
import { sealToken, sessionCookie } from '@/features/people/cookie';
import { openSession } from '@/features/people/sessions';
import type { Bench } from './bench';

export type Guest = {
  /** Of the session, as `findPerson` takes it. */
  token: string;
  /** The `cookie` header of who is signed in. */
  cookie: string;
};

/** People who are signed in on a site that has been started: its secret seals their cookies. */
export async function invite(bench: Bench, count: number): Promise<Guest[]> {
  process.env.NEXTAUTH_SECRET = readFileSync(path.join(bench.folder, 'data', 'auth-secret'), 'utf8').trim();
  const connection = connect(bench.databaseUrl, { max: 1 });
  try {
    const emails = Array.from({ length: count }, (_, i) => `guest-${i}-${Date.now()}@example.org`);
    const people = await connection.db
      .insert(person)
      .values(emails.map((email, i) => ({ email, emailKey: email, name: `Guest ${i + 1}`, role: 'member' as const })))
      .returning({ id: person.id });
    const guests: Guest[] = [];
    for (const { id } of people) {
      const token = await openSession(anonymous, id, { address: null, agent: 'bench' }, connection.db);
      guests.push({ token, cookie: `${sessionCookie().name}=${await sealToken(token)}` });
    }
    return guests;
  } finally {
    await connection.close();
  }
}
