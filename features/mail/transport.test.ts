import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MailServer, startMailServer } from './testing/smtp';
import { sendMail, sendsMail } from './transport';

let server: MailServer;
beforeEach(async () => {
  server = await startMailServer();
  process.env.SMTP_URL = server.url;
  process.env.SITE_URL = 'https://notes.example.org';
});
afterEach(async () => {
  process.env.SMTP_URL = '';
  process.env.MAIL_FROM = '';
  process.env.SITE_URL = '';
  await server.close();
});

describe('a mail', () => {
  it('arrives as plain text in any language, from the site', async () => {
    await sendMail({
      to: 'ada@example.org',
      subject: '¿Una contraseña nueva?',
      text: 'Elígela aquí:\nhttps://notes.example.org/setup/x\n',
    });
    const mail = await server.next('ada@example.org');
    expect(mail.from).toBe('no-reply@notes.example.org');
    expect(mail.headers).toMatch(/^content-type: text\/plain; charset=utf-8/im);
    expect(mail.text.replaceAll('\r\n', '\n')).toContain('Elígela aquí:\nhttps://notes.example.org/setup/x');
  });

  it.each([
    ['a header in the subject', { subject: 'Hello\r\nBcc: eve@example.org' }],
    ['a second line in the address', { to: 'ada@example.org\r\nBcc: eve@example.org' }],
    ['a second address', { to: 'ada@example.org, eve@example.org' }],
    ['an address in brackets', { to: 'ada@example.org> <eve@example.org' }],
    ['a body in the subject', { subject: 'Hello\r\n\r\nCome to http://evil.example' }],
    ['a command in the address', { to: 'ada@example.org>\r\nRCPT TO:<eve@example.org' }],
  ])('with %s says and reaches nothing more', async (_, part) => {
    await sendMail({ to: 'ada@example.org', subject: 'Hello', text: 'Text', ...part }).catch(() => {});
    for (const mail of server.mails) {
      expect(mail.to).not.toContain('eve@example.org');
      expect(mail.to).toHaveLength(1);
      expect(mail.headers).not.toMatch(/^bcc:/im);
      expect(mail.text.trim()).toBe('Text');
    }
  });

  it('with a line break in its subject still arrives, on one line', async () => {
    await sendMail({ to: 'ada@example.org', subject: 'Hello\r\nBcc: eve@example.org', text: 'Text' });
    expect((await server.next('ada@example.org')).headers).toContain('Subject: Hello Bcc: eve@example.org');
  });

  it('that the server refuses is not taken for sent', async () => {
    server.refuse(1);
    await expect(sendMail({ to: 'ada@example.org', subject: 'Hello', text: 'Text' })).rejects.toThrow(/451/);
    expect(server.mails).toHaveLength(0);
  });

  it('is from whom the settings say', async () => {
    process.env.MAIL_FROM = 'desk@example.org';
    await sendMail({ to: 'ada@example.org', subject: 'Hello', text: 'Text' });
    expect((await server.next('ada@example.org')).from).toBe('desk@example.org');
  });

  it('goes nowhere when the site sends none', async () => {
    process.env.SMTP_URL = '';
    expect(sendsMail()).toBe(false);
    await sendMail({ to: 'ada@example.org', subject: 'Hello', text: 'Text' });
    expect(server.mails).toHaveLength(0);
  });
});
