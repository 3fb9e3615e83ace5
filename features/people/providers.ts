import type { OAuthConfig } from 'next-auth/providers/oauth';
import { z } from 'zod';

/** Another site that can say who somebody is. */
export type Provider = { id: 'oidc' | 'github'; name: string };

/** The sites that may sign people in here, by the environment: a pair of id and secret for each. */
export function oauthProviders(): Provider[] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_NAME, GITHUB_CLIENT_ID } = process.env;
  const oidc: Provider[] =
    OIDC_ISSUER && OIDC_CLIENT_ID ? [{ id: 'oidc', name: OIDC_NAME || new URL(OIDC_ISSUER).hostname }] : [];
  const github: Provider[] = GITHUB_CLIENT_ID ? [{ id: 'github', name: 'GitHub' }] : [];
  return [...oidc, ...github];
}

const NAME_MAX = 80;
const CHECKS: ('pkce' | 'state' | 'nonce')[] = ['pkce', 'state', 'nonce'];

/** How next-auth speaks with each. An address that the other site has not verified is none. */
export function providerConfig(id: Provider['id']): OAuthConfig<unknown> {
  return id === 'oidc' ? oidc() : github();
}

const claims = z.object({
  sub: z.string().min(1),
  name: z.string().nullish(),
  preferred_username: z.string().nullish(),
  email: z.string().nullish(),
  email_verified: z.boolean().nullish().catch(null),
});

function oidc(): OAuthConfig<unknown> {
  const { OIDC_ISSUER = '', OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME = '' } = process.env;
  return {
    id: 'oidc',
    name: OIDC_NAME,
    type: 'oauth',
    wellKnown: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: CHECKS,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    profile: (given) => {
      const { sub, name, preferred_username, email, email_verified } = claims.parse(given);
      return vouched(sub, name || preferred_username, email_verified === true ? email : null);
    },
  };
}

const githubUser = z.object({ id: z.number(), login: z.string(), name: z.string().nullish(), emails: z.unknown() });
const githubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

function github(): OAuthConfig<unknown> {
  return {
    id: 'github',
    name: 'GitHub',
    type: 'oauth',
    authorization: { url: 'https://github.com/login/oauth/authorize', params: { scope: 'read:user user:email' } },
    token: 'https://github.com/login/oauth/access_token',
    userinfo: {
      url: 'https://api.github.com/user',
      request: async ({ client, tokens }) => {
        const user = await client.userinfo(tokens.access_token ?? '');
        const answer = await fetch('https://api.github.com/user/emails', {
          headers: { authorization: `Bearer ${tokens.access_token}` },
          signal: AbortSignal.timeout(5_000),
        });
        return { ...user, emails: answer.ok ? await answer.json() : [] };
      },
    },
    checks: ['pkce', 'state'],
    clientId: process.env.GITHUB_CLIENT_ID,
    clientSecret: process.env.GITHUB_CLIENT_SECRET,
    profile: (given) => {
      const { id, login, name, emails } = githubUser.parse(given);
      const listed = githubEmails.safeParse(emails);
      const primary = listed.data?.find((each) => each.primary && each.verified);
      return vouched(String(id), name || login, primary?.email);
    },
  };
}

const vouched = (id: string, name: string | null | undefined, email: string | null | undefined) => ({
  id,
  name: (name?.trim() || email?.split('@')[0] || '?').slice(0, NAME_MAX),
  email: z.email().max(254).safeParse(email).data ?? null,
});
