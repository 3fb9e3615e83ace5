import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withDatabase } from './support/database';
import { makeFolder } from './support/folders';
import { type Ended, freePort, run } from './support/site';
import { expect, test } from './support/test';
import { importFolder } from './support/vault';
import { workshop as files } from './support/workshop';

/** One clear sentence, no stack, and the exit code that fits. */
function expectSentence({ code, err }: Ended, exitCode: number, sentence: RegExp): void {
  expect(err.trim()).toMatch(sentence);
  expect(err).not.toMatch(/^\s+at |node:internal|\[object|undefined/m);
  expect(err.trim().split('\n').length, err).toBeLessThan(4);
  expect(code).toBe(exitCode);
}

let scratch: string;
test.beforeAll(async () => {
  scratch = await makeFolder('bad');
});

test.describe('npm start', () => {
  const start = async (args: string[], env: Record<string, string> = {}) =>
    run(['bin/start.mjs', ...args], { dataDir: path.join(scratch, 'data'), port: await freePort(), env });

  test('names what is wrong with the folder it is to publish', async () => {
    const file = path.join(scratch, 'a file.md');
    await writeFile(file, 'text');
    expectSentence(await start([path.join(scratch, 'nowhere')]), 2, /^There is no folder .*nowhere\.$/);
    expectSentence(await start([file]), 2, /^.*a file\.md is a file; a folder of notes is needed\.$/);
    expectSentence(await start([scratch, scratch]), 2, /^Only one folder/);
  });

  test('names what is wrong with its options', async () => {
    const folder = await makeFolder('fine');
    await writeFile(path.join(folder, 'A.md'), 'text');
    expectSentence(await start([folder, '--vault', 'studio']), 2, /"studio" is an address of the site itself/);
    expectSentence(await start([folder, '--vault', 'No good']), 2, /only a-z, 0-9 and - are allowed/);
    expectSentence(await start([folder, '--vault', 'en']), 2, /belongs to a bundled vault/);
    expectSentence(await start([folder, '--access', 'everyone']), 2, /--access is one of/);
    expectSentence(await start([folder, '--shiny']), 2, /--shiny/);
    expectSentence(await start(['--vault', 'mine']), 2, /Say which folder/);
  });

  test('names the setting that is wrong, and never repeats a secret', async () => {
    expectSentence(await start([], { PORT: 'eighty' }), 2, /environment variable PORT must be .*eighty/);
    expectSentence(await start([], { PORT: '70000' }), 2, /PORT must be a number from 1 to 65535/);
    expectSentence(await start([], { SITE_URL: 'notes' }), 2, /SITE_URL/);
    const secret = await start([], { DATABASE_URL: 'mysql://me:hushhush@host/db' });
    expectSentence(secret, 2, /DATABASE_URL must be an address such as/);
    expect(secret.err + secret.out).not.toContain('hushhush');
  });

  test('says that the database does not answer', async () => {
    const nowhere = `postgres://me:hushhush@127.0.0.1:${await freePort()}/db`;
    const ended = await start([], { DATABASE_URL: nowhere });
    expectSentence(ended, 1, /database/i);
    expect(ended.err + ended.out).not.toContain('hushhush');
  });

  test('leaves the data of a newer version alone', async ({ site }) => {
    const name = 'of_a_newer_version';
    await withDatabase(site, (sql) => sql`create database ${sql(name)}`);
    const url = new URL(await site.databaseUrl());
    url.pathname = `/${name}`;
    const newer = { ...site, databaseUrl: async () => url.href };
    await withDatabase(newer, async (sql) => {
      await sql`create schema drizzle`;
      await sql`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;
      await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of the future', 1)`;
    });
    expectSentence(await start([], { DATABASE_URL: url.href }), 1, /newer version of Trastienda/);
    const tables = await withDatabase(
      newer,
      (sql) => sql`select 1 from information_schema.tables where table_schema = 'public'`,
    );
    expect(tables).toHaveLength(0);
    await withDatabase(site, (sql) => sql`drop database ${sql(name)} with (force)`);
  });
});

test.describe('trastienda import', () => {
  test('names what is wrong with a folder, and makes nothing', async ({ site }) => {
    const empty = path.join(scratch, 'empty');
    await mkdir(empty);
    const file = path.join(scratch, 'a table.csv');
    await writeFile(file, 'a,b');
    expectSentence(await importFolder(site, path.join(scratch, 'nowhere')), 2, /nowhere does not exist\.$/);
    expectSentence(await importFolder(site, file), 2, /is a file, not a folder\.$/);
    expectSentence(await importFolder(site, empty), 2, /no Markdown note/);
    expect((await site.ask('/empty')).status).toBe(404);
  });

  test('refuses a name that is the site’s, or another folder’s', async ({ site, workshop }) => {
    const folder = await makeFolder('other');
    await writeFile(path.join(folder, 'Home.md'), 'Of another folder.');
    expectSentence(await importFolder(site, folder, ['--vault', 'api']), 2, /"api" is an address of the site itself/);
    expectSentence(
      await importFolder(site, folder, ['--vault', workshop.slug]),
      2,
      /"workshop" is already made from .*Choose another/,
    );
    expect((await site.ask(`/${workshop.slug}`)).text).not.toContain('Of another folder.');
    expectSentence(
      await importFolder(site, folder, ['--access', 'everyone']),
      2,
      /--access is public, members, private or group/,
    );
    expectSentence(await importFolder(site, folder, ['--shiny']), 2, /--shiny/);
  });

  test('points at the line of the settings that is wrong, and changes nothing', async ({ site, workshop }) => {
    const before = (await site.ask(`/${workshop.slug}`)).text;
    await workshop.write('trastienda.yaml', 'title: The workshop\naccess: public\nhomme: Home\n');
    expectSentence(
      await importFolder(site, workshop.folder, ['--vault', workshop.slug]),
      2,
      /^trastienda\.yaml, line 3: homme: no such setting\. Allowed: title/,
    );
    await workshop.write('trastienda.yaml', 'title: "The workshop\n');
    expectSentence(
      await importFolder(site, workshop.folder, ['--vault', workshop.slug]),
      2,
      /^trastienda\.yaml, line \d: not valid YAML/,
    );
    await workshop.write('trastienda.yaml', 'access: some\n');
    expectSentence(
      await importFolder(site, workshop.folder, ['--vault', workshop.slug]),
      2,
      /"some" is no access.*Allowed: public, members/,
    );
    expect((await site.ask(`/${workshop.slug}`)).text).toBe(before);
    await workshop.write('trastienda.yaml', files['trastienda.yaml'] ?? '');
  });

  test('without words about access publishes nothing, and says how to', async ({ site }) => {
    const folder = await makeFolder('silent');
    await writeFile(path.join(folder, 'Home.md'), 'Nobody said who may read this.');
    const { code, out } = await importFolder(site, folder, ['--vault', 'silent']);
    expect(code).toBe(0);
    expect(out).toContain('--access public');
    expect((await site.ask('/silent')).status).toBe(404);
    expect((await site.ask('/')).text).not.toContain('silent');
    const dry = await importFolder(site, folder, ['--vault', 'silent', '--access', 'public', '--dry-run']);
    expect([dry.code, (await site.ask('/silent')).status]).toEqual([0, 404]);
  });

  test('one unreadable note does not stop the others', async ({ site }) => {
    const folder = await makeFolder('mixed');
    await writeFile(path.join(folder, 'Home.md'), '# Fine\n\nThis one is well.');
    await writeFile(path.join(folder, 'Broken.md'), '---\ntitle: "open\n---\nBroken properties stay closed.');
    await writeFile(path.join(folder, 'Bytes.md'), Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x00]));
    const { code, out } = await importFolder(site, folder, ['--vault', 'mixed', '--access', 'public', '--json']);
    expect(code).toBe(0);
    const report = JSON.parse(out) as { read: number; accounted: number };
    expect(report.accounted).toBe(report.read);
    expect((await site.ask('/mixed')).text).toContain('This one is well.');
    expect((await site.ask('/mixed/Broken')).status).toBe(404);
  });
});
