import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '@/db/connection';
import { token } from '@/db/schema';
import { anonymous } from '@/features/access/viewer';
import { record } from '@/features/audit/write';
import type { Handler } from '@/features/jobs/worker';
import { sendMail, sendsMail } from '@/features/mail/transport';
import { type MailText, mailWords } from '@/lib/language/mail';
import { type InterfaceLanguage, interfaceLanguage } from '@/lib/language/words';
import { MAIL_ADDRESS } from './address';
import { MAIL_INVITATION } from './invitations';
import { findByAddress } from './new-account';
import { MAIL_NOTICE } from './notices';
import { linkToReset, START_RESET } from './reset';
import { linkToConfirm, START_ACCOUNT, startAccount } from './sign-up';
import { renewLink, setupPath } from './tokens';

/**
 * What is done for people in the background. A link is made when its mail is sent, so that its secret is written down
 * nowhere; sent again after a failure, it is another one.
 */
export const PEOPLE_JOBS: Record<string, Handler> = {
  [START_ACCOUNT]: async ({ payload }, db) => {
    const asked = z.object({ name: z.string(), email: z.string(), language }).parse(payload);
    const account = await startAccount(anonymous, asked, db);
    if (!account || account.disabledAt || !sendsMail()) return;
    if (account.verifiedAt) await send(account.email, account.language, asked.language, 'known', '/signin');
    else {
      const path = setupPath(await linkToConfirm(anonymous, account.id, db));
      await send(account.email, account.language, asked.language, 'confirm', path);
    }
  },
  [START_RESET]: async ({ payload }, db) => {
    const asked = z.object({ email: z.string(), language }).parse(payload);
    const account = await findByAddress(anonymous, asked.email, db);
    if (!account || account.disabledAt) return;
    const subject = { kind: 'person', id: account.id };
    await record(anonymous, { action: account.verifiedAt ? 'reset.ask' : 'confirmation.ask', subject }, db);
    if (!sendsMail()) return;
    const secret = await (account.verifiedAt ? linkToReset : linkToConfirm)(anonymous, account.id, db);
    const kind = account.verifiedAt ? 'reset' : 'confirm';
    await send(account.email, account.language, asked.language, kind, setupPath(secret));
  },
  [MAIL_INVITATION]: async ({ payload }, db) => {
    const { id, language: asked, from } = z.object({ id: z.string(), language, from: z.string() }).parse(payload);
    const secret = sendsMail() && (await renewLink(anonymous, { id, purpose: 'invite' }, db));
    const to = await addressOf(id, db);
    if (secret && to)
      await deliver(to, mailWords(asked).invitation({ site: site().host, link: linkTo(setupPath(secret)), from }));
  },
  [MAIL_ADDRESS]: async ({ payload }, db) => {
    const { id, language: asked } = z.object({ id: z.string(), language }).parse(payload);
    const to = await addressOf(id, db);
    if (!to || !sendsMail()) return;
    if (await findByAddress(anonymous, to, db)) return send(to, null, asked, 'known', '/signin');
    const secret = await renewLink(anonymous, { id, purpose: 'email' }, db);
    if (secret) await send(to, null, asked, 'address', setupPath(secret));
  },
  [MAIL_NOTICE]: async ({ payload }) => {
    const shape = z.object({ to: z.string(), language: z.string().nullable(), of: z.enum(['password', 'address']) });
    const notice = shape.parse(payload);
    const [kind, path] =
      notice.of === 'password' ? (['passwordChanged', '/forgotten'] as const) : (['addressChanged', '/'] as const);
    await send(notice.to, notice.language, 'en', kind, path);
  },
};

const language = z.string().transform(interfaceLanguage);
type Kind = 'confirm' | 'known' | 'reset' | 'address' | 'passwordChanged' | 'addressChanged';

/** In the person's own language, else in the one they asked in. */
function send(to: string, own: string | null, asked: InterfaceLanguage, kind: Kind, path: string): Promise<void> {
  const words = mailWords(own ? interfaceLanguage(own) : asked);
  return deliver(to, words[kind]({ site: site().host, link: linkTo(path) }));
}

const deliver = (to: string, { subject, text }: MailText) => sendMail({ to, subject, text: `${text}\n` });
const site = () => new URL(process.env.SITE_URL ?? 'http://localhost');
const linkTo = (path: string) => `${site().origin}${path}`;

async function addressOf(id: string, db: Database): Promise<string | null> {
  const [row] = await db
    .select({ email: token.email })
    .from(token)
    .where(and(eq(token.id, id)));
  return row?.email ?? null;
}
