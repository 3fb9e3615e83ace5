import { createServer, type Socket } from 'node:net';

export type Received = {
  from: string;
  to: string[] /** Decoded: headers as they came, text as it is read. */;
  raw: string;
  headers: string;
  text: string;
};
export type MailServer = {
  url: string;
  mails: Received[];
  /** Refuses this many mails to come, as a server does that is busy. */
  refuse: (count: number) => void;
  /** The next mail that is for this address, waited for. */
  next: (to: string) => Promise<Received>;
  close: () => Promise<void>;
};

const WAIT_MS = 15_000;

/** A mail server that keeps what it is given, on a port of its own. https://www.rfc-editor.org/rfc/rfc5321 */
export async function startMailServer(): Promise<MailServer> {
  const mails: Received[] = [];
  const read = new Set<Received>();
  let refusals = 0;
  const server = createServer((socket) =>
    converse(
      socket,
      (mail) => mails.push(mail),
      () => refusals-- > 0,
    ),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    refuse: (count) => {
      refusals = count;
    },
    next: async (to) => {
      for (
        const until = Date.now() + WAIT_MS;
        Date.now() < until;
        await new Promise((resolve) => setTimeout(resolve, 25))
      ) {
        const found = mails.find((mail) => mail.to.includes(to) && !read.has(mail));
        if (found) {
          read.add(found);
          return found;
        }
      }
      throw new Error(
        `No mail for ${to} came; there are ${mails.map((mail) => mail.to.join(', ')).join('; ') || 'none'}.`,
      );
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function converse(socket: Socket, keep: (mail: Received) => void, refuses: () => boolean): void {
  let rest = '';
  let from = '';
  let to: string[] = [];
  let data: string[] | null = null;
  const say = (line: string) => socket.write(`${line}\r\n`);
  const hear = (line: string) => {
    if (data) {
      if (line !== '.') return void data.push(line.replace(/^\./, ''));
      keep(parse(from, to, data.join('\r\n')));
      data = null;
      return say('250 kept');
    }
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO' || verb === 'HELO') return say('250 mail.test');
    if (verb === 'MAIL') {
      from = addressIn(line);
      to = [];
      return say(refuses() ? '451 try again later' : '250 go on');
    }
    if (verb === 'RCPT') {
      to.push(addressIn(line));
      return say('250 go on');
    }
    if (verb === 'DATA') {
      data = [];
      return say('354 speak');
    }
    if (verb === 'QUIT') {
      say('221 bye');
      return socket.end();
    }
    say('250 fine');
  };
  socket.setEncoding('utf8');
  socket.on('error', () => {});
  socket.on('data', (chunk: string) => {
    rest += chunk;
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      hear(line);
    }
  });
  say('220 mail.test');
}

const addressIn = (line: string) => /<([^>]*)>/.exec(line)?.[1] ?? '';

function parse(from: string, to: string[], raw: string): Received {
  const at = raw.indexOf('\r\n\r\n');
  const headers = raw.slice(0, at);
  return { from, to, raw, headers, text: decode(headers, raw.slice(at + 4)) };
}

function decode(headers: string, body: string): string {
  if (/^content-transfer-encoding: base64/im.test(headers)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/^content-transfer-encoding: quoted-printable/im.test(headers)) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
