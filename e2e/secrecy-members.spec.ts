import { crawl, isPage } from './support/crawl';
import { withDatabase } from './support/database';
import type { Answer } from './support/http';
import { askWith, makePerson, signIn } from './support/people';
import { askInEveryShape } from './support/shapes';
import type { Site } from './support/site';
import { expect, test } from './support/test';
import { CANARIES, GUILD } from './support/workshop';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

const WRITTEN_IN_THE_OPEN: string[] = [CANARIES.title];
/** The folder and text of the note that every member may read. */
const FOR_MEMBERS: string[] = [CANARIES.members, CANARIES.folder];
const { guild, ...others } = CANARIES;
const closedToMembers = Object.values(others).filter(
  (word) => ![...WRITTEN_IN_THE_OPEN, ...FOR_MEMBERS].includes(word),
);

/** Every byte that whoever asks can get: pages, and each as Next's router asks for it. */
async function everything(site: Site, ask: Site['ask']): Promise<Map<string, string>> {
  const visited = [...(await crawl({ ...site, ask }, ['/', '/sitemap.xml', '/workshop'])).values()];
  const all = new Map<string, string>();
  const keep = (where: string, { headers, text }: Answer) => all.set(where, `${JSON.stringify(headers)}\n${text}`);
  for (const { path, answer } of visited) keep(path, answer);
  for (const { path } of visited.filter(isPage))
    for (const { where, answer } of await askInEveryShape(ask, path)) keep(where, answer);
  return all;
}

function leaks(all: Map<string, string>, words: string[]): string[] {
  return [...all].flatMap(([where, bytes]) =>
    words.filter((word) => bytes.includes(word) && !where.includes(word)).map((word) => `${where}: ${word}`),
  );
}

test('a member gets no word of what is for a group or private, and every word of what is for members', async ({
  site,
}) => {
  const member = askWith(site, await signIn(site, await makePerson(site)));
  const all = await everything(site, member);
  expect(leaks(all, [...closedToMembers, guild])).toEqual([]);
  for (const word of FOR_MEMBERS)
    expect([...all.values()].filter((bytes) => bytes.includes(word)).length).toBeGreaterThan(0);
});

test('a member of the group gets what is for the group, and no word of what is private', async ({ site }) => {
  const ask = askWith(site, await signIn(site, await makePerson(site, { groups: [GUILD] })));
  const all = await everything(site, ask);
  expect(leaks(all, closedToMembers)).toEqual([]);
  expect([...all.values()].filter((bytes) => bytes.includes(guild)).length).toBeGreaterThan(0);
});

test('what a member may not read is answered to them exactly like what never was', async ({ site }) => {
  const ask = askWith(site, await signIn(site, await makePerson(site)));
  const plain = ({ status, headers, text }: Answer, path: string) => ({
    status,
    headers: { ...headers, date: '', 'content-security-policy': '', link: '' },
    text: text
      .replaceAll(path, '')
      .replaceAll(encodeURIComponent(path), '')
      .replace(/nonce="[^"]*"/g, '')
      .replace(/"(?:nonce|b)":"[^"]*"/g, ''),
  });
  for (const closed of [
    CANARIES.title,
    `-/tags/${CANARIES.tag}`,
    `-/preview/${CANARIES.title}`,
    'Guild',
    '-/folders/Drafts',
  ]) {
    const like = closed.replace(/[^/]+$/, 'never-was');
    const [answer, unknown] = [await ask(`/workshop/${closed}`), await ask(`/workshop/${like}`)];
    expect(answer.status, closed).toBe(404);
    expect(plain(answer, closed).headers, closed).toEqual(plain(unknown, like).headers);
    expect(visible(answer.text), closed).toEqual(visible(unknown.text));
  }
  expect((await ask(`/workshop/${CANARIES.title}`)).text).toContain('<title>Nothing at this address</title>');
});

/**
 * A page by its tags and words, without what its scripts carry and what names this very request. Next writes the head's elements in
 * the order in which they happen to be ready, which says nothing: they are compared as a sorted list.
 */
function visible(html: string): { head: string[]; body: string[] } {
  const plain = html
    .replace(/<script\b[\s\S]*?<\/script>/g, '')
    .replace(/\snonce="[^"]*"/g, '')
    .replace(/"\/xray\/[^"]*"/g, '"/xray/this"');
  const end = plain.indexOf('<body');
  const parts = (text: string) => text.match(/<[^>]+>|[^<]+/g) ?? [];
  return { head: parts(plain.slice(0, end)).sort(), body: parts(plain.slice(end)) };
}

test('no byte of a person’s page is kept for others', async ({ site }) => {
  const person = await makePerson(site, { role: 'editor', name: 'Numbatcanary' });
  const ask = askWith(site, await signIn(site, person));
  for (const path of [
    '/',
    '/workshop',
    '/workshop/Bread',
    `/workshop/${CANARIES.title}`,
    '/workshop/-/graph',
    '/workshop/-/feed.xml',
  ]) {
    const answer = await ask(path);
    expect(answer.status, path).toBe(200);
    expect(answer.headers['cache-control'], path).toMatch(/private.*no-store/);
    expect(answer.headers.etag, path).toBeUndefined();
  }
  expect((await ask('/workshop/Bread')).text).toContain('Numbatcanary');
  const anonymous = await everything(site, site.ask);
  expect(leaks(anonymous, ['Numbatcanary', person.email, guild, CANARIES.text])).toEqual([]);
});

test('with the session ended, the very next request is anybody’s', async ({ site }) => {
  const person = await makePerson(site, { role: 'owner' });
  const ask = askWith(site, await signIn(site, person));
  const path = `/workshop/${CANARIES.title}`;
  expect((await ask(path)).status).toBe(200);
  await withDatabase(site, (sql) => sql`update person set role = 'member' where id = ${person.id}`);
  expect((await ask(path)).status).toBe(404);
  await withDatabase(site, (sql) => sql`update person set role = 'owner', disabled_at = now() where id = ${person.id}`);
  expect((await ask(path)).status).toBe(404);
  await withDatabase(site, (sql) => sql`update person set disabled_at = null where id = ${person.id}`);
  expect((await ask(path)).status).toBe(200);
  await withDatabase(site, (sql) => sql`delete from session where person_id = ${person.id}`);
  expect((await ask(path)).status).toBe(404);
  expect((await ask('/workshop/Bread')).status).toBe(200);
});
