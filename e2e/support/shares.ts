import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeShareToken } from '@/features/shares/token';
import { readRing } from '@/lib/crypto/key-ring';
import { withDatabase } from './database';
import type { Site } from './site';

export type Shared = { id: string; page: string };

/** A link to a file by its name, or to a note of the same vault by its title, as its maker would have got it. */
export async function makeShare(
  site: Site,
  file: string,
  given: { maxUses?: number; days?: number; note?: string; passwordHash?: string } = {},
): Promise<Shared> {
  const { maxUses = null, days = 1, note = null, passwordHash = null } = given;
  const ring = readRing(await readFile(path.join(site.dataDir, 'keys.json'), 'utf8'));
  return withDatabase(site, async (sql) => {
    const [row] = await sql<{ id: string; expires: Date; instance: string }[]>`
      insert into share (file_id, note_id, max_uses, password_hash, expires_at)
      select case when ${note}::text is null then f.id end, n.id, ${maxUses}, ${passwordHash},
        date_trunc('second', now() + ${days} * interval '1 day')
      from file f left join note n on n.title = ${note} and n.vault_id = f.vault_id where f.name = ${file}
      returning id, expires_at as expires, (select value #>> '{}' from setting where name = 'instance') as instance`;
    const { id = '', expires = new Date(), instance = '' } = row ?? {};
    return { id, page: `/s/${makeShareToken(ring, instance, { shareId: id, expiresAt: expires })}` };
  });
}
