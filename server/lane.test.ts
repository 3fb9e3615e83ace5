import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpServer } from './http';
import { type Lane, openLane, readPlain } from './lane';
import { makePage, type Page } from './page-store';

const HOST = 'Host: here\r\n';
const page = makePage({ 'content-type': 'text/html', 'x-several': ['a', 'b'] }, Buffer.from('kept'), true);
let stop: () => Promise<void> = async () => {};
afterEach(() => stop());

type Talk = { say: (text: string) => void; heard: () => string; ended: () => boolean; socket: Socket };

async function open(answer: (url: string) => Page | null): Promise<{ talk: () => Promise<Talk>; lane: Lane }> {
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => response.end(`node ${request.method} ${request.url} ${Buffer.concat(chunks)}`));
  });
  const lane = openLane(server, ({ url = '' }) => answer(url));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  stop = async () => {
    lane.cut();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const talk = async () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let heard = '';
    let ended = false;
    socket.on('data', (chunk) => (heard += chunk)).on('close', () => (ended = true));
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve));
    return { say: (text: string) => void socket.write(text), heard: () => heard, ended: () => ended, socket };
  };
  return { talk, lane };
}

const kept = (url: string) => (url === '/kept' ? page : null);
const times = (text: string, words: string) => text.split(words).length - 1;

describe('the lane for kept pages', () => {
  it('answers again and again on one connection, as Node would', async () => {
    const { talk } = await open(kept);
    const { say, heard } = await talk();
    for (let n = 1; n <= 3; n++) {
      say(`GET /kept HTTP/1.1\r\n${HOST}\r\n`);
      await expect.poll(() => times(heard(), 'kept')).toBe(n);
    }
    const [head = ''] = heard().split('\r\n\r\n');
    expect(
      head
        .split('\r\n')
        .filter((line) => !line.startsWith('Date: '))
        .sort(),
    ).toEqual(
      [
        'HTTP/1.1 200 OK',
        `etag: "${page.hash}"`,
        'content-length: 4',
        'content-type: text/html',
        'x-several: a',
        'x-several: b',
        'Connection: keep-alive',
        'Keep-Alive: timeout=65',
      ].sort(),
    );
    expect(head).toMatch(/\r\nDate: \w{3}, \d{2} \w{3} \d{4} [\d:]{8} GMT\r\n/);
  });

  it('says 304 to whoever has the page, without a body', async () => {
    const { talk } = await open(kept);
    const { say, heard } = await talk();
    say(`GET /kept HTTP/1.1\r\n${HOST}If-None-Match: "${page.hash}"\r\n\r\n`);
    await expect.poll(heard).toContain('304 Not Modified');
    expect(heard()).not.toMatch(/content-(?:type|length)/);
    expect(heard().endsWith('\r\n\r\n')).toBe(true);
  });

  it.each([
    ['another page', `GET /other HTTP/1.1\r\n${HOST}\r\n`, 'node GET /other'],
    ['a body, and what comes after it', `POST /kept HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\nhello`, 'hello'],
    [
      'a body where none belongs',
      `GET /kept HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\nhello`,
      'node GET /kept hello',
    ],
    ['HEAD', `HEAD /kept HTTP/1.1\r\n${HOST}\r\n`, '200 OK'],
    ['no host', 'GET /kept HTTP/1.1\r\n\r\n', '400 Bad Request'],
    ['what is no HTTP', 'HELO there\r\n\r\n', '400 Bad Request'],
  ])('leaves to Node: %s', async (_, sent, answered) => {
    const { talk } = await open(kept);
    const { say, heard } = await talk();
    say(sent);
    await expect.poll(heard).toContain(answered);
  });

  it('leaves to Node a request that arrives in pieces, and several at once, in their order', async () => {
    const { talk } = await open(kept);
    const slow = await talk();
    slow.say('GET /ke');
    await new Promise((resolve) => setTimeout(resolve, 30));
    slow.say(`pt HTTP/1.1\r\n${HOST}\r\n`);
    await expect.poll(slow.heard).toContain('node GET /kept');
    const eager = await talk();
    eager.say(`GET /kept HTTP/1.1\r\n${HOST}\r\n`);
    await expect.poll(eager.heard).toContain('kept');
    eager.say(`GET /1 HTTP/1.1\r\n${HOST}\r\nGET /2 HTTP/1.1\r\n${HOST}\r\n`);
    eager.say(`POST /3 HTTP/1.1\r\n${HOST}Content-Length: 2\r\n\r\nab`);
    await expect.poll(eager.heard).toMatch(/node GET \/1 .*node GET \/2 .*node POST \/3 ab/s);
  });

  it('keeps nothing for whoever asks on without taking the answers', async () => {
    const large = makePage({ 'content-type': 'text/html' }, Buffer.alloc(3_000_000, 'x'), true);
    let found = 0;
    const { talk } = await open(() => {
      found++;
      return large;
    });
    const { say, socket } = await talk();
    socket.pause();
    for (let n = 0; n < 20; n++) {
      say(`GET /kept HTTP/1.1\r\n${HOST}\r\n`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(found).toBeLessThan(4);
  });

  it('ends with the server: whoever is idle at once, whoever is answered afterwards', async () => {
    const { talk, lane } = await open(kept);
    const idle = await talk();
    idle.say(`GET /kept HTTP/1.1\r\n${HOST}\r\n`);
    await expect.poll(idle.heard).toContain('kept');
    lane.close();
    await expect.poll(idle.ended).toBe(true);
    const late = await talk();
    late.say(`GET /kept HTTP/1.1\r\n${HOST}\r\n`);
    await expect.poll(late.heard).toContain('Connection: close');
    await expect.poll(late.ended).toBe(true);
  });
});

describe('a plain request', () => {
  const read = (text: string) => readPlain(Buffer.from(text, 'latin1'));

  it('is read with its headers', () => {
    expect(read(`GET /a?b HTTP/1.1\r\n${HOST}Accept-Encoding:  br \r\nCookie: a=b\r\n\r\n`)).toEqual({
      method: 'GET',
      url: '/a?b',
      headers: { host: 'here', 'accept-encoding': 'br', cookie: 'a=b' },
    });
  });

  it.each([
    ['a header it does not know', 'Rsc: 1'],
    ['a length', 'Content-Length: 0'],
    ['chunks', 'Transfer-Encoding: chunked'],
    ['an upgrade', 'Connection: Upgrade'],
    ['the end of the connection', 'Connection: close'],
    ['a second host', 'Host: there'],
    ['a second cookie', 'Cookie: a=b\r\nCookie: sid=x'],
    ['a folded line', 'Cookie: a=b;\r\n sid=x'],
    ['a space before the colon', 'Cookie : a=b'],
    ['a line feed alone', 'Cookie: a=b\nTransfer-Encoding: chunked'],
    ['a carriage return alone', 'Cookie: a=b\rTransfer-Encoding: chunked'],
    ['a zero', 'Cookie: a=\0b'],
    ['no name', ': a'],
    ['a property of objects', '__proto__: a'],
  ])('is none with %s', (_, header) => {
    expect(read(`GET / HTTP/1.1\r\n${HOST}${header}\r\n\r\n`)).toBeNull();
  });

  it.each([
    'GET / HTTP/1.0',
    'GET  / HTTP/1.1',
    'GET http://x/ HTTP/1.1',
    'GET /a b HTTP/1.1',
    'get / HTTP/1.1',
    'GET /',
  ])('is none that begins %s', (line) => expect(read(`${line}\r\n${HOST}\r\n`)).toBeNull());

  it('is none that is very long', () => {
    expect(read(`GET / HTTP/1.1\r\n${HOST}Cookie: ${'a'.repeat(5_000)}\r\n\r\n`)).toBeNull();
  });
});
