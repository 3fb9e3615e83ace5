import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { crawl, isPage } from './support/crawl';
import { withDatabase } from './support/database';
import { ROOT } from './support/folders';
import type { Answer } from './support/http';
import { askInEveryShape } from './support/shapes';
import { expect, test } from './support/test';
import { CANARIES, workshop as files } from './support/workshop';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

/** What an author wrote in an open note stays there, wherever it leads. */
const WRITTEN_IN_THE_OPEN: string[] = [CANARIES.title];
const words: string[] = Object.values(CANARIES).filter((word) => !WRITTEN_IN_THE_OPEN.includes(word));

const CLOSED = [
  `/workshop/${CANARIES.title}`,
  `/workshop/${CANARIES.title.toLowerCase()}`,
  `/workshop/${CANARIES.title}.md`,
  `/workshop/${CANARIES.alias}`,
  `/workshop/${CANARIES.folder}/Members-only`,
  '/workshop/Drafts/Half-done',
  `/workshop/-/preview/${CANARIES.title}`,
  `/workshop/-/og/${CANARIES.title}`,
  `/workshop/-/tags/${CANARIES.tag}`,
  `/workshop/-/folders/${CANARIES.folder}`,
  '/workshop/-/folders/Drafts',
  '/en/4-People-and-keys/Inside-the-keys',
  '/es/4-Las-personas-y-las-llaves/Las-llaves-por-dentro',
];

test('no word of a closed note is in any byte of any public answer', async ({ site }) => {
  const secrets = [...words, ...(await closedSentences('en')), ...(await closedSentences('es'))];
  expect(secrets.length).toBeGreaterThan(30);
  const leaks: string[] = [];
  const look = (where: string, { headers, text }: Answer) => {
    const all = `${JSON.stringify(headers)}\n${text}`;
    // What a visitor typed may be said back to them
    for (const secret of secrets)
      if (all.includes(secret) && !where.includes(secret)) leaks.push(`${where}: ${secret}`);
  };
  const crawled = [...(await crawl(site)).values()];
  for (const { path, answer } of crawled) look(path, answer);
  for (const page of crawled.filter(isPage))
    for (const { where, answer } of await askInEveryShape(site.ask, page.path)) look(where, answer);
  for (const closed of CLOSED)
    for (const { where, answer } of await askInEveryShape(site.ask, closed)) look(where, answer);
  expect(leaks).toEqual([]);
});

/** Stretches of plain words of the course's closed notes that none of its open notes has. */
async function closedSentences(vault: string): Promise<string[]> {
  const folder = path.join(ROOT, 'content', vault);
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.md'));
  const notes = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  const isClosed = (text: string) => /^access: (?!public)/m.test(text);
  const open = notes.filter((text) => !isClosed(text)).join('\n');
  const stretches = notes
    .filter(isClosed)
    .flatMap((text) => text.split(/[^\p{L}\p{N} ,;:]/u).map((part) => part.trim()));
  return stretches.filter((part) => part.length > 30 && !open.includes(part));
}

test('what is closed is answered exactly like what never was', async ({ site }) => {
  const bare = ({ status, headers, text }: Answer) => ({ status, headers: { ...headers, date: '' }, text });
  const nothing = bare(await site.ask('/workshop/never-was'));
  for (const address of CLOSED) {
    const answer = bare(await site.ask(address));
    expect(answer.status, address).toBe(404);
    expect(answer, address).toEqual(nothing);
  }
  const unknown = await askInEveryShape(site.ask, '/workshop/never-was');
  for (const closed of CLOSED)
    for (const [i, { where, answer }] of (await askInEveryShape(site.ask, closed)).entries())
      expect([where, answer.status]).toEqual([where, unknown[i]?.answer.status]);
});

test('a link to what is closed looks like a link to nothing, an embed like one of nothing', async ({ site }) => {
  const { text } = await site.ask('/workshop/Bread');
  expect(text).toContain(`<span class="unresolved">${CANARIES.title}</span>`);
  expect(text).toContain('<span class="unresolved">the cellar</span>');
  expect(text.match(/class="embed-missing"/g)).toHaveLength(1);
});

test('a file that only closed notes refer to is not served; one that an open note has too, is', async ({ site }) => {
  const rows = await withDatabase(
    site,
    (sql) => sql<{ id: string; name: string }[]>`select id, name from file order by name`,
  );
  const idOf = (name: string) => rows.find((row) => row.name === name)?.id ?? '';
  const secret = idOf(`${CANARIES.file}.png`);
  expect(secret).not.toBe('');
  const closed = await site.ask(`/files/${secret}/${CANARIES.file}.png`);
  const unknown = await site.ask('/files/3f2c1a52-3b1e-4d4f-9a55-0d2c8f4e9b11/nothing.png');
  const bare = ({ status, headers, text }: Answer) => ({ status, headers: { ...headers, date: '' }, text });
  expect(closed.status).toBe(404);
  expect(bare(closed)).toEqual(bare(unknown));
  expect((await site.ask(`/files/${secret}/${CANARIES.file}.png`, { method: 'HEAD' })).status).toBe(404);
  expect((await site.ask(`/files/${idOf('loaf.png')}/loaf.png`)).status).toBe(200);
});

test('a note made private is gone at the next request, from everywhere; made public, it is back', async ({
  site,
  workshop,
}) => {
  const { path: image } = await imageOf('Recipe card');
  const own = [
    '/workshop/Recipe-card',
    '/workshop/-/preview/Recipe-card',
    '/workshop/-/og/Recipe-card',
    '/workshop/-/tags/card-only',
    image,
  ];
  const showing = [
    '/',
    '/workshop',
    '/workshop/Bread',
    '/workshop/Tools/Oven',
    '/workshop/-/tags',
    '/workshop/-/graph',
    '/workshop/-/feed.xml',
    '/sitemap.xml',
  ];
  for (const address of own) expect((await site.ask(address)).status, address).toBe(200);
  for (const address of showing) await site.ask(address);

  await workshop.edit('Recipe card.md', 'order: 2', 'order: 2\naccess: private');
  await workshop.publish();
  for (const address of own) expect((await site.ask(address)).status, address).toBe(404);
  for (const address of showing) {
    const { status, text } = await site.ask(address);
    expect(status, address).toBe(200);
    expect(text, address).not.toMatch(/Flour, water, salt|first words|card-only|\/workshop\/Recipe-card/);
  }
  for (const { path: address, answer } of (await crawl(site)).values())
    expect(answer.text, address).not.toMatch(/Flour, water, salt|first words|card-only|\/workshop\/Recipe-card/);
  for (const { where, answer } of await askInEveryShape(site.ask, '/workshop/Bread'))
    expect(answer.text, where).not.toMatch(/Flour, water, salt|first words|card-only/);

  await workshop.write('Recipe card.md', files['Recipe card.md'] ?? '');
  await workshop.publish();
  for (const address of own) expect((await site.ask(address)).status, address).toBe(200);
  expect((await site.ask('/workshop/Bread')).text).toContain('first words');

  async function imageOf(title: string): Promise<{ path: string }> {
    const { text } = await site.ask(`/workshop/${title.replace(' ', '-')}`);
    return { path: /src="(\/files\/[^"]+card-only\.png)"/.exec(text)?.[1] ?? '' };
  }
});
