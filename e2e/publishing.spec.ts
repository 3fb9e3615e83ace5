import { idsOf } from './support/crawl';
import { startSite } from './support/site';
import { expect, test } from './support/test';
import { workshop as files } from './support/workshop';

test.describe.configure({ mode: 'serial' });

test('the next request after an import gets the new text, wherever it is shown', async ({ site, workshop }) => {
  const held = (await site.ask('/workshop/Recipe-card')).headers.etag ?? '';
  for (const path of ['/workshop/Bread', '/workshop/-/feed.xml', '/workshop/-/tags/card-only']) await site.ask(path);
  await workshop.edit('Recipe card.md', 'first words', 'second words');
  await workshop.edit('Recipe card.md', 'Flour, water, salt.', 'Flour, water, salt, time.');
  await workshop.publish();
  const note = await site.ask('/workshop/Recipe-card', { headers: { 'if-none-match': held } });
  expect(note.status).toBe(200);
  expect(note.text).toContain('second words');
  expect(note.text).not.toContain('first words');
  const bread = await site.ask('/workshop/Bread');
  expect(bread.text, 'the note that embeds it, and that it leads to').toContain('second words');
  expect(bread.text).toContain('Flour, water, salt, time.');
  expect((await site.ask('/workshop/-/tags/card-only')).text).toContain('Flour, water, salt, time.');
  expect((await site.ask('/workshop/-/preview/Recipe-card')).text).toContain('Flour, water, salt, time.');
  const [first] = (await site.ask('/workshop/-/feed.xml')).text.split('</entry>');
  expect(first).toContain('Flour, water, salt, time.');
});

test('a reader sees all of the old or all of the new while an import runs', async ({ site, workshop }) => {
  await workshop.write('Recipe card.md', files['Recipe card.md'] ?? '');
  let done = false;
  const publishing = workshop.publish().finally(() => {
    done = true;
  });
  const seen = new Set<string>();
  while (!done) {
    const { status, text } = await site.ask('/workshop/Recipe-card');
    seen.add(`${status} ${text.includes('first words') ? 'new' : ''}${text.includes('second words') ? 'old' : ''}`);
  }
  await publishing;
  expect([...seen].filter((each) => each !== '200 old' && each !== '200 new')).toEqual([]);
  expect((await site.ask('/workshop/Recipe-card')).text).toContain('first words');
});

test('a second site on the same database shows a change within a second', async ({ site, workshop }) => {
  const second = await startSite({ dataDir: site.dataDir, env: { DATABASE_URL: await site.databaseUrl() } });
  expect((await second.ask('/workshop/Tools/Oven')).text).not.toContain('Glows');
  await workshop.edit('Tools/Oven.md', 'Back to', 'Glows. Back to');
  await workshop.publish();
  const published = performance.now();
  await expect
    .poll(async () => (await second.ask('/workshop/Tools/Oven')).text, { intervals: [20] })
    .toContain('Glows');
  expect(performance.now() - published).toBeLessThan(1_000);
  expect((await site.ask('/workshop/Tools/Oven')).text).toContain('Glows');
  await workshop.write('Tools/Oven.md', files['Tools/Oven.md'] ?? '');
  await workshop.publish();
  expect((await second.ask('/workshop/Tools/Oven')).text).not.toContain('Glows');
  const { code, err } = await second.stop();
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect((await site.ask('/readyz')).status, 'the first keeps its PostgreSQL').toBe(200);
});

test('a new note appears in every tree, and links that waited for it lead to it', async ({ site, workshop }) => {
  expect((await site.ask('/workshop')).text).toMatch(/<span class="unresolved">Salt<\/span>/);
  expect((await site.ask('/workshop/Salt')).status).toBe(404);
  await workshop.write('Salt.md', '---\ntags: [mineral]\norder: 3\n---\nTen grams, for [[Bread]].\n');
  await workshop.publish();
  expect((await site.ask('/workshop/Salt')).text).toContain('Ten grams');
  expect((await site.ask('/workshop')).text).toMatch(/<a class="internal" href="\/workshop\/Salt"[^>]*>Salt<\/a>/);
  for (const path of [
    '/workshop/Everything',
    '/workshop/-/tags/bench',
    '/workshop/-/graph',
    '/sitemap.xml',
    '/workshop/-/feed.xml',
  ])
    expect((await site.ask(path)).text, path).toContain('/workshop/Salt');
  expect((await site.ask('/workshop/-/tags/mineral')).status).toBe(200);
  expect(idsOf(await site.ask('/workshop/Bread'))).toContain('backlinks');
  expect((await site.ask('/workshop/Bread')).text).toContain('/workshop/Salt');
});

test('a renamed note keeps its readers: its old address leads to the new one', async ({ site, workshop }) => {
  await workshop.rename('Salt.md', 'Pantry/Sea salt.md');
  await workshop.publish();
  const old = await site.ask('/workshop/Salt');
  expect([old.status, old.headers.location]).toEqual([308, '/workshop/Pantry/Sea-salt']);
  expect((await site.ask('/workshop/Pantry/Sea-salt')).text).toContain('Ten grams');
  expect((await site.ask('/workshop/-/folders/Pantry')).status).toBe(200);
  expect((await site.ask('/workshop/Everything')).text).not.toContain('/workshop/Salt"');
});

test('a removed note is gone from everywhere, with its folder, its tag and its old addresses', async ({
  site,
  workshop,
}) => {
  await workshop.remove('Pantry/Sea salt.md');
  await workshop.publish();
  for (const path of [
    '/workshop/Pantry/Sea-salt',
    '/workshop/Salt',
    '/workshop/-/folders/Pantry',
    '/workshop/-/tags/mineral',
    '/workshop/-/preview/Pantry/Sea-salt',
    '/workshop/-/og/Pantry/Sea-salt',
  ])
    expect((await site.ask(path)).status, path).toBe(404);
  for (const path of [
    '/workshop',
    '/workshop/Bread',
    '/workshop/-/tags',
    '/workshop/-/graph',
    '/sitemap.xml',
    '/workshop/-/feed.xml',
  ])
    expect((await site.ask(path)).text, path).not.toMatch(/Sea.salt|mineral|Ten grams/);
});

test('new settings reach every page of the vault, and the home', async ({ site, workshop }) => {
  await workshop.edit('trastienda.yaml', 'title: The workshop', 'title: The bakery');
  await workshop.publish();
  for (const path of ['/', '/workshop', '/workshop/Bread', '/workshop/-/tags', '/workshop/-/feed.xml'])
    expect((await site.ask(path)).text, path).toContain('The bakery');
  await workshop.write('trastienda.yaml', files['trastienda.yaml'] ?? '');
  await workshop.publish();
  for (const path of ['/', '/workshop', '/workshop/Bread'])
    expect((await site.ask(path)).text, path).not.toContain('The bakery');
});

test('importing again what has not changed changes nothing', async ({ site, workshop }) => {
  const before = await site.ask('/workshop/Bread');
  await workshop.publish();
  const after = await site.ask('/workshop/Bread');
  expect(after.headers.etag).toBe(before.headers.etag);
});
