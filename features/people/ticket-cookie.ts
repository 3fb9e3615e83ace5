import { cookies } from 'next/headers';
import { openTicket, TICKET_SECONDS } from './ticket';

const NAME = 'second-factor';
const PATH = '/signin';

/** Puts a ticket into the visitor's browser, for who comes from another site and still owes a code. */
export async function keepTicket(ticket: string): Promise<void> {
  const secure = process.env.SITE_URL?.startsWith('https:') ?? false;
  const options = { httpOnly: true, sameSite: 'lax', path: PATH, secure, maxAge: TICKET_SECONDS } as const;
  (await cookies()).set(NAME, ticket, options);
}

/** The ticket in the visitor's browser, if it is good. */
export async function keptTicket(): Promise<string | null> {
  const value = (await cookies()).get(NAME)?.value;
  return value && (await openTicket(value)) ? value : null;
}

/** Takes the ticket out of the visitor's browser, once it was used or is too old. */
export async function dropTicket(): Promise<void> {
  const jar = await cookies();
  if (jar.has(NAME)) jar.set(NAME, '', { path: PATH, maxAge: 0 });
}
