import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { anonymous, type Person, type Viewer } from '@/features/access/viewer';
import { beginAnswer } from '@/lib/http/exchange';
import { type InterfaceLanguage, interfaceLanguage } from '@/lib/language/words';
import { nameViewer, observe } from '@/lib/observe/trace';
import { openToken, sealToken, sessionCookie } from './cookie';
import { type Device, findPerson } from './sessions';

/**
 * Whoever makes the current request, by the row of their session: ended, disabled or changed, it counts from this
 * request on. Asked once a request however often it is called.
 */
export const getViewer = cache(async (): Promise<Viewer> => {
  beginAnswer();
  const jar = await cookies();
  const token = await openToken(jar.get(sessionCookie().name)?.value);
  if (token === null) return anonymous;
  return observe('session', 'check', {}, async (facts) => {
    const viewer = await findPerson(token);
    if (viewer.kind !== 'person') return viewer;
    Object.assign(facts, { role: viewer.role, groups: viewer.groups, twoFactor: viewer.twoFactor });
    nameViewer(viewer.id);
    return viewer;
  });
});

/** The same, where only a person is served: null for everyone else. */
export async function getPerson(): Promise<Person | null> {
  const viewer = await getViewer();
  return viewer.kind === 'person' ? viewer : null;
}

/** Puts a session's token into the visitor's browser. Only in a server action or a route handler. */
export async function keepToken(token: string): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, await sealToken(token), options);
}

/** Takes the session's cookie out of the visitor's browser. */
export async function dropToken(): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}

/** Where the current request comes from. */
export async function currentDevice(): Promise<Device> {
  const list = await headers();
  return { address: list.get('x-trastienda-address'), agent: list.get('user-agent') };
}

/** The language of a page that belongs to no vault: the person's own, else as the browser asks. */
export async function currentLanguage(): Promise<InterfaceLanguage> {
  const viewer = await getViewer();
  const chosen = viewer.kind === 'person' ? viewer.language : null;
  return chosen ?? interfaceLanguage((await headers()).get('x-trastienda-language') ?? 'en');
}
