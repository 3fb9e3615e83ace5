import { type BuiltAction, builtActions, builtRoutes } from './support/built';
import { askWith, makePerson, multipart, signIn } from './support/people';
import { somebody } from './support/roles';
import type { Site } from './support/site';
import { expect, test } from './support/test';

const CANARY = 'Quincecanary7';
/** Fields that hold what opens something, by their names; what else is typed an owner may see as a query's value. */
const SECRET = /pass|current|code|token|secret|invitation|key|otp|totp|csrf|state|recovery|again/i;
const WORDS = 'some words';

/** The names that forms of the site use, for the actions that no form of a page shows just now. */
const NAMES = `email name password current again code token text note comment parent role who page runs vault to
  recovery invitation expires limit person group id session`.split(/\s+/);

test('no secret is in any trace of a run over every form and every action', async ({ site, workshop }) => {
  test.setTimeout(400_000);
  const look = await lookout(site);
  const forms = await allForms(site, await addresses(site, workshop.slug));
  expect(forms.length).toBeGreaterThan(25);
  const send = async ({ address, fields, anonymous }: Form) => {
    const { cookie } = await somebody(site, anonymous ? 'anonymous' : 'owner');
    const { body, type } = multipart(fields);
    await post(site, `${address}${address.includes('?') ? '&' : '?'}token=${CANARY}`, cookie, type, body);
    return cookie;
  };
  for (const form of forms.filter(({ outage }) => !outage)) await look(await send(form));
  const actions = await builtActions();
  for (const action of actions) await callWithSecrets(site, action, look);
  for (const path of [`/s/${CANARY}`, `/setup/${CANARY}`, `/signup?invitation=${CANARY}`, `/s/${CANARY}/note`]) {
    await site.ask(path, { headers: { cookie: `sid=${CANARY}; other=${CANARY}`, referer: `${site.url}/s/${CANARY}` } });
    await look('');
  }
  for (const form of forms.filter(({ outage }) => outage)) {
    const cookie = await send(form);
    await expect.poll(async () => (await site.ask('/readyz')).status, { timeout: 15_000 }).toBe(503);
    await expect.poll(async () => (await site.ask('/readyz')).status, { timeout: 30_000 }).toBe(200);
    await look(cookie);
  }
  const { seen, posts } = await look('');
  expect(posts, 'forms were seen').toBeGreaterThan(forms.length);
  expect(seen).toBeGreaterThan(forms.length + actions.length);
});

/** Opens whatever was seen since, as an owner, and finds no secret in it; tells how much that was in all. */
async function lookout(site: Site) {
  const owner = await makePerson(site, { role: 'owner' });
  const own = await signIn(site, owner);
  const ask = askWith(site, own);
  const known = new Set<string>();
  let posts = 0;
  return async (cookie: string) => {
    const list = (await ask('/xray')).text;
    for (const [, href = '', id = ''] of list.matchAll(/href="(\/xray\/([0-9a-f]{32})[^"]*)"/g)) {
      if (known.has(id)) continue;
      known.add(id);
      for (const each of [href, `${href}/otlp`]) {
        const { text, status } = await ask(each);
        expect(status, each).toBe(200);
        if (each === href && /<h1[^>]*>[^<]*POST/.test(text)) posts++;
        expect(text, each).not.toMatch(/quincecanary/i);
        for (const secret of [own, cookie].flatMap((pair) => pair.split('=')[1] ?? []))
          expect(text, each).not.toContain(secret);
        expect(text, each).not.toContain(owner.password);
        expect(text, each).not.toMatch(/\$argon2|ACTION_KEY\W+[\w-]{16}/);
      }
    }
    return { seen: known.size, posts };
  };
}

/** Every address without a parameter, and one of each kind that has forms. */
async function addresses(site: Site, slug: string): Promise<string[]> {
  const plain = (await builtRoutes()).filter((route) => !/[[]|^\/(?:_|api|reader|signout)|export$|\/og\b/.test(route));
  const { id } = await somebody(site, 'member');
  return [
    ...plain,
    `/${slug}/Bread`,
    `/compare/${slug}/Bread`,
    `/studio/people/${id}`,
    '/reading/bookmarks',
    '/signup?invitation=x',
  ];
}

/** `outage`: what is begun with it takes a while, and everything else with it. */
type Form = { address: string; fields: [string, string][]; anonymous: boolean; outage: boolean };

async function allForms(site: Site, paths: string[]): Promise<Form[]> {
  const found: Form[] = [];
  for (const address of paths)
    for (const anonymous of [true, false]) {
      const { cookie } = await somebody(site, anonymous ? 'anonymous' : 'owner');
      const { text } = await site.ask(address, cookie ? { headers: { cookie } } : {});
      for (const [form] of text.matchAll(/<form(?![^>]*method="get")[\s\S]*?<\/form>/g))
        found.push({ address, fields: filled(form), anonymous, outage: form.includes('Take the database away') });
    }
  return found;
}

/** A form's fields: what the page gave, a canary where a secret goes, words elsewhere. */
function filled(form: string): [string, string][] {
  return [...form.matchAll(/<(?:input|textarea|select)[^>]*\sname="([^"]*)"[^>]*>/g)].map(([tag, name = '']) => {
    const given = /\svalue="([^"]*)"/.exec(tag)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
    if (/type="hidden"/.test(tag)) return [name, given ?? ''];
    if (/type="password"/.test(tag) || SECRET.test(name)) return [name, `${CANARY} long enough`];
    return [name, /email/.test(name) ? `${CANARY}@example.org` : (given ?? WORDS)];
  });
}

async function callWithSecrets(site: Site, action: BuiltAction, look: Awaited<ReturnType<typeof lookout>>) {
  const names = NAMES.map((name): [string, string] => [`1_${name}`, SECRET.test(name) ? CANARY : WORDS]);
  const { body, type } = multipart([...names, ['0', '[{"values":{},"errors":{}},"$K1"]']]);
  for (const role of ['anonymous', 'owner'] as const) {
    const { cookie } = await somebody(site, role);
    const address = action.route.includes('[') ? '/account' : action.route;
    await post(site, `${address}?code=${CANARY}`, cookie, type, body, { 'next-action': action.id });
    await look(cookie);
  }
}

function post(site: Site, path: string, cookie: string, type: string, body: string, more: Record<string, string> = {}) {
  const headers = {
    'content-type': type,
    origin: site.url,
    host: new URL(site.url).host,
    authorization: `Bearer ${CANARY}`,
    'x-api-key': CANARY,
    referer: `${site.url}/setup/${CANARY}`,
    ...(cookie ? { cookie: `${cookie}; other=${CANARY}` } : {}),
    ...more,
  };
  return site.ask(path, { method: 'POST', headers, body });
}
