import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { truncate, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { Upload } from 'tus-js-client';
import { withDatabase } from './support/database';
import { makeFolder, removeFolder } from './support/folders';
import type { Answer } from './support/http';
import { askWith, makePerson, signIn } from './support/people';
import { memoryOf } from './support/processes';
import { pause, run, type Site, startSite } from './support/site';
import { expect, test } from './support/test';

test.describe.configure({ timeout: 120_000 });

const LARGE = randomBytes(60_000_000);
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const OWN = { 'sec-fetch-site': 'same-origin' };
const TUS = { ...OWN, 'tus-resumable': '1.0.0' };

let own: Site;
let dataDir: string;
let folder: string;
let scratch: string;
let cookie: string;
let member: string;

test.beforeAll(async () => {
  [dataDir, folder, scratch] = [
    await makeFolder('sent'),
    await makeFolder('sent-notes'),
    await makeFolder('sent-from'),
  ];
  await writeFile(path.join(folder, 'Home.md'), 'Hello [[large.bin]]\n');
  await writeFile(path.join(scratch, 'large.bin'), LARGE);
  await start();
  cookie = await signIn(own, await makePerson(own, { role: 'editor' }));
  member = await signIn(own, await makePerson(own));
});

test.afterAll(async () => {
  await own.stop();
  for (const each of [dataDir, folder, scratch]) await removeFolder(each);
});

async function start(port?: number): Promise<void> {
  own = await startSite({ dataDir, port, args: [folder, '--vault', 'album', '--access', 'public'] });
}
const ask: Site['ask'] = (address, asked) => askWith(own, cookie)(address, asked);
const told = (name: string, more: Record<string, string> = {}) =>
  Object.entries({ vault: 'album', filename: name, ...more })
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(',');

/** Begins an upload and returns its address. */
async function begin(name: string, size: number, more: Record<string, string> = {}): Promise<string> {
  const headers = { ...TUS, 'upload-length': String(size), 'upload-metadata': told(name, more) };
  const { status, headers: answered, text } = await ask('/api/uploads', { method: 'POST', headers });
  expect(status, text).toBe(201);
  return answered.location ?? '';
}
const head = (address: string) => ask(address, { method: 'HEAD', headers: TUS });
const patch = (address: string, offset: number, body: Buffer): Promise<Answer> => {
  const headers = { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
  return ask(address, { method: 'PATCH', headers, body });
};
/** What curl is told to send the rest of a file with, its cookie included. */
const sending = (address: string, offset: number, file: string) => [
  ...[
    '-s',
    '-X',
    'PATCH',
    '-H',
    `cookie: ${cookie}`,
    '-H',
    'sec-fetch-site: same-origin',
    '-H',
    'tus-resumable: 1.0.0',
  ],
  ...['-H', 'content-type: application/offset+octet-stream', '-H', `upload-offset: ${offset}`, '-H', 'expect:'],
  ...['-T', file, own.url + address],
];
const curl = (args: string[]) =>
  new Promise<string>((resolve) => void execFile('curl', args, (_error, out) => resolve(out)));
/** The hash of what the site gives for a file. */
async function served(fileId: string | string[] | undefined): Promise<string> {
  const { status, bytes } = await ask(`/files/${fileId}/any`);
  expect(status).toBe(200);
  return sha(bytes);
}
/** Waits until so many bytes of an upload are noted as come. */
async function arrived(address: string, bytes: number): Promise<void> {
  const id = address.slice('/api/uploads/'.length);
  const part = () =>
    withDatabase(own, (sql) => sql<{ received: string }[]>`select received from upload where id = ${id}`);
  await expect.poll(async () => Number((await part())[0]?.received), { timeout: 30_000 }).toBeGreaterThan(bytes);
}

test('a file comes in parts, each told where it goes', async () => {
  const bytes = randomBytes(3_000_000);
  const address = await begin('parts.bin', bytes.length);
  expect((await head(address)).headers).toMatchObject({
    'upload-offset': '0',
    'upload-length': '3000000',
    'tus-resumable': '1.0.0',
    'cache-control': 'no-store',
  });
  for (let at = 0; at < 3_000_000; at += 1_000_000) {
    const sent = await patch(address, at, bytes.subarray(at, at + 1_000_000));
    expect([sent.status, sent.headers['upload-offset']]).toEqual([204, String(at + 1_000_000)]);
    if (at === 0) expect((await patch(address, 0, bytes.subarray(0, 9))).status).toBe(409);
  }
  const whole = await head(address);
  expect([whole.status, whole.headers['upload-offset']]).toEqual([200, '3000000']);
  expect(await served(whole.headers['x-file'])).toBe(sha(bytes));
});

test('curl that is killed in the middle goes on where it was', async () => {
  const address = await begin('killed.bin', LARGE.length);
  const child = spawn('curl', ['--limit-rate', '12M', ...sending(address, 0, path.join(scratch, 'large.bin'))]);
  await arrived(address, 5_000_000);
  child.kill('SIGKILL');
  const began = performance.now();
  const { headers } = await head(address);
  expect(performance.now() - began, 'nobody waits for who has left').toBeLessThan(1_500);
  const offset = Number(headers['upload-offset']);
  expect(offset).toBeGreaterThan(5_000_000);
  expect(offset).toBeLessThan(LARGE.length);
  await writeFile(path.join(scratch, 'rest.bin'), LARGE.subarray(offset));
  await curl(sending(address, offset, path.join(scratch, 'rest.bin')));
  const whole = await head(address);
  expect(whole.headers['upload-offset']).toBe(String(LARGE.length));
  expect(await served(whole.headers['x-file'])).toBe(sha(LARGE));
});

test('a client of the protocol sends a file through the end of the server and its next start', async () => {
  let killed: Promise<unknown> | null = null;
  let interrupted = 0;
  let resumedAt = 0;
  // Without an address to begin anew at, it goes on with what there is also when the site is just starting
  const uploadUrl = own.url + (await begin('restarted.bin', LARGE.length));
  const fileId = await new Promise<string | undefined>((resolve, reject) => {
    const upload = new Upload(LARGE, {
      uploadUrl,
      chunkSize: 8_000_000,
      headers: { ...OWN, cookie },
      retryDelays: Array.from({ length: 60 }, () => 500),
      onShouldRetry: () => {
        interrupted++;
        return true;
      },
      onChunkComplete: (_size, accepted) => {
        if (killed || accepted < 20_000_000) return;
        killed = pause(30).then(async () => {
          await own.stop('SIGKILL');
          await start(own.port);
        });
      },
      onAfterResponse: (request, response) => {
        if (request.getMethod() === 'HEAD' && response.getStatus() === 200)
          resumedAt = Number(response.getHeader('upload-offset'));
      },
      onError: reject,
      onSuccess: ({ lastResponse }) => resolve(lastResponse.getHeader('x-file')),
    });
    upload.start();
  });
  await killed;
  expect(killed).not.toBeNull();
  expect(interrupted).toBeGreaterThan(0);
  expect(resumedAt).toBeGreaterThan(19_000_000);
  expect(await served(fileId)).toBe(sha(LARGE));
});

for (const [how, signal] of [
  ['was killed', 'SIGKILL'],
  ['was asked to end', 'SIGTERM'],
] as const)
  test(`a server that ${how} while bytes came goes on from what it had written`, async () => {
    const address = await begin(`${signal}.bin`, LARGE.length);
    spawn('curl', ['--limit-rate', '4M', ...sending(address, 0, path.join(scratch, 'large.bin'))]);
    await arrived(address, 9_000_000);
    const { code } = await own.stop(signal);
    expect(code).toBe(signal === 'SIGTERM' ? 0 : null);
    await start(own.port);
    const offset = Number((await head(address)).headers['upload-offset']);
    expect(offset).toBeGreaterThan(8_000_000);
    expect(offset, 'it did not come to its end meanwhile').toBeLessThan(LARGE.length);
    const done = await patch(address, offset, LARGE.subarray(offset));
    expect(await served(done.headers['x-file'])).toBe(sha(LARGE));
  });

test('whoever leaves in the middle leaves nobody reading', async () => {
  const address = await begin('left.bin', 10_000_000);
  const socket = connect(own.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(headOf(address, 10_000_000));
  socket.write(randomBytes(5_000_000));
  await pause(1_000); // far more than they take
  socket.destroy();
  const began = performance.now();
  expect((await head(address)).headers['upload-offset']).toBe('5000000');
  expect(performance.now() - began).toBeLessThan(1_000);
  expect((await ask(address, { method: 'DELETE', headers: TUS })).status).toBe(204);
  expect((await head(address)).status).toBe(404);
});

/** The head of a request, as it goes over the wire. */
function headOf(address: string, length: number): string {
  const lines = [
    `PATCH ${address} HTTP/1.1`,
    `host: localhost:${own.port}`,
    `cookie: ${cookie}`,
    'sec-fetch-site: same-origin',
    'tus-resumable: 1.0.0',
    'upload-offset: 0',
    'content-type: application/offset+octet-stream',
    `content-length: ${length}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Sends all of a body before it looks at the answer. */
async function writeAll(address: string, body: Buffer): Promise<string> {
  const socket = connect(own.port, '127.0.0.1');
  try {
    socket.pause();
    socket.write(headOf(address, body.length));
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.setTimeout(5_000, () => reject(new Error('nobody takes it')));
      socket.write(body, () => resolve());
    });
    const [answer] = await Promise.all([once(socket, 'data'), socket.resume()]);
    return String(answer[0]);
  } finally {
    socket.destroy();
  }
}

test('a plain form brings several files, and says where it is told what became of them', async () => {
  for (const name of ['one', 'two', 'three']) await writeFile(path.join(scratch, `${name}.bin`), name.repeat(1_000));
  const form = ['one', 'two', 'three'].flatMap((name) => ['-F', `files=@${path.join(scratch, name)}.bin`]);
  const answer = await curl([...formArgs(), '-F', 'folder=sent', ...form, `${own.url}/api/uploads/form`]);
  expect(answer).toMatch(/^HTTP\/1.1 303/);
  const location = /location: (\S+)/i.exec(answer)?.[1] ?? '';
  expect(location).toMatch(/^\/studio\/files\/upload\?batch=[0-9a-f-]{36}&vault=album&folder=sent$/);
  const batch = new URL(location, own.url).searchParams.get('batch') ?? '';
  const rows = await withDatabase(
    own,
    (sql) => sql<{ path: string; state: string; file_id: string }[]>`
      select path, state, file_id from upload where batch = ${batch} order by created_at`,
  );
  expect(rows.map((row) => [row.path, row.state])).toEqual(
    ['one', 'two', 'three'].map((name) => [`sent/${name}.bin`, 'done']),
  );
  expect(await served(rows[1]?.file_id)).toBe(sha(Buffer.from('two'.repeat(1_000))));
});

const formArgs = () => [
  ...['-s', '-i', '-o', '-', '-H', `cookie: ${cookie}`, '-H', 'sec-fetch-site: same-origin', '-H', 'expect:'],
  ...['-F', 'vault=album'],
];

/** Bytes; far more than a process may take in passing. */
const HUGE = 1_200_000_000;

test('a large file of a form is held by nobody', async () => {
  await writeFile(path.join(scratch, 'huge.bin'), 'begins');
  await truncate(path.join(scratch, 'huge.bin'), HUGE);
  const before = memoryOf(own.pid);
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, memoryOf(own.pid));
  }, 100);
  const form = [...formArgs(), '-F', `files=@${path.join(scratch, 'huge.bin')}`, `${own.url}/api/uploads/form`];
  const answer = await curl(form).finally(() => clearInterval(watch));
  expect(answer).toMatch(/^HTTP\/1.1 303/);
  expect(most - before).toBeLessThan(HUGE / 6); // what is let go is not collected at once
  const [row] = await withDatabase(own, (sql) => sql`select size from file where path = 'huge.bin'`);
  expect(Number(row?.size)).toBe(HUGE);
});

test.describe('what is no upload is refused', () => {
  test('from whoever may not bring files, as if there were no such address', async () => {
    const address = await begin('closed.bin', 9);
    const creation = { ...TUS, 'upload-length': '9', 'upload-metadata': told('x.bin') };
    const sent = { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
    const asked = [
      ['POST', '/api/uploads', creation],
      ['HEAD', address, TUS],
      ['PATCH', address, sent],
      ['DELETE', address, TUS],
      ['POST', '/api/uploads/form', { ...OWN, 'content-type': 'multipart/form-data; boundary=b' }],
    ] as const;
    for (const [method, at, headers] of asked) {
      const body = method === 'PATCH' ? 'abcabcabc' : undefined;
      for (const each of ['sid=nothing', member, '']) {
        const { status } = await own.ask(at, { method, body, headers: { ...headers, ...(each && { cookie: each }) } });
        expect(status, `${method} ${at} ${each.slice(0, 9)}`).toBe(404);
      }
    }
    expect((await patch(address, 0, Buffer.from('123456789'))).status).toBe(204);
  });

  test('alike when it is unknown and when it is somebody else’s', async () => {
    const address = await begin('theirs.bin', 9);
    const other = await signIn(own, await makePerson(own, { role: 'editor' }));
    const sent = { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
    for (const [method, headers] of [
      ['HEAD', TUS],
      ['PATCH', sent],
      ['DELETE', TUS],
    ] as const) {
      const body = method === 'PATCH' ? 'abc' : undefined;
      const answers = await Promise.all(
        [address, `/api/uploads/${randomUUID()}`, '/api/uploads/no-id'].map((at) =>
          askWith(own, other)(at, { method, headers, body }),
        ),
      );
      const [theirs, ...unknown] = answers.map(({ status, bytes, headers: { date: _, ...rest } }) => ({
        status,
        bytes: bytes.toString(),
        headers: { ...rest, 'x-request-id': null, 'server-timing': null },
      }));
      expect(theirs?.status).toBe(404);
      for (const each of unknown) expect(each, method).toEqual(theirs);
    }
  });

  test('from pages of other sites', async () => {
    const address = await begin('cross.bin', 9);
    const creation = { 'tus-resumable': '1.0.0', 'upload-length': '9', 'upload-metadata': told('x.bin') };
    const strangers: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      {},
    ];
    for (const from of strangers) {
      const headers = { ...creation, ...from };
      expect((await ask('/api/uploads', { method: 'POST', headers })).status, JSON.stringify(from)).toBe(403);
      expect((await ask(address, { method: 'DELETE', headers })).status).toBe(403);
      const sent = { ...headers, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
      expect((await ask(address, { method: 'PATCH', headers: sent, body: 'abc' })).status).toBe(403);
      const form = { ...from, 'content-type': 'multipart/form-data; boundary=b' };
      expect((await ask('/api/uploads/form', { method: 'POST', headers: form, body: '--b--' })).status).toBe(403);
    }
    expect((await head(address)).headers['upload-offset']).toBe('0');
  });

  test('when it cannot be read', async () => {
    const address = await begin('unread.bin', 9);
    const creation: Record<string, string> = { ...TUS, 'upload-length': '9', 'upload-metadata': told('x.bin') };
    const creations: Record<string, string>[] = [
      { 'tus-resumable': '0.2.2' },
      { 'upload-length': '-1' },
      { 'upload-length': '1e3' },
      { 'upload-length': '99999999999999999999' },
      { 'upload-length': '' },
      { 'upload-metadata': 'filename !!!' },
      { 'upload-metadata': `filename ${base64('x.bin')}` },
      { 'upload-metadata': told('x.bin', { file: 'no id' }) },
      { 'upload-metadata': told('x.bin', { batch: 'no id' }) },
      { 'upload-metadata': told('x'.repeat(5_000)) },
    ];
    for (const wrong of creations) {
      const { status } = await ask('/api/uploads', { method: 'POST', headers: { ...creation, ...wrong } });
      expect(status, JSON.stringify(wrong).slice(0, 80)).toBe(400);
    }
    const sent = { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
    const pieces: Record<string, string>[] = [
      { 'content-type': 'application/octet-stream' },
      { 'upload-offset': '' },
      { 'upload-offset': '-1' },
      { 'upload-offset': '0x0' },
      { 'tus-resumable': '2.0.0' },
    ];
    for (const wrong of pieces) {
      const { status } = await ask(address, { method: 'PATCH', headers: { ...sent, ...wrong }, body: 'abc' });
      expect(status, JSON.stringify(wrong)).toBe(400);
    }
    for (const [type, body] of [
      ['text/plain', 'words'],
      ['multipart/form-data', 'words'],
      ['multipart/form-data; boundary=b', '--b\r\nbroken'],
    ] as const) {
      const headers = { ...OWN, 'content-type': type };
      expect((await ask('/api/uploads/form', { method: 'POST', headers, body })).status, type).toBe(400);
    }
    for (const [method, at] of [
      ['GET', address],
      ['PUT', address],
      ['POST', address],
      ['GET', '/api/uploads'],
      ['PUT', '/api/uploads'],
      ['GET', '/api/uploads/form'],
    ] as const)
      expect([404, 405], `${method} ${at}`).toContain((await ask(at, { method, headers: TUS })).status);
  });

  test('for what it is, with a word for programs and a sentence for people', async () => {
    const creation = (name: string, size: string, more = {}) => ({
      ...TUS,
      'upload-length': size,
      'upload-metadata': told(name, more),
    });
    const refused = async (headers: Record<string, string>) => {
      const { status, headers: answered, text } = await ask('/api/uploads', { method: 'POST', headers });
      expect(text.trim().length).toBeGreaterThan(10);
      return [status, answered['x-refusal']];
    };
    expect(await refused(creation('note.md', '9'))).toEqual([422, 'note']);
    await patch(await begin('there.bin', 5), 0, Buffer.from('there'));
    expect(await refused(creation('there.bin', '9'))).toEqual([409, 'taken']);
    expect(await refused(creation('huge.iso', '99000000000000'))).toEqual([413, 'large']);
    const address = await begin('words.png', 5);
    const kind = await patch(address, 0, Buffer.from('words'));
    expect([kind.status, kind.headers['x-refusal']]).toEqual([415, 'kind']);
  });

  test('while it is sent, and whoever sends it is not kept waiting', async () => {
    const address = await begin('larger.bin', 1_000_000);
    const began = performance.now();
    await writeFile(path.join(scratch, 'zeros.bin'), '');
    await truncate(path.join(scratch, 'zeros.bin'), 300_000_000);
    const args = sending(address, 0, path.join(scratch, 'zeros.bin'));
    expect(await curl(['-o', '/dev/null', '-w', '%{http_code}', '--max-time', '15', ...args])).toBe('413');
    expect(performance.now() - began).toBeLessThan(10_000);
    // Browsers read no answer before they have sent all
    const stubborn = await begin('stubborn.bin', 1_000_000);
    expect(await writeAll(stubborn, randomBytes(20_000_000))).toMatch(/^HTTP\/1.1 413/);
    const text = await begin('movie.mp4', 300_000_000);
    const slow = sending(text, 0, path.join(scratch, 'large.bin'));
    const wrong = await curl(['-w', '%{http_code} %{size_upload}', '-o', '/dev/null', '--limit-rate', '6M', ...slow]);
    expect(wrong.split(' ')[0]).toBe('415');
    expect(Number(wrong.split(' ')[1]), 'nor to the end').toBeLessThan(LARGE.length / 2);
  });
});

test('what came, went and was cut leaves nothing that a look at all of it finds wrong', async () => {
  const { code, out } = await run(['bin/trastienda.mjs', 'doctor'], { dataDir });
  expect(code, out).toBe(0);
});
