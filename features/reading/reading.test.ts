import { drizzle } from 'drizzle-orm/postgres-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schema from '@/db/schema';
import type { Person } from '@/features/access/viewer';
import { readComments } from '@/features/comments/queries';
import { readNoteWith } from '@/features/notes/queries';
import { findPerson, openSession } from '@/features/people/sessions';
import { makePerson } from '@/features/people/testing/people';
import { type Desk, makeDesk, SETTINGS } from '@/features/vaults/testing/desk';
import { duringTrace, type Trace } from '@/lib/observe/trace';
import { isCursor, readDesk, readLines, readMine } from './queries';
import { keepPosition, markOpened, setBookmark, setRead } from './write';

let desk: Desk;
let ada: Person;
let bo: Person;
let editor: Person;
beforeAll(async () => {
  desk = await makeDesk();
  await desk.publish(
    await desk.folder('garden', {
      [SETTINGS]: 'title: Garden\naccess: public\nhome: Home\n',
      'Home.md': '---\norder: 0\n---\n# Garden\n',
      'Beans.md': '---\norder: 1\n---\nNear [[Peas]] and [[Vault]].\n',
      'Carrots.md': '---\norder: 2\n---\nx\n',
      'Peas.md': '---\norder: 3\n---\nx\n',
      'Vault.md': '---\norder: 4\naccess: private\n---\nx\n',
    }),
    { slug: 'garden' },
  );
  await desk.publish(
    await desk.folder('pond', { [SETTINGS]: 'title: Pond\naccess: public\n', 'Frogs.md': 'x\n', 'Newts.md': 'x\n' }),
    { slug: 'pond' },
  );
  ada = await makePerson(desk, 'Ada');
  bo = await makePerson(desk, 'Bo');
  editor = await makePerson(desk, 'Edith', { role: 'editor' });
});
afterAll(() => desk.clear());

const idOf = async (path: string) =>
  Number((await desk.sql<{ id: string }[]>`select id from note where path = ${path}`)[0]?.id);
const forget = () => desk.sql`truncate bookmark, progress, comment`;
const titles = (lines: { title: string }[]) => lines.map(({ title }) => title);

describe('a note', () => {
  it('is bookmarked and not, by each for themselves', async () => {
    const beans = await idOf('Beans.md');
    expect(await setBookmark(ada, beans, true)).toBe('/garden/Beans');
    await setBookmark(ada, beans, true);
    expect(await readMine(ada, beans)).toMatchObject({ bookmarked: true, position: 0, readAt: null });
    expect(await readMine(bo, beans)).toMatchObject({ bookmarked: false });
    await setBookmark(bo, beans, false);
    expect(await readMine(ada, beans)).toMatchObject({ bookmarked: true });
    await setBookmark(ada, beans, false);
    expect(await readMine(ada, beans)).toMatchObject({ bookmarked: false });
  });

  it('keeps how far somebody came: the furthest', async () => {
    const beans = await idOf('Beans.md');
    await keepPosition(ada, beans, 40);
    await keepPosition(ada, beans, 12);
    await markOpened(ada, beans);
    expect(await readMine(ada, beans)).toMatchObject({ position: 40 });
    await keepPosition(ada, beans, 4_000);
    expect(await readMine(ada, beans)).toMatchObject({ position: 100 });
  });

  it('is read in the revision that was seen, and has changed once there is another', async () => {
    const beans = await idOf('Beans.md');
    expect(await setRead(ada, beans, 7)).toBe('/garden/Beans');
    expect(await readMine(ada, beans)).toMatchObject({ position: 100, changed: false });
    await desk.sql`update note set revision = revision + 1 where id = ${beans}`;
    expect(await readMine(ada, beans)).toMatchObject({ changed: true });
    await setRead(ada, beans, 2);
    expect(await readMine(ada, beans)).toMatchObject({ changed: false });
    await setRead(ada, beans, null);
    expect(await readMine(ada, beans)).toMatchObject({ readAt: null, changed: false });
  });

  it('that somebody may not read takes nothing of theirs, like one that never was', async () => {
    const [closed] = [await idOf('Vault.md')];
    for (const id of [closed, 999_999]) {
      expect(await readMine(ada, id)).toBeNull();
      expect(await setBookmark(ada, id, true)).toBeNull();
      expect(await setRead(ada, id, 1)).toBeNull();
      await markOpened(ada, id);
      await keepPosition(ada, id, 50);
    }
    expect(await desk.sql`select 1 from progress where note_id = ${closed}`).toHaveLength(0);
    expect(await desk.sql`select 1 from bookmark where note_id = ${closed}`).toHaveLength(0);
    expect(await setBookmark(editor, closed, true)).toBe('/garden/Vault');
  });
});

describe('the home of one’s own', () => {
  it('suggests the beginning of each vault to whoever has read nothing', async () => {
    await forget();
    const { next, started } = await readDesk(ada, 'en');
    expect(next.map(({ title, reason }) => [title, reason])).toEqual([
      ['Garden', { as: 'first', vault: 'Garden' }],
      ['Frogs', { as: 'first', vault: 'Pond' }],
    ]);
    expect(started).toEqual({ items: [], more: null });
  });

  it('suggests the beginning of vaults in the language of the page, and of others only where there is none', async () => {
    await forget();
    await desk.sql`update vault set language = 'es' where slug = 'garden'`;
    expect(titles((await readDesk(ada, 'en')).next)).toEqual(['Frogs']);
    expect(titles((await readDesk(ada, 'es')).next)).toEqual(['Garden']);
    await markOpened(ada, await idOf('Frogs.md'));
    expect(titles((await readDesk(ada, 'en')).next), 'what is begun is not, nor its translation').toEqual([]);
    await desk.sql`update vault set language = 'fr'`;
    expect(titles((await readDesk(ada, 'en')).next)).toEqual(['Garden']);
    await desk.sql`update vault set language = 'en'`;
  });

  it('has what is half read, opened last first, and not what has been read', async () => {
    await forget();
    for (const path of ['Carrots.md', 'Frogs.md', 'Beans.md']) await markOpened(ada, await idOf(path));
    await setRead(ada, await idOf('Beans.md'), 1);
    await keepPosition(ada, await idOf('Carrots.md'), 30);
    expect((await readDesk(ada, 'en')).started.items).toMatchObject([
      { title: 'Carrots', href: '/garden/Carrots', vault: 'Garden', position: 30 },
      { title: 'Frogs', href: '/pond/Frogs' },
    ]);
  });

  it('says what to read next and why: what follows, what is linked, never what is closed or was opened', async () => {
    await forget();
    await setRead(ada, await idOf('Beans.md'), 1);
    const { next } = await readDesk(ada, 'en');
    expect(next.map(({ title, reason }) => [title, reason])).toEqual([
      ['Carrots', { as: 'next', title: 'Beans' }],
      ['Peas', { as: 'linked', title: 'Beans' }],
      ['Frogs', { as: 'first', vault: 'Pond' }],
    ]);
    expect(titles((await readDesk(editor, 'en')).next)).not.toContain('Carrots');
  });

  it('tells what many others open, and never of so few that one knows who', async () => {
    await forget();
    const newts = await idOf('Newts.md');
    for (const name of ['Cleo', 'Dan', 'Eva']) {
      expect(titles((await readDesk(ada, 'en')).next)).not.toContain('Newts');
      await markOpened(await makePerson(desk, name), newts);
    }
    expect((await readDesk(ada, 'en')).next).toContainEqual(
      expect.objectContaining({ title: 'Newts', reason: { as: 'popular', readers: 3 } }),
    );
  });

  it('has what was published since the last visit, until it is opened', async () => {
    await forget();
    await desk.sql`insert into bookmark (person_id, note_id) select person_id, note_id from progress on conflict do nothing`;
    await desk.sql`update person set last_visit_at = now() - interval '1 day' where id = ${ada.id}`;
    await desk.sql`update note set published_at = now() - interval '2 days'`;
    await desk.sql`update note set published_at = now() - interval '1 hour' where path in ('Peas.md', 'Vault.md')`;
    expect(titles((await readDesk(ada, 'en')).fresh.items)).toEqual(['Peas']);
    await markOpened(ada, await idOf('Peas.md'));
    expect(titles((await readDesk(ada, 'en')).fresh.items)).toEqual([]);
    await desk.sql`update note set published_at = now() + interval '1 second' where path = 'Peas.md'`;
    expect(titles((await readDesk(ada, 'en')).fresh.items)).toEqual(['Peas']);
  });

  it('has nothing of a note that closes', async () => {
    await forget();
    const peas = await idOf('Peas.md');
    await markOpened(ada, peas);
    await setBookmark(ada, peas, true);
    await desk.sql`insert into comment (note_id, person_id, source, html) values (${peas}, ${ada.id}, 'mine', '')`;
    await desk.sql`insert into comment (note_id, person_id, parent_id, source, html) select ${peas}, ${bo.id}, id, 'theirs', '' from comment`;
    const told = async () => {
      const { started, bookmarks, fresh, answers } = await readDesk(ada, 'en');
      return [started, bookmarks, fresh, answers].map(({ items }) => items.length);
    };
    expect(await told()).toEqual([1, 1, 1, 1]);
    await desk.sql`update note set access = 'private' where id = ${peas}`;
    expect(await told()).toEqual([0, 0, 0, 0]);
    await desk.sql`update note set access = 'public' where id = ${peas}`;
  });

  it('leads on through a long list without leaving out or repeating a line', async () => {
    await forget();
    const all = ['Home.md', 'Beans.md', 'Carrots.md', 'Peas.md', 'Frogs.md', 'Newts.md'];
    for (const path of all) await setBookmark(ada, await idOf(path), true);
    await desk.sql`update bookmark set created_at = now()`;
    const { bookmarks } = await readDesk(ada, 'en');
    expect(bookmarks.items).toHaveLength(5);
    const seen: string[] = [];
    for (let before: string | null = null; ; ) {
      const { items, more } = await readLines(ada, 'bookmarks', 2, before);
      seen.push(...titles(items));
      if (more === null) break;
      expect(isCursor(more)).toBe(true);
      before = more;
    }
    expect(seen.toSorted()).toEqual(['Beans', 'Carrots', 'Frogs', 'Garden', 'Newts', 'Peas']);
    for (const wrong of ['', 'x', '2026-13-45T99:99:99.000000Z 1', "' or 1"]) expect(isCursor(wrong)).toBe(false);
  });
});

describe('waiting', () => {
  /** How often `work` waits for the database, and how many queries it makes. Those asked together are one wait. */
  async function waits(work: () => Promise<unknown>): Promise<{ waits: number; queries: number }> {
    const trace: Trace = { id: 'f'.repeat(32), origin: performance.now(), spans: [], omitted: 0, person: null };
    await duringTrace(trace, work);
    const asked = trace.spans.filter(({ kind }) => kind === 'query').toSorted((a, b) => a.begin - b.begin);
    const waves: { wave: number; end: number }[] = [];
    for (const { begin, end } of asked) {
      const answered = waves.filter((each) => each.end <= begin).map(({ wave }) => wave);
      waves.push({ wave: Math.max(0, ...answered) + 1, end: end ?? Number.POSITIVE_INFINITY });
    }
    return { waits: Math.max(...waves.map(({ wave }) => wave)), queries: waves.length };
  }

  it('a note’s page waits three times with the session, whatever is under and around it', async () => {
    const beans = await idOf('Beans.md');
    const token = await openSession(ada, ada.id, { address: null, agent: null });
    const page = async () => {
      const viewer = await findPerson(token);
      if (viewer.kind !== 'person') throw new Error('not signed in');
      return readNoteWith(viewer, 'garden', 'Beans', (id) =>
        Promise.all([readMine(viewer, id), readComments(viewer, id, null)]),
      );
    };
    const few = await waits(page);
    await desk.sql`insert into comment (note_id, person_id, source, html)
      select ${beans}, ${bo.id}, 'x', 'x' from generate_series(1, 300)`;
    await setBookmark(ada, beans, true);
    expect(await waits(page)).toEqual(few);
    expect(few.waits).toBe(3);
  });

  it('one’s home waits twice', async () => {
    const token = await openSession(ada, ada.id, { address: null, agent: null });
    const home = async () => {
      const viewer = await findPerson(token);
      if (viewer.kind === 'person') await readDesk(viewer, 'en');
    };
    expect((await waits(home)).waits).toBe(2);
  });
});

describe('among 10,000 notes and as many openings', () => {
  beforeAll(async () => {
    await desk.sql`insert into vault (slug, title, language, access, folder) values ('large', 'Large', 'en', 'public', '/large')`;
    await desk.sql`
      insert into note (vault_id, path, path_key, name_key, folder, address, address_key, sort_key, title, access, properties, hash, size, modified, published_at)
      select vault.id, format('%s.md', n), format('%s.md', n), n::text, '', n::text, n::text, to_char(n, '00000'), format('Note %s', n),
        (case when n % 10 = 0 then 'private' else 'public' end)::access_level, '[]', md5(n::text), 100, 0, now() - n * interval '1 hour'
      from vault, generate_series(1, 10000) n where slug = 'large'`;
    await desk.sql`
      insert into link (note_id, slot, vault_id, kind, target, target_key, line, to_note)
      select note.id, s, vault_id, 'link', '', '', 1, first.id + (note.id + s * 201) % 10000
      from note join vault on vault.id = vault_id, generate_series(1, 5) s,
        (select min(note.id) as id from note join vault on vault.id = vault_id where slug = 'large') first
      where slug = 'large'`;
    await desk.sql`
      insert into person (email, email_key, name, role) select format('p%s', n), format('p%s', n), 'P', 'member' from generate_series(1, 100) n`;
    await desk.sql`
      insert into progress (person_id, note_id, position, opened_at, read_at)
      select person.id, note.id, 50, now() - (note.id % 1000) * interval '1 hour', case when note.id % 2 = 0 then now() end
      from person, note where note.id % 100 = (abs(hashtext(person.id::text)) % 100) and note.access = 'public'
      on conflict do nothing`;
    await desk.sql`
      insert into comment (note_id, person_id, source, html)
      select note.id, person.id, 'x', 'x' from note, person where note.id % 100 = 1`;
    await desk.sql`insert into bookmark (person_id, note_id) select person_id, note_id from progress on conflict do nothing`;
    await desk.sql`update person set last_visit_at = now() - interval '1 day'`;
    await desk.sql`analyze`;
  });

  it('no list of one’s home reads a large table from end to end', async () => {
    const asked: { query: string; parameters: unknown[] }[] = [];
    const logger = { logQuery: (query: string, parameters: unknown[]) => void asked.push({ query, parameters }) };
    globalThis.trastiendaConnection = { ...desk.connection, db: drizzle(desk.sql, { schema, logger }) };
    await readDesk(ada, 'en');
    globalThis.trastiendaConnection = desk.connection;
    expect(asked).toHaveLength(6);
    const scanned: string[] = [];
    for (const { query, parameters } of asked) {
      if (/group by "vault"/.test(query)) continue; // vaults are counted whole
      const [row] = await desk.sql.begin(async (sql) => {
        await sql`set local random_page_cost = 1`; // as with everything in memory
        return sql.unsafe<{ 'QUERY PLAN': unknown }[]>(`explain (format json) ${query}`, parameters.map(String));
      });
      const plan = JSON.stringify(row?.['QUERY PLAN']);
      for (const [, table] of plan.matchAll(/"Node Type":"Seq Scan"[^{}]*?"Relation Name":"(\w+)"/g))
        if (table !== 'vault' && table !== 'person') scanned.push(`${table}: ${query}`);
    }
    expect(scanned).toEqual([]);
  });
});
