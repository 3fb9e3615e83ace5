import { createHash } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { authSecret } from './cookie';

/** Long enough to fetch a telephone. */
export const TICKET_SECONDS = 300;
/** A key of its own: no other sealed value of this site is a ticket. */
const SALT = 'trastienda/second-factor';

/** That somebody showed their password, or was vouched for, and now owes a code. */
export type Ticket = {
  personId: string;
  /** Path to go on to. */
  to: string;
  /** What was shown: changed meanwhile, the ticket is worth nothing. */
  stamp: string;
};

const shape = z.object({ personId: z.uuid(), to: z.string(), stamp: z.string() });

/** Seals a ticket into a text that only this site reads, for five minutes. */
export const sealTicket = (ticket: Ticket): Promise<string> =>
  encode({ token: ticket, secret: authSecret(), salt: SALT, maxAge: TICKET_SECONDS });

/** The ticket in a text, or null when this site did not seal it as one or its time is over. */
export async function openTicket(value: string): Promise<Ticket | null> {
  if (value.length > 8_192) return null;
  const opened = await decode({ token: value, secret: authSecret(), salt: SALT }).catch(() => null);
  const parsed = shape.safeParse(opened);
  return parsed.success ? parsed.data : null;
}

/** What stands for a password without telling anything of it. */
export const stampOf = (passwordHash: string | null): string =>
  createHash('sha256')
    .update(`stamp:${passwordHash ?? ''}`)
    .digest('base64url');
