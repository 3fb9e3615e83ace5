import { withDatabase } from './database';
import type { Site } from './site';

/** What the ledger has on downloads by a link, the first first. */
export const ledgerOf = (site: Site, shareId: string) =>
  withDatabase(site, async (sql) => [
    ...(await sql<{ name: string; outcome: string; reason: string | null; requests: number }[]>`
      select name, outcome, reason, requests from download where share_id = ${shareId} order by id`),
  ]);

/** Which files were refused, and why, each once. */
export const refusals = (site: Site) =>
  withDatabase(site, async (sql) => [
    ...(await sql<{ name: string; reason: string }[]>`
      select distinct name, reason from download where outcome = 'refused' and share_id is null order by 1, 2`),
  ]);
