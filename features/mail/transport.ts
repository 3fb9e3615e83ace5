import { createTransport } from 'nodemailer';

export type Mail = { to: string; subject: string; text: string };

const PATIENCE_MS = 20_000;

/** Whether the site sends mail; without `SMTP_URL`, links wait for the owner to hand them over. */
export const sendsMail = (): boolean => Boolean(process.env.SMTP_URL);

/**
 * Hands a plain text to the mail server of `SMTP_URL`. Addresses and subject are one line each, whatever was typed into them.
 * Rejects when the server cannot be reached or refuses it; does nothing when the site sends no mail.
 */
export async function sendMail({ to, subject, text }: Mail): Promise<void> {
  const url = process.env.SMTP_URL;
  if (!url) return;
  const transport = createTransport({
    url,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    // Given as an object, an address is one address: no comma or bracket in it makes another
    await transport.sendMail({
      from: sender(),
      to: { name: '', address: oneLine(to) },
      subject: oneLine(subject),
      text,
    });
  } finally {
    transport.close();
  }
}

/** `MAIL_FROM`, or an address of the site's host that nobody reads. */
function sender() {
  const given = process.env.MAIL_FROM;
  return {
    name: 'Trastienda',
    address: oneLine(given || `no-reply@${new URL(process.env.SITE_URL ?? 'http://localhost').hostname}`),
  };
}

/** Without line breaks or other control characters. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
