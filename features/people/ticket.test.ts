import { decode, encode } from 'next-auth/jwt';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { authSecret, openToken, sealToken } from './cookie';
import { openTicket, sealTicket, stampOf, TICKET_SECONDS } from './ticket';

beforeAll(() => {
  process.env.NEXTAUTH_SECRET = 'a secret for these tests, long enough for anybody';
});

const ticket = { personId: '0b6c5d6e-6f3f-4d5e-9b8a-0a1b2c3d4e5f', to: '/en', stamp: stampOf('a hash') };

describe('a ticket', () => {
  it('is read by who sealed it, and tells nobody else anything', async () => {
    const sealed = await sealTicket(ticket);
    expect(await openTicket(sealed)).toEqual(ticket);
    expect(sealed).not.toContain(ticket.personId);
    expect(await openTicket(`${sealed.slice(0, -3)}abc`)).toBeNull();
    expect(await openTicket('x'.repeat(100_000))).toBeNull();
  });

  it('is no session, and a session is no ticket', async () => {
    expect(await openToken(await sealTicket(ticket))).toBeNull();
    expect(await openTicket(await sealToken('a'.repeat(43)))).toBeNull();
    const other = await encode({ token: ticket, secret: authSecret(), salt: 'another purpose' });
    expect(await openTicket(other)).toBeNull();
    expect(await decode({ token: await sealTicket(ticket), secret: authSecret() }).catch(() => null)).toBeNull();
  });

  it('is worth nothing after five minutes', async () => {
    const sealed = await sealTicket(ticket);
    vi.useFakeTimers({ now: Date.now() + (TICKET_SECONDS + 20) * 1_000, toFake: ['Date'] });
    expect(await openTicket(sealed)).toBeNull();
    vi.useRealTimers();
  });
});
