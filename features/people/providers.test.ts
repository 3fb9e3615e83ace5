import type { TokenSet } from 'openid-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { oauthProviders, type Provider, providerConfig } from './providers';

const NAMES = [
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_NAME',
  'GITHUB_CLIENT_ID',
  'GITHUB_CLIENT_SECRET',
];
const clear = () => {
  for (const name of NAMES) delete process.env[name];
};
beforeEach(clear);
afterEach(clear);

const tokens: TokenSet = Object.create(null);
const vouch = async (id: Provider['id'], profile: unknown) => providerConfig(id).profile(profile, tokens);

describe('other sites to sign in through', () => {
  it('are those of the environment, under the names it gives', () => {
    expect(oauthProviders()).toEqual([]);
    Object.assign(process.env, {
      OIDC_ISSUER: 'https://login.example.org/realm',
      OIDC_CLIENT_ID: 'a',
      GITHUB_CLIENT_ID: 'b',
    });
    expect(oauthProviders()).toEqual([
      { id: 'oidc', name: 'login.example.org' },
      { id: 'github', name: 'GitHub' },
    ]);
    process.env.OIDC_NAME = 'The choir';
    expect(oauthProviders()[0]?.name).toBe('The choir');
  });

  it('vouch for an address only when they say that it is verified', async () => {
    const ada = { sub: '7', name: 'Ada', email: 'ada@example.org' };
    expect(await vouch('oidc', { ...ada, email_verified: true })).toEqual({
      id: '7',
      name: 'Ada',
      email: 'ada@example.org',
    });
    for (const email_verified of [false, undefined, null, 'true', 1]) {
      expect(await vouch('oidc', { ...ada, email_verified }), String(email_verified)).toMatchObject({ email: null });
    }
    expect(await vouch('oidc', { ...ada, email: 'no address', email_verified: true })).toMatchObject({ email: null });
  });

  it('of which GitHub vouches for the primary address, when it is verified', async () => {
    const ada = { id: 7, login: 'ada', name: null, email: 'shown@example.org' };
    const emails = [
      { email: 'other@example.org', primary: false, verified: true },
      { email: 'ada@example.org', primary: true, verified: true },
    ];
    expect(await vouch('github', { ...ada, emails })).toEqual({ id: '7', name: 'ada', email: 'ada@example.org' });
    const unverified = emails.map((each) => ({ ...each, verified: !each.primary }));
    expect(await vouch('github', { ...ada, emails: unverified })).toMatchObject({ email: null });
    expect(await vouch('github', { ...ada, emails: { message: 'Not Found' } })).toMatchObject({ email: null });
  });

  it('give a name that fits, whatever they call somebody', async () => {
    expect(await vouch('oidc', { sub: '7', name: 'x'.repeat(500) })).toMatchObject({ name: 'x'.repeat(80) });
    expect(await vouch('oidc', { sub: '7' })).toMatchObject({ name: '?' });
  });
});
