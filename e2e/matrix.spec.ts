import { accountWords } from '../lib/language/account';
import { type BuiltAction, builtActions, builtCachedFunctions, builtHandlers, builtRoutes } from './support/built';
import { withDatabase } from './support/database';
import type { Answer, Asked } from './support/http';
import { ACTIONS, ROUTES, type Row } from './support/matrix';
import { asAction, multipart } from './support/people';
import { everythingKept, ROLES, type Role, type Somebody, somebody } from './support/roles';
import { askInEveryShape } from './support/shapes';
import type { Site } from './support/site';
import { expect, test } from './support/test';

test.describe.configure({ timeout: 240_000 });

test('every route, action and handler of the build is in the matrix, and nothing else', async () => {
  const actions = await builtActions();
  expect(Object.keys(ROUTES).sort()).toEqual(await builtRoutes());
  expect(Object.keys(ACTIONS).sort()).toEqual(actions.map(({ name }) => name).sort());
});

test('each method that a handler answers is in the matrix', async () => {
  const handlers = await builtHandlers();
  expect(handlers.size).toBeGreaterThan(15);
  for (const [route, methods] of handlers)
    expect([...new Set(ROUTES[route]?.map(({ method = 'GET' }) => method))].sort(), route).toEqual(methods);
});

const asFrom = (site: Site, { cookie }: Somebody, asked: Asked = {}): Asked => ({
  ...asked,
  headers: { host: new URL(site.url).host, origin: site.url, ...(cookie && { cookie }), ...asked.headers },
});

test('each role is answered by each route as the matrix says', async ({ site }) => {
  const wrong: string[] = [];
  for (const [route, rows] of Object.entries(ROUTES)) {
    for (const row of rows) {
      for (const role of ROLES) {
        const who = await somebody(site, role);
        const answer = await site.ask(row.ask, asFrom(site, who, { method: row.method ?? 'GET' }));
        const said = outcome(answer, row, role);
        if (said) wrong.push(`${route} ${row.ask} as ${role}: ${said}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

function outcome({ status, headers, text }: Answer, { expect: expected, marker }: Row, role: Role): string | null {
  const wanted = expected[role];
  if (typeof wanted === 'string') {
    const led = status >= 300 && status < 400 && String(headers.location).startsWith(wanted);
    return led ? null : `${status} ${headers.location ?? ''}, not led to ${wanted}`;
  }
  if (status !== wanted) return `${status}, not ${wanted}`;
  const seen = marker !== undefined && text.includes(marker);
  if (marker !== undefined && seen !== (wanted === 200)) return seen ? `shows ${marker}` : `lacks ${marker}`;
  return null;
}

test('however Next’s router asks, nobody gets more than their page shows, and whoever may gets it', async ({
  site,
}) => {
  const wrong: string[] = [];
  const guarded = Object.values(ROUTES).flatMap((rows) => rows.filter(({ marker }) => marker !== undefined));
  expect(guarded.length).toBeGreaterThan(18);
  for (const { ask, marker = '', expect: expected } of guarded) {
    for (const role of ROLES) {
      const who = await somebody(site, role);
      const all = await askInEveryShape((path, asked) => site.ask(path, asFrom(site, who, asked)), ask);
      const found = all
        .filter(({ answer }) => `${answer.text}${JSON.stringify(answer.headers)}`.includes(marker))
        .map(({ where }) => where);
      if (expected[role] !== 200) wrong.push(...found.map((each) => `${each} as ${role}`));
      // Else what is not found in the other shapes would prove nothing
      else if (!found.some((each) => each.includes('"rsc"'))) wrong.push(`${ask} as ${role} only as a page`);
    }
  }
  expect(wrong).toEqual([]);
});

test('no way of asking for a route is a fault of the site', async ({ site }) => {
  const faults: string[] = [];
  const rows = Object.entries(ROUTES).flatMap(([route, each]) => each.map((row) => ({ route, ...row })));
  for (const { route, ask } of rows.filter((row) => row.method === undefined)) {
    for (const role of ['anonymous', 'owner'] as const) {
      const who = await somebody(site, role);
      for (const { where, answer } of await askInEveryShape(
        (path, asked) => site.ask(path, asFrom(site, who, asked)),
        ask,
      ))
        if (answer.status >= 500) faults.push(`${route} ${where} as ${role}: ${answer.status}`);
    }
  }
  expect(faults).toEqual([]);
});

/** Fields that any of the forms may ask for, so that what is refused is refused for who asks. */
const FIELDS: [string, string][] = [
  ['email', 'nobody@example.org'],
  ['name', 'Nobody'],
  ['password', 'a pot of quince jam'],
  ['current', 'a pot of quince jam'],
  ['text', 'A comment.'],
  ['note', '1'],
  ['comment', '1'],
  ['parent', ''],
  ['hidden', 'on'],
  ['language', 'es'],
  ['theme', ''],
  ['timeZone', ''],
  ['role', 'owner'],
  ['to', '/'],
];

/** An address of a route: the note that every role may read, where the route is a vault's. */
function addressOf(route: string): string {
  if (route.startsWith('/studio/')) return route.replace('[id]', '00000000-0000-4000-8000-000000000000');
  if (route.startsWith('/setup/')) return `/setup/${'A'.repeat(43)}`;
  return route
    .replace('[vault]', 'workshop')
    .replace(/\[{1,2}\.\.\.\w+\]{1,2}/, 'Bread')
    .replace('[list]', 'bookmarks');
}

/** A call of a server action as Next's client makes it: a form's state, and the form. */
function call(site: Site, who: Somebody, { id, route }: BuiltAction, extra: [string, string][] = []): Promise<Answer> {
  const { body, type } = asAction([...FIELDS, ...extra]);
  const address = addressOf(route);
  const headers = { 'next-action': id, 'content-type': type, accept: 'text/x-component' };
  return site.ask(address, asFrom(site, who, { method: 'POST', headers, body }));
}

test('each action is refused to whom it is not for, and changes nothing', async ({ site }) => {
  const actions = await builtActions();
  const victim = await somebody(site, 'member');
  const wrong: string[] = [];
  for (const action of actions) {
    const allowed = ACTIONS[action.name] ?? [];
    for (const role of ROLES.filter((each) => !allowed.includes(each))) {
      const who = await somebody(site, role);
      const before = await everythingKept(site);
      const { status, headers } = await call(site, who, action, [
        ['person', victim.id],
        ['id', victim.id],
        ['session', victim.id],
      ]);
      const led = /^\/signin/.test(String(headers['x-action-redirect'] ?? headers.location ?? ''));
      if (![401, 403, 404].includes(status) && !led) wrong.push(`${action.name} as ${role}: ${status}`);
      expect(await everythingKept(site), `${action.name} as ${role}`).toEqual(before);
    }
  }
  expect(wrong).toEqual([]);
});

test('an action gets the fields that it is sent', async ({ site }) => {
  const action = (await builtActions()).find(({ name }) => name === 'signIn');
  const answer = action && (await call(site, await somebody(site, 'anonymous'), action));
  expect(answer?.text).toContain(accountWords('en').signIn.wrong);
});

test('each action answers whom it is for', async ({ site }) => {
  await withDatabase(site, (sql) => sql`insert into setting (name, value) values ('signup', '"open"')`);
  const actions = await builtActions();
  const wrong: string[] = [];
  for (const action of actions) {
    for (const role of ACTIONS[action.name] ?? []) {
      const { status } = await call(site, await somebody(site, role), action);
      if (status >= 500 || status === 403 || status === 401) wrong.push(`${action.name} as ${role}: ${status}`);
    }
  }
  await withDatabase(site, (sql) => sql`delete from setting where name = 'signup'`);
  expect(wrong).toEqual([]);
});

const ELSEWHERE: Record<string, string>[] = [
  { origin: 'http://evil.example' },
  { 'sec-fetch-site': 'cross-site' },
  { origin: 'null' },
];

test('from another site, or without a word about where from, no action is heard', async ({ site }) => {
  const actions = await builtActions();
  for (const action of actions) {
    const who = await somebody(site, 'owner');
    for (const headers of ELSEWHERE) {
      const before = await everythingKept(site);
      const { body, type } = multipart([['0', '[{"values":{},"errors":{}}]']]);
      const answer = await site.ask(
        '/account',
        asFrom(site, who, {
          method: 'POST',
          headers: { 'content-type': type, 'next-action': action.id, ...headers },
          body,
        }),
      );
      expect(answer.status, `${action.name} ${JSON.stringify(headers)}`).toBe(403);
      expect(await everythingKept(site)).toEqual(before);
    }
  }
});

test('a cached function cannot be called as if it were an action', async ({ site }) => {
  const cached = await builtCachedFunctions();
  expect(cached.length).toBeGreaterThan(3);
  for (const { id, file, route } of cached) {
    const who = await somebody(site, 'member');
    const named = { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8', accept: 'text/x-component' };
    const form = multipart([[`$ACTION_ID_${id}`, '']]);
    for (const [headers, body] of [
      [named, JSON.stringify(['workshop', 'Bread'])],
      [{ 'content-type': form.type }, form.body],
    ] as const) {
      const { status, text } = await site.ask(addressOf(route), asFrom(site, who, { method: 'POST', headers, body }));
      expect([404, 405, 409], file).toContain(status);
      expect(text, file).not.toMatch(/madeAt/);
    }
  }
});
