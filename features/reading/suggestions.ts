import { sql } from 'drizzle-orm';
import { database } from '@/db/connection';
import { link, progress, vault } from '@/db/schema';
import { readableNotes } from '@/features/access/readable';
import type { Person } from '@/features/access/viewer';
import { noteCard } from '@/features/notes/href';
import type { InterfaceLanguage } from '@/lib/language/words';
import type { Reason, Suggestion } from './page';

const SUGGESTIONS = 4;
const OF_A_KIND = 2;
/** Notes read last that are followed on. */
const FOLLOWED = 20;
/** Openings by others that are looked at. */
const LATELY = sql`interval '30 days'`;
const LATELY_MAX = 3_000;
/** Whom a note is popular with: fewer would tell who they are. */
const READERS_MIN = 3;

type Row = {
  kind: 'next' | 'linked' | 'popular' | 'first';
  why: string | null;
  readers: number;
  address: string;
  path: string;
  title: string;
  description: string;
  language: string;
  slug: string;
  homePath: string | null;
  vault: string;
};

/**
 * Notes that a person has not opened and may like to: the next one in each vault they have begun, those that what they
 * read links to, those that others open, and the beginning of vaults they have not been in: of those in their language, if
 * there are any at all. One query.
 */
export async function readSuggestions(viewer: Person, language: InterfaceLanguage): Promise<Suggestion[]> {
  const notes = readableNotes(viewer);
  const rows = await database().db.execute<Row>(sql`
    with readable as not materialized (
      select id, vault_id, sort_key, title, description, address, path, language from ${notes}),
    mine as materialized (
      select note_id, read_at from ${progress} where person_id = ${viewer.id}),
    finished as materialized (
      select mine.note_id, mine.read_at, note.vault_id, note.sort_key, note.title
      from mine join readable note on note.id = mine.note_id
      where mine.read_at is not null order by mine.read_at desc limit ${FOLLOWED}),
    following as (
      select after.id, 1 as rank, last.title as why, 0 as readers, last.read_at as at
      from (select distinct on (vault_id) * from finished order by vault_id, read_at desc) last
      cross join lateral (
        select note.id from readable note
        where note.vault_id = last.vault_id and note.sort_key > last.sort_key and note.id not in (select note_id from mine)
        order by note.sort_key limit 1) after),
    linked as (
      select distinct on (${link.toNote}) ${link.toNote} as id, 2 as rank, finished.title as why, 0 as readers, finished.read_at as at
      from finished join ${link} on ${link.noteId} = finished.note_id
      where ${link.toNote} is not null and ${link.toNote} not in (select note_id from mine)
      order by ${link.toNote}, finished.read_at desc),
    lately as (
      select note_id, person_id from ${progress}
      where opened_at > now() - ${LATELY} order by opened_at desc limit ${LATELY_MAX}),
    popular as (
      select note_id as id, 3 as rank, null as why, count(*)::int as readers, null::timestamptz as at
      from lately where note_id not in (select note_id from mine)
      group by note_id having count(*) >= ${READERS_MIN}),
    beginnings as materialized (
      select start.id, left(${vault.language}, 2) = ${language} as own,
        exists (select 1 from mine join readable note on note.id = mine.note_id where note.vault_id = ${vault.id}) as begun
      from ${vault} cross join lateral (
        select coalesce(
          (select note.id from readable note where note.vault_id = ${vault.id} and note.path = ${vault.homePath}),
          (select note.id from readable note where note.vault_id = ${vault.id} order by note.sort_key limit 1)) as id) start
      where start.id is not null),
    beginning as (
      select id, 4 as rank, null as why, 0 as readers, null::timestamptz as at from beginnings
      where not begun and (own or not exists (select 1 from beginnings where own))),
    found as (
      select distinct on (id) * from (
        select * from following union all select * from linked union all select * from popular union all select * from beginning) each
      order by id, rank),
    ranked as (
      select found.*, row_number() over (partition by found.rank order by found.readers desc, found.at desc nulls last, found.id) as place
      from found join readable note on note.id = found.id)
    select (array['next', 'linked', 'popular', 'first'])[ranked.rank] as kind, ranked.why, ranked.readers,
      note.address, note.path, note.title, note.description, coalesce(note.language, ${vault.language}) as language,
      ${vault.slug} as slug, ${vault.homePath} as "homePath", ${vault.title} as vault
    from ranked join readable note on note.id = ranked.id join ${vault} on ${vault.id} = note.vault_id
    where ranked.place <= ${OF_A_KIND}
    order by ranked.rank, ranked.place limit ${SUGGESTIONS}`);
  return rows.map((row) => ({
    ...noteCard(row, row),
    vault: row.vault,
    language: row.language,
    reason: reasonOf(row),
  }));
}

function reasonOf({ kind, why, readers, vault }: Row): Reason {
  if (kind === 'popular') return { as: kind, readers };
  if (kind === 'first') return { as: kind, vault };
  return { as: kind, title: why ?? '' };
}
