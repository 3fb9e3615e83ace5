import { createHash, randomBytes } from 'node:crypto';
import { cookies } from 'next/headers';
import { NextRequest } from 'next/server';
import NextAuth, { type AuthOptions } from 'next-auth';
import { safePath } from '@/lib/http/own-path';
import { authSecret } from './cookie';
import { enter } from './enter';
import { type Arrival, arriveFrom } from './identities';
import { oauthProviders, type Provider, providerConfig } from './providers';
import { ticketFor } from './sign-in';
import { keepTicket } from './ticket-cookie';
import { currentDevice, getViewer } from './viewer';

/** What went wrong with another site, as the page for signing in is told. */
export type Failure = Exclude<Arrival['as'], 'known'> | 'refused' | 'failed';

const isHttps = () => process.env.SITE_URL?.startsWith('https:') ?? false;
const csrfCookie = () => `${isHttps() ? '__Host-' : ''}next-auth.csrf-token`;
const callbackCookie = () => `${isHttps() ? '__Secure-' : ''}next-auth.callback-url`;

/** The provider of that name if it is configured here. */
export const findProvider = (id: string | undefined): Provider | null =>
  oauthProviders().find((each) => each.id === id) ?? null;

/**
 * Sends the visitor to the other site, to come back to `callback`. next-auth takes this for the post of its own form, whose
 * token it wants to see twice; that the request comes from this very site has been made sure of before.
 */
export async function leaveFor(provider: Provider, to: string): Promise<Response> {
  const csrfToken = randomBytes(32).toString('hex');
  const sealed = createHash('sha256').update(`${csrfToken}${authSecret()}`).digest('hex');
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() } as const;
  (await cookies()).set(csrfCookie(), `${csrfToken}|${sealed}`, options);
  const request = new NextRequest(`${siteUrl()}/api/auth/signin/${provider.id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, callbackUrl: safePath(to) }),
  });
  return withNextAuth(request, ['signin', provider.id]);
}

/** Takes in who comes back from the other site: opens a session of ours, or asks for the second factor first. */
export async function comeBack(provider: Provider, request: NextRequest): Promise<Response> {
  if (request.nextUrl.searchParams.has('error')) return leadTo(failurePath('refused'));
  const answer = await withNextAuth(request, ['callback', provider.id]);
  const jar = await cookies();
  for (const name of [csrfCookie(), callbackCookie()]) jar.delete(name);
  return answer;
}

/** Runs next-auth. Wherever it would show a page of its own, ours for signing in says that it failed. */
async function withNextAuth(request: NextRequest, nextauth: string[]): Promise<Response> {
  const answer: unknown = await NextAuth(request, { params: Promise.resolve({ nextauth }) }, options());
  if (!(answer instanceof Response)) throw new Error('next-auth did not answer.');
  const location = answer.headers.get('location');
  const own = location === null || new URL(location, siteUrl()).pathname.startsWith('/api/auth/');
  if (own) answer.headers.set('location', `${siteUrl()}${failurePath('failed')}`);
  answer.headers.set('cache-control', 'private, no-store');
  return new Response(null, { status: 303, headers: answer.headers });
}

/** What next-auth is asked to do: the exchange with the other site, and no session of its own. */
function options(): AuthOptions {
  return {
    secret: authSecret(),
    useSecureCookies: isHttps(),
    session: { strategy: 'jwt' },
    providers: oauthProviders().map(({ id }) => providerConfig(id)),
    callbacks: {
      // A path in answer to this ends next-auth's part: it sets no cookie that would be a session without a row
      signIn: async ({ user, account }) => {
        if (!account) return failurePath('failed');
        return arrive({
          provider: account.provider,
          subject: account.providerAccountId,
          name: user.name ?? '',
          email: user.email || null,
        });
      },
    },
    logger: {
      error: (code) => console.error(`Signing in through another site failed: ${code}`),
      warn: () => {},
      debug: () => {},
    },
  };
}

async function arrive(voucher: Parameters<typeof arriveFrom>[1]): Promise<string> {
  const viewer = await getViewer();
  const to = safePath((await cookies()).get(callbackCookie())?.value.replace(siteUrl(), '') ?? '/');
  const arrival = await arriveFrom(viewer, voucher);
  if (arrival.as !== 'known') return failurePath(arrival.as);
  if (arrival.twoFactor) {
    await keepTicket(await ticketFor(viewer, arrival.personId, to));
    return `${siteUrl()}/signin`;
  }
  await enter(viewer, arrival.personId, await currentDevice());
  return `${siteUrl()}${to}`;
}

const siteUrl = () => process.env.SITE_URL ?? 'http://localhost:3000';
const failurePath = (failure: Failure): string => `/signin?elsewhere=${failure}`;
const leadTo = (path: string) =>
  new Response(null, { status: 303, headers: { location: path, 'cache-control': 'no-store' } });
