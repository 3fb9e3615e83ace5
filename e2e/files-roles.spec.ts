import { withDatabase } from './support/database';
import { ROLES, type Role, somebody } from './support/roles';
import { expect, test } from './support/test';
import { makeVault } from './support/vault';
import { GUILD } from './support/workshop';

const READERS: Record<string, Role[]> = {
  'open.bin': ['anonymous', 'member', 'guild', 'editor', 'owner', 'disabled', 'revoked'],
  'members.bin': ['member', 'guild', 'editor', 'owner'],
  'guild.bin': ['guild', 'editor', 'owner'],
  'private.bin': ['editor', 'owner'],
  // Whoever may read one note that refers to it may have it
  'both.bin': ['anonymous', 'member', 'guild', 'editor', 'owner', 'disabled', 'revoked'],
  // Nobody, for no note refers to it
  'alone.bin': [],
};

test.beforeAll(async ({ site }) => {
  await makeVault(site, 'doors', {
    'trastienda.yaml': 'access: public\nlanguage: en\n',
    'Home.md': '[[open.bin]] [[both.bin]]\n',
    'Members.md': '---\naccess: members\n---\n[[members.bin]]\n',
    'Guild.md': `---\naccess: group:${GUILD}\n---\n[[guild.bin]]\n`,
    'Private.md': '---\naccess: private\n---\n[[private.bin]] [[both.bin]]\n',
    ...Object.fromEntries(Object.keys(READERS).map((name) => [name, `bytes of ${name}`])),
  });
});

test('a file is there for whoever may read a note that refers to it, and for nobody else', async ({ site }) => {
  const ids = await withDatabase(site, async (sql) => {
    const rows = await sql<{ name: string; id: string }[]>`
      select f.name, f.id from file f join vault v on v.id = f.vault_id where v.slug = 'doors'`;
    return new Map(rows.map(({ name, id }) => [name, id]));
  });
  for (const role of ROLES) {
    const { cookie } = await somebody(site, role);
    for (const [name, readers] of Object.entries(READERS)) {
      for (const query of ['', '?inline', '?w=480&as=webp']) {
        const { status, headers, text } = await site.ask(`/files/${ids.get(name)}/${name}${query}`, {
          headers: { cookie },
        });
        const may = readers.includes(role);
        expect([role, name, status], query).toEqual([role, name, may ? 200 : 404]);
        expect(text.includes('bytes of'), `${role} ${name}`).toBe(may);
        if (!may) continue;
        const anyone = role === 'anonymous' || role === 'disabled' || role === 'revoked';
        expect(headers['cache-control'], `${role} ${name}`).toMatch(
          anyone ? /^public, max-age=0/ : /^private, no-cache/,
        );
      }
    }
  }
});

test('whoever is shut out is shut out of files with the next request', async ({ site }) => {
  const { id, cookie } = await somebody(site, 'guild');
  const file = await withDatabase(site, async (sql) => {
    const [row] = await sql<{ id: string }[]>`select id from file where name = 'guild.bin'`;
    return row?.id ?? '';
  });
  const ask = async () => (await site.ask(`/files/${file}/guild.bin`, { headers: { cookie } })).status;
  expect(await ask()).toBe(200);
  await withDatabase(site, (sql) => sql`delete from membership where person_id = ${id}`);
  expect(await ask()).toBe(404);
  await withDatabase(
    site,
    (sql) => sql`
    insert into membership select id, ${id} from "group" where name = ${GUILD}`,
  );
  expect(await ask()).toBe(200);
  await withDatabase(site, (sql) => sql`delete from session where person_id = ${id}`);
  expect(await ask()).toBe(404);
});

test('what a person takes is in the ledger, once, however it was cut', async ({ site }) => {
  const { id, cookie } = await somebody(site, 'member');
  const file = await withDatabase(site, async (sql) => {
    const [row] = await sql<{ id: string }[]>`select id from file where name = 'members.bin'`;
    return row?.id ?? '';
  });
  const path = `/files/${file}/members.bin`;
  for (const headers of [{ range: 'bytes=0-4' }, { range: 'bytes=5-' }])
    expect((await site.ask(path, { headers: { cookie, ...headers } })).status).toBe(206);
  await site.ask(path, { method: 'HEAD', headers: { cookie } });
  await site.ask(path, { headers: { cookie, 'sec-fetch-dest': 'image' } });
  const entries = () =>
    withDatabase(site, async (sql) => [
      ...(await sql`select name, outcome, requests, covered::text from download where person_id = ${id}`),
    ]);
  await expect.poll(entries).toEqual([{ name: 'members.bin', outcome: 'finished', requests: 2, covered: '{[0,20)}' }]);
});
