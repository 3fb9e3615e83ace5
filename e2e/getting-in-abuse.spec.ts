import { hash } from '@node-rs/argon2';
import { accountWords } from '../lib/language/account';
import { withDatabase } from './support/database';
import type { Answer } from './support/http';
import { asAction, makePerson, multipart } from './support/people';
import type { Site } from './support/site';
import { expect, test } from './support/test';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

/** Each test asks from addresses of its own, so that none is slowed down by another. */
let network = 0;
test.beforeEach(() => {
  network++;
});
const from = (host: number) => `198.51.${100 + network}.${host}`;

type Part = [string, string];

/** The hidden fields of a form, as a browser without JavaScript sends them. */
async function hidden(site: Site, path: string, id: string): Promise<Part[]> {
  const { text } = await site.ask(path);
  const form = new RegExp(`<form[^>]*id="${id}"[\\s\\S]*?</form>`).exec(text)?.[0] ?? '';
  const plain = (value = '') => value.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  return [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [
    plain(/name="([^"]*)"/.exec(tag)?.[1]),
    plain(/value="([^"]*)"/.exec(tag)?.[1]),
  ]);
}

/** What Next's client calls the action of a form by. */
const actionIn = (fields: Part[]): string =>
  /"id":"([0-9a-f]+)"/.exec(fields.map(([, value]) => value).join(' '))?.[1] ?? '';

const headersOf = (site: Site, host: number, type: string) => ({
  'content-type': type,
  origin: site.url,
  host: new URL(site.url).host,
  'x-forwarded-for': from(host),
});

function send(site: Site, path: string, parts: Part[], host = 1): Promise<Answer> {
  const { body, type } = multipart(parts);
  return site.ask(path, { method: 'POST', body, headers: headersOf(site, host, type) });
}

test('who signs in while too many passwords wait is asked to come back, and the site goes on', async ({ site }) => {
  const ada = await makePerson(site);
  const fields = await hidden(site, '/signin', 'signin');
  const id = actionIn(fields);
  let host = 0;
  const post = async ({ body, type }: ReturnType<typeof multipart>, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${site.url}/signin`, {
      method: 'POST',
      redirect: 'manual',
      body,
      headers: { 'content-type': type, origin: site.url, 'x-forwarded-for': from(++host), ...headers },
    });
    return { status: answer.status, later: answer.headers.get('retry-after'), text: await answer.text() };
  };
  const withScript = (email: string) =>
    post(
      asAction([
        ['email', email],
        ['password', 'a guess'],
      ]),
      { 'next-action': id, accept: 'text/x-component' },
    );
  // Passwords that take seconds hold all the places there are; a hundred may wait behind them
  const slow = await hash('a slow one', { memoryCost: 19_456, timeCost: 800, parallelism: 1 });
  const holding = await Promise.all(Array.from({ length: 4 }, () => makePerson(site)));
  const addresses = holding.map(({ email }) => email);
  await withDatabase(site, (sql) => sql`update person set password_hash = ${slow} where email in ${sql(addresses)}`);
  const guesses = Array.from({ length: 115 }, (_, i) => `${i}@example.org`);
  const held = addresses.map(withScript);
  const begun = () =>
    withDatabase(
      site,
      (sql) => sql`select 1 from throttle where key in ${sql(addresses.map((each) => `signin:${each}`))}`,
    );
  await expect.poll(async () => (await begun()).length, 'tries are counted before they are looked at').toBe(4);
  const crowd = guesses.map(withScript);
  const isAway = async (answer: Promise<{ status: number }>) => {
    if ((await answer).status !== 503) throw new Error('It waits.');
  };
  await Promise.any(crowd.map(isAway)); // no place is left, and none will be for seconds
  expect((await site.ask('/workshop/Bread')).status).toBe(200);
  const late = await post(multipart([...fields, ['email', 'late@example.org'], ['password', 'a guess']]));
  expect([late.status, late.later]).toEqual([503, '5']);
  expect(late.text).toContain(accountWords('en').signIn.busy);
  const answers = await Promise.all([...held, ...crowd]);
  const away = answers.filter(({ status }) => status === 503);
  expect(away.length).toBeGreaterThan(0);
  for (const { later, text } of away)
    expect([later, text.includes(accountWords('en').signIn.busy)]).toEqual(['5', true]);
  const heard = answers.filter(({ status, later }) => status === 422 && later === null);
  expect(heard.length, 'who may wait is answered').toBe(answers.length - away.length);
  expect(heard.length).toBeGreaterThanOrEqual(100);
  const right: Part[] = [...fields, ['email', ada.email], ['password', ada.password]];
  expect((await send(site, '/signin', right, 200)).status).toBe(303);
});

test('answers do not tell whether an address has an account', async ({ site }) => {
  const ada = await makePerson(site);
  const nobody = `${'x'.repeat(ada.email.indexOf('@'))}@example.org`;
  await withDatabase(
    site,
    (sql) =>
      sql`insert into setting (name, value) values ('signup', '"open"') on conflict (name) do update set value = '"open"'`,
  );
  const shape = async (path: string, id: string, parts: Part[], host: number) => {
    const answer = await send(site, path, [...(await hidden(site, path, id)), ...parts], host);
    const once = /nonce="?[^"\s;]+"?|nonce-[^']+|date: .*|"b":"[^"]*"|etag: .*|dur=[\d.]+/g;
    const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`.replace(once, ''));
    const text = answer.text.replaceAll(ada.email, nobody);
    return {
      status: answer.status,
      headers,
      length: text.length,
      says: /class="form-(?:problem|done)">([^<]*)/.exec(text)?.[1],
    };
  };
  let host = 0;
  for (const [path, id, more] of [
    ['/signin', 'signin', [['password', 'a wrong guess']]],
    ['/forgotten', 'forgotten', []],
    ['/signup', 'signup', [['name', 'Ada']]],
  ] as [string, string, Part[]][]) {
    const known = await shape(path, id, [['email', ada.email], ...more], ++host);
    const unknown = await shape(path, id, [['email', nobody], ...more], ++host);
    expect(known.says, path).toBeTruthy();
    expect(known, path).toEqual(unknown);
  }
  await withDatabase(site, (sql) => sql`delete from setting where name = 'signup'`);
});

test('what is no proper form is refused as what it is', async ({ site }) => {
  const fields = await hidden(site, '/signin', 'signin');
  const action = actionIn(fields);
  expect(action).toMatch(/^[0-9a-f]{40,}$/);
  const fill = (email: string, password: string): Part[] => [...fields, ['email', email], ['password', password]];
  const raw = (body: string, headers: Record<string, string>) =>
    site.ask('/signin', {
      method: 'POST',
      body,
      headers: { ...headersOf(site, 2, 'text/plain;charset=UTF-8'), ...headers },
    });
  expect((await send(site, '/signin', fill('a@example.org', 'x'.repeat(1_100_000)))).status).toBe(413);
  expect((await send(site, '/signin', fill('a@example.org', 'x'.repeat(5_000)))).status).toBe(422);
  expect((await send(site, '/signin', fill('a\0@example.org', 'x\0y'))).status).toBe(422);
  expect((await send(site, '/signin', fill('\u{202e}gro.elpmaxe@a', '💩'.repeat(60)))).status).toBe(422);
  expect((await send(site, '/signin', [...fill('a@example.org', 'x'), ['email', 'b@example.org']])).status).toBe(422);
  expect((await send(site, '/signin', [...fields, ['ticket', 'forged'], ['code', '123456']])).status).toBe(422);
  expect((await send(site, '/signin', [['email', 'a@example.org']])).status).toBe(400);
  expect((await raw('--x\r\nbroken', { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(400);
  for (const body of ['broken', '[', '["$K1"]', '{"then":1}']) {
    expect([400, 422], body).toContain((await raw(body, { 'next-action': action })).status);
  }
  for (const body of ['[]', '[{},"no form"]', '[null,null]', '[1,{"get":1}]']) {
    expect((await raw(body, { 'next-action': action })).status, body).toBe(422);
  }
  expect((await raw('[]', { 'next-action': 'f'.repeat(42) })).status).toBeLessThan(500);
  expect(site.said()).not.toContain('invalid byte sequence');
});

test('a one-time link that was never made has one answer, however it is spelt', async ({ site }) => {
  const shapes = ['a'.repeat(43), 'a', 'a'.repeat(500), '%F0%9F%92%A9', '..%2f..%2fetc', "'%20or%20''='"];
  const answers = await Promise.all(shapes.map((each) => site.ask(`/setup/${each}`)));
  expect(answers.map(({ status }) => status)).toEqual(shapes.map(() => 404));
  for (const { headers } of answers) {
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-robots-tag']).toContain('noindex');
    expect(headers['cache-control']).toContain('no-store');
  }
});

test('a provider that is not configured is not there', async ({ site }) => {
  for (const path of [
    'signin/oidc',
    'signin/github',
    'signin/nobody',
    'callback/oidc',
    'session',
    'csrf',
    'providers',
    'error',
  ])
    expect((await site.ask(`/api/auth/${path}`)).status, path).toBe(404);
});
