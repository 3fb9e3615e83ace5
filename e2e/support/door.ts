import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { totpContext } from '../../features/keys/seal';
import { type MailServer, startMailServer } from '../../features/mail/testing/smtp';
import { codeAt, newSeed } from '../../features/people/codes';
import { type OidcProvider, startOidcProvider } from '../../features/people/testing/oidc';
import { readRing } from '../../lib/crypto/key-ring';
import { seal } from '../../lib/crypto/seal';
import { withDatabase } from './database';
import { makeFolder, removeFolder } from './folders';
import { type Site, startSite } from './site';
import { test as base, expect } from './test';

export { expect };

type Door = {
  /** Where the site's mail goes. */
  post: MailServer;
  /** Another site that says who somebody is. */
  elsewhere: OidcProvider;
  /** One site for each, so that each has a first owner. */
  house: string;
};

/** Tests on a site of their own: without an owner, with a mail server and another site to sign in through. */
export const test = base.extend<object, Door & { site: Site }>({
  house: ['', { option: true, scope: 'worker' }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its parameter
  post: [async ({}, use) => withClosing(await startMailServer(), use), { scope: 'worker' }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its parameter
  elsewhere: [async ({}, use) => withClosing(await startOidcProvider(), use), { scope: 'worker' }],
  site: [
    async ({ post, elsewhere }, use) => {
      const env = {
        SMTP_URL: post.url,
        OIDC_ISSUER: elsewhere.issuer,
        OIDC_CLIENT_ID: elsewhere.clientId,
        OIDC_CLIENT_SECRET: elsewhere.clientSecret,
        OIDC_NAME: 'Choir',
      };
      const site = await startSite({ dataDir: await makeFolder('data'), env });
      await use(site);
      await site.stop();
      await removeFolder(site.dataDir);
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

async function withClosing<T extends { close: () => Promise<void> }>(
  it: T,
  use: (it: T) => Promise<void>,
): Promise<void> {
  await use(it);
  await it.close();
}

/** The path of a one-time link, as an owner's page or the command line would make it. */
export async function makeLink(
  site: Site,
  link: { purpose: string; email?: string; role?: string; personId?: string; groups?: string[] },
): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const { purpose, email = null, role = null, personId = null, groups = [] } = link;
  await withDatabase(
    site,
    (sql) => sql`insert into token (hash, purpose, email, role, person_id, groups, expires_at)
      values (${createHash('sha256').update(secret).digest()}, ${purpose}, ${email}, ${role}, ${personId}, ${groups}, now() + interval '1 hour')`,
  );
  return `/setup/${secret}`;
}

/** Puts a second factor in force for a person, and returns what their authenticator shows, so many steps from now. */
export async function giveAuthenticator(site: Site, email: string): Promise<(steps?: number) => Promise<string>> {
  const ring = readRing(await readFile(path.join(site.dataDir, 'keys.json'), 'utf8'));
  const seed = newSeed();
  await withDatabase(site, async (sql) => {
    const [row] = await sql<{ id: string }[]>`select id from person where email = ${email}`;
    const sealed = seal(ring, totpContext(row?.id ?? ''), seed);
    await sql`update person set totp_secret = ${sealed}, totp_confirmed_at = now(), totp_step = null where id = ${row?.id ?? ''}`;
  });
  return async (steps = 0) => codeAt(seed, Date.now() + steps * 30_000);
}

/** The path in the next mail for an address. */
export async function linkIn(post: MailServer, to: string): Promise<string> {
  return /\/setup\/[\w-]{43}/.exec((await post.next(to)).text)?.[0] ?? 'no link';
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on a page, on a telephone and on a desk, light and dark. */
export async function faults(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      found.push(
        ...violations.map(({ id, nodes }) => `${page.url()} ${width} ${colorScheme}: ${id} ${nodes[0]?.html}`),
      );
    }
  }
  return found;
}
