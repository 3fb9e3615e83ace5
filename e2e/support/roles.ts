import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { encode } from 'next-auth/jwt';
import { withDatabase } from './database';
import type { Site } from './site';
import { GUILD } from './workshop';

/** Everyone who may ask for something. */
export const ROLES = ['anonymous', 'member', 'guild', 'editor', 'owner', 'disabled', 'revoked'] as const;
export type Role = (typeof ROLES)[number];

/** Whoever asks as a role, of whom nothing else depends. */
export type Somebody = { id: string; cookie: string };

/** A new account of a role with a session of its own, as signing in would have left it. */
export async function somebody(site: Site, role: Role): Promise<Somebody> {
  if (role === 'anonymous') return { id: '', cookie: '' };
  const token = randomBytes(32).toString('base64url');
  const id = await withDatabase(site, async (sql) => {
    const email = `${randomBytes(6).toString('hex')}@example.org`;
    // Disabled and revoked people would be owners: what still opens to them is seen at once
    const rank = role === 'disabled' || role === 'revoked' ? 'owner' : role === 'guild' ? 'member' : role;
    const [row] = await sql<{ id: string }[]>`
      insert into person (email, email_key, name, role, verified_at, disabled_at)
      values (${email}, ${email}, 'Somebody', ${rank}::role, now(), ${role === 'disabled' ? new Date() : null}) returning id`;
    const person = row?.id ?? '';
    if (role !== 'revoked')
      await sql`insert into session (person_id, token_hash, expires_at)
        values (${person}, ${createHash('sha256').update(token).digest()}, now() + interval '1 hour')`;
    if (role === 'guild') {
      await sql`insert into "group" (name) values (${GUILD}) on conflict do nothing`;
      await sql`insert into membership select id, ${person} from "group" where name = ${GUILD}`;
    }
    return person;
  });
  const secret = (await readFile(path.join(site.dataDir, 'auth-secret'), 'utf8')).trim();
  return { id, cookie: `sid=${await encode({ token: { sid: token }, secret, maxAge: 3_600 })}` };
}

/** Tables and columns that any request may write to without having done anything. */
const PASSING: Record<string, string[] | 'all'> = {
  throttle: 'all',
  audit: 'all',
  download: 'all',
  job: 'all',
  site_instance: 'all',
  session: ['seen_at', 'confirmed_at'],
  person: ['last_visit_at'],
  progress: 'all',
  object: ['released_at'], // the daily sweep notes it, ten minutes after a start for the first time
};

/** A sum of everything the site remembers, by table: what was done shows in it. */
export function everythingKept(site: Site): Promise<Record<string, string>> {
  return withDatabase(site, async (sql) => {
    const tables = await sql<{ name: string }[]>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
    const sums: Record<string, string> = {};
    for (const { name } of tables) {
      const left = PASSING[name] ?? [];
      if (left === 'all') continue;
      const [row] = await sql<{ sum: string }[]>`
        select coalesce(md5(string_agg(each, chr(10) order by each)), '') as sum
        from (select (to_jsonb(t) - ${sql.array(left)}::text[])::text as each from ${sql(name)} t) rows`;
      sums[name] = row?.sum ?? '';
    }
    return sums;
  });
}
