import { hash } from '@node-rs/argon2';
import { withDatabase } from './database';
import type { Ask } from './http';
import type { Site } from './site';

export type Member = { id: string; email: string; password: string };
type Role = 'owner' | 'editor' | 'member';

const PASSWORD = 'a pot of quince jam';
let made = 0;
let visits = 0;

/** Makes an account, as an owner's invitation would have, and the groups it is to be in. */
export async function makePerson(
  site: Site,
  { role = 'member', groups = [], name }: { role?: Role; groups?: string[]; name?: string } = {},
): Promise<Member> {
  const email = `${role}-${process.pid}-${++made}@example.org`;
  const passwordHash = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const id = await withDatabase(site, async (sql) => {
    const [row] = await sql<{ id: string }[]>`
      insert into person (email, email_key, name, role, password_hash, verified_at)
      values (${email}, ${email}, ${name ?? `${role} ${made}`}, ${role}, ${passwordHash}, now()) returning id`;
    for (const group of groups) {
      await sql`insert into "group" (name) values (${group}) on conflict do nothing`;
      await sql`insert into membership select id, ${row?.id ?? null} from "group" where name = ${group}`;
    }
    return row?.id ?? '';
  });
  return { id, email, password: PASSWORD };
}

/**
 * Signs in with the form as it works without JavaScript, and returns the `cookie` header of that session. Each comes from an address
 * of its own: the tests of a worker share a site, and sixty who sign in from one address within ten minutes have to wait.
 */
export async function signIn(site: Site, { email, password }: Member): Promise<string> {
  const { text } = await site.ask('/signin');
  const form = /<form[^>]*id="signin"[\s\S]*?<\/form>/.exec(text)?.[0] ?? '';
  const parts = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]): [string, string] => [
    attribute(tag, 'name'),
    attribute(tag, 'value'),
  ]);
  const { body, type } = multipart([...parts, ['email', email], ['password', password]]);
  const from = `10.0.${++visits >> 8}.${visits & 255}`;
  const headers = { 'content-type': type, origin: site.url, host: new URL(site.url).host, 'x-forwarded-for': from };
  const answer = await site.ask('/signin', { method: 'POST', headers, body });
  const cookie = answer.headers['set-cookie']?.find((each) => /^(?:__Host-)?sid=/.test(each))?.split(';')[0];
  if (answer.status !== 303 || !cookie) throw new Error(`${email} was not let in: ${answer.status}`);
  return cookie;
}

/** Asks as whoever holds a cookie. */
export const askWith =
  (site: Site, cookie: string): Ask =>
  (path, asked = {}) =>
    site.ask(path, { ...asked, headers: { cookie, ...asked.headers } });

/** A form as browsers send it. */
export function multipart(parts: [string, string][]): { body: string; type: string } {
  const boundary = '----trastienda-test';
  const body = parts
    .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('');
  return { body: `${body}--${boundary}--\r\n`, type: `multipart/form-data; boundary=${boundary}` };
}

/** The form of an action as Next's client sends it: the state it was in, and its fields. */
export const asAction = (fields: [string, string][]): { body: string; type: string } =>
  multipart([
    ...fields.map(([name, value]): [string, string] => [`_1_${name}`, value]),
    ['0', '[{"values":{},"errors":{}},"$K1"]'],
  ]);

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return value.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
