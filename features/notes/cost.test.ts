import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import { type Desk, makeDesk, OPEN, PNG } from '@/features/vaults/testing/desk';
import type { Files } from '@/features/vaults/testing/folder';
import { findAddress } from './addresses';
import { readFeed, readFolder, readGraph, readNote, readPreview, readTag, readTags } from './queries';

type Asked = { query: string; parameters: unknown[]; wave: number };

let desk: Desk;
beforeAll(async () => {
  desk = await makeDesk();
});
afterAll(() => desk.clear());

/** The queries that `work` makes. Those of one wave were asked together; a wave waits for the one before it. */
async function asking(work: () => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = [];
  let answered = 0;
  // The client's own, below whoever observes it
  const ask: typeof desk.sql.unsafe = Object.getOwnPropertyDescriptor(desk.sql, 'unsafe')?.value;
  desk.sql.unsafe = new Proxy(ask, {
    apply: (target, _self, [query, parameters = [], ...options]) => {
      const wave = answered + 1;
      asked.push({ query, parameters: [...parameters], wave });
      const pending = target.call(desk.sql, query, parameters, ...options);
      pending.then(
        () => (answered = Math.max(answered, wave)),
        () => {},
      );
      return pending;
    },
  });
  await work().finally(() => {
    desk.sql.unsafe = ask;
  });
  return asked;
}

const roundTrips = (asked: Asked[]) => Math.max(...asked.map(({ wave }) => wave));

describe('reading a note', () => {
  const page = (links: number): Files => ({
    'Page.md': Array.from(
      { length: links },
      (_, i) => `[[Other ${i}]] ![[Other ${i}]] ![[pic ${i}.png]] #tag${i}\n`,
    ).join('\n'),
    ...Object.fromEntries(Array.from({ length: links }, (_, i) => [`Other ${i}.md`, `![[Other ${i + 1}]] [[Page]]\n`])),
    ...Object.fromEntries(
      Array.from({ length: links }, (_, i) => [`pic ${i}.png`, Buffer.concat([PNG, Buffer.from([i])])]),
    ),
  });
  let few: Asked[];
  let many: Asked[];
  beforeAll(async () => {
    await desk.publish(await desk.folder('few', { ...OPEN, ...page(1) }));
    await desk.publish(await desk.folder('many', { ...OPEN, ...page(25) }));
    few = await asking(() => readNote(anonymous, 'few', 'Page'));
    many = await asking(() => readNote(anonymous, 'many', 'Page'));
  });

  it('takes two round trips', () => {
    expect(roundTrips(few)).toBe(2);
    expect(roundTrips(many)).toBe(2);
  });

  it('takes as many queries with twenty-five links, embeds, files and tags as with one', () => {
    expect(many.length).toBe(few.length);
    expect(many.length).toBeLessThanOrEqual(15);
  });

  it('takes two round trips when a note within a note within it links to the site, too', async () => {
    await desk.publish(
      await desk.folder('deep', {
        ...OPEN,
        'Page.md': '[many](/many)\n\n![[Shown]]\n',
        'Shown.md': '![[Within]]\n',
        'Within.md': '[few](/few/Page) [tags](/many/-/tags) [health](/healthz) [none](/few/None)\n',
      }),
    );
    let html = '';
    const asked = await asking(async () => {
      html = (await readNote(anonymous, 'deep', 'Page'))?.html ?? '';
    });
    expect(roundTrips(asked)).toBe(2);
    expect(asked.length).toBe(few.length);
    for (const href of ['/many', '/few/Page', '/many/-/tags', '/healthz']) expect(html).toContain(`href="${href}"`);
    expect(html).not.toContain('/few/None');
  });

  it('other pages take at most two round trips as well', async () => {
    for (const read of [
      () => readTags(anonymous, 'many'),
      () => readTag(anonymous, 'many', 'tag1'),
      () => readFolder(anonymous, 'many', ''),
      () => readFeed(anonymous, 'many'),
      () => readPreview(anonymous, 'many', 'Page'),
      () => findAddress(anonymous, 'many', 'page'),
    ])
      expect(roundTrips(await asking(read))).toBeLessThanOrEqual(2);
    expect(roundTrips(await asking(() => readGraph(anonymous, 'many')))).toBeLessThanOrEqual(3);
  });
});

describe('in a vault of 10,000 notes', () => {
  beforeAll(async () => {
    await desk.publish(await desk.folder('plan', { ...OPEN, 'First.md': '[[Second]] #one\n', 'Second.md': 'x\n' }));
    await fill();
  });

  it('an address is looked up by index, whatever its spelling', async () => {
    for (const address of ['f7/Note-4207', 'F7/NOTE 4207.md', 'old/4207', 'nowhere'])
      expect(await scanned(() => findAddress(anonymous, 'large', address)), address).toEqual([]);
    expect(await findAddress(anonymous, 'large', 'old/4207')).toEqual({ as: 'redirect', to: '/large/f7/Note-4207' });
  });

  it('a note is read with its backlinks, neighbours and tags by index; only its vault is counted whole', async () => {
    expect((await readNote(anonymous, 'large', 'f7/Note-4207'))?.backlinks).toHaveLength(5);
    const counted = /count\(\*\)/;
    expect(await scanned(() => readNote(anonymous, 'large', 'f7/Note-4207'), counted)).toEqual([]);
  });

  it('a tag finds its notes by index', async () => {
    expect((await readTag(anonymous, 'large', 'topic 17'))?.notes).toHaveLength(10);
    expect(await scanned(() => readTag(anonymous, 'large', 'topic 17'), /count\(\*\)|row_number/)).toEqual([]);
  });

  it('what has to look at every note does, and is seen to', async () =>
    expect(await scanned(() => readGraph(anonymous, 'large'))).not.toEqual([]));

  /** The large tables that the queries of `work` read from end to end. */
  async function scanned(work: () => Promise<unknown>, except?: RegExp): Promise<string[]> {
    const found: string[] = [];
    for (const { query, parameters } of await asking(work)) {
      if (except?.test(query)) continue;
      const [row] = await desk.sql.unsafe<{ 'QUERY PLAN': unknown }[]>(
        `explain (format json) ${query}`,
        parameters.map(String),
      );
      const plan = JSON.stringify(row?.['QUERY PLAN']);
      for (const [, table] of plan.matchAll(/"Node Type":"Seq Scan"[^{}]*?"Relation Name":"(\w+)"/g))
        if (table !== 'vault') found.push(`${table}: ${query}`);
    }
    return found;
  }
});

/** 10,000 notes in a hundred folders: five links, a file, two tags and a former address each. */
async function fill(): Promise<void> {
  const { sql } = desk;
  const [vault] = await sql<{ id: number }[]>`
    insert into vault (slug, title, language, access, folder) values ('large', 'Large', 'en', 'public', '/large') returning id`;
  const id = vault?.id ?? 0;
  await sql`
    insert into note (vault_id, path, path_key, name_key, folder, address, address_key, sort_key, title, access, properties, hash, size, modified)
    select ${id}, format('f%s/Note %s.md', n % 100, n), format('f%s/note %s.md', n % 100, n), format('note %s', n), format('f%s', n % 100),
      format('f%s/Note-%s', n % 100, n), format('f%s/note-%s', n % 100, n), to_char(n % 100, '000') || to_char(n, '00000'), format('Note %s', n),
      (case when n % 10 = 0 then 'private' else 'public' end)::access_level, '[]', md5(n::text), 100, 0
    from generate_series(0, 9999) n`;
  await sql`
    insert into rendition (note_id, compiler, html, slots, outline, blocks, text, unsupported)
    select id, 1, repeat(title, 100), '[]', '[]', '{}', repeat(title, 20), '[]' from note where vault_id = ${id}`;
  await sql`
    insert into link (note_id, slot, vault_id, kind, target, target_key, line, to_note)
    select a.id, s, ${id}, 'link', b.title, b.name_key, 1, b.id
    from note a cross join generate_series(1, 5) s
    join note b on b.vault_id = ${id} and b.name_key = format('note %s', (substring(a.name_key, 6)::int + s * 201) % 10000)
    where a.vault_id = ${id}`;
  await sql`
    insert into object (id, vault_id, sha256, size) select gen_random_uuid(), ${id}, md5(n::text), 1 from generate_series(0, 9999) n`;
  await sql`
    insert into file (id, vault_id, object_id, path, path_key, name_key, name, media_type, size, modified)
    select gen_random_uuid(), ${id}, id, sha256, sha256, sha256, sha256, 'image/png', 1, 0 from object where vault_id = ${id}`;
  await sql`
    insert into link (note_id, slot, vault_id, kind, target, target_key, line, to_file)
    select note.id, 6, ${id}, 'embed', name, file.name_key, 1, file.id from note
    join file on file.path = md5(substring(note.name_key, 6)) where note.vault_id = ${id}`;
  await sql`
    insert into note_tag (note_id, vault_id, key, label)
    select id, ${id}, format('topic %s', (substring(name_key, 6)::int * k) % 2000), 'Topic' from note cross join (values (1), (7)) t(k)
    where vault_id = ${id} on conflict do nothing`;
  await sql`
    insert into redirect (vault_id, address_key, note_id) select ${id}, 'old/' || substring(name_key, 6), id from note where vault_id = ${id}`;
  await sql`analyze`;
}
