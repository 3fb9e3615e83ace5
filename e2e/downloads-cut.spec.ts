import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { totpContext } from '@/features/keys/seal';
import { readRing } from '@/lib/crypto/key-ring';
import { seal } from '@/lib/crypto/seal';
import { wordsFor } from '@/lib/language/words';
import { withDatabase } from './support/database';
import { makeFolder, removeFolder } from './support/folders';
import type { Asked } from './support/http';
import { refusals } from './support/ledger';
import { somebody } from './support/roles';
import { makeShare } from './support/shares';
import { pause, type Site, startSite } from './support/site';
import { expect, test } from './support/test';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const LONG = randomBytes(24_000_000);
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let own: Site;
let dataDir: string;
let folder: string;
let scratch: string;
let href: string;

test.beforeAll(async () => {
  [dataDir, folder, scratch] = [await makeFolder('cut'), await makeFolder('cut-notes'), await makeFolder('cut-saved')];
  await writeFile(path.join(folder, 'All.md'), '[[long.bin]] [[short.bin]]\n');
  await writeFile(path.join(folder, 'Home.md'), 'Hello\n');
  await writeFile(path.join(folder, 'long.bin'), LONG);
  await writeFile(path.join(folder, 'short.bin'), 'short');
  await start();
  href = /"(\/files\/[^"]+\/long\.bin)"/.exec((await own.ask('/cut/All')).text)?.[1] ?? '';
});

test.afterAll(async () => {
  await own.stop();
  for (const each of [dataDir, folder, scratch]) await removeFolder(each);
});

async function start(port?: number): Promise<void> {
  own = await startSite({ dataDir, port, args: [folder, '--vault', 'cut', '--access', 'public'] });
}
const saved = (name: string) => path.join(scratch, name);
const curl = (...args: string[]) =>
  new Promise<number>((resolve) => {
    const child: ChildProcess = execFile('curl', ['-s', ...args], () => resolve(child.exitCode ?? -1));
  });
/** Where the bytes of the long file are stored. */
async function stored(): Promise<string> {
  const key = await withDatabase(own, async (sql) => {
    const [row] = await sql<{ key: string }[]>`
      select o.id || '.' || o.version as key from object o join file f on f.object_id = o.id where f.name = 'long.bin'`;
    return row?.key ?? '';
  });
  return path.join(dataDir, 'objects', key.slice(0, 2), key);
}

/** Programs that save a file, slowly or not, and go on with what they have of it. */
const CLIENTS: Record<string, (to: string, slow: boolean) => string[]> = {
  curl: (to, slow) => ['-s', ...(slow ? ['--limit-rate', '4M'] : ['-C', '-']), '-o', to],
  wget: (to, slow) => ['-q', ...(slow ? ['--limit-rate=4m'] : ['-c']), '-O', to],
};

for (const [client, options] of Object.entries(CLIENTS))
  test(`${client} goes on where it was cut, also after the server began anew`, async () => {
    const { etag } = (await own.ask(href, { method: 'HEAD' })).headers;
    for (const restart of [false, true]) {
      const to = saved(`${client}-${restart}`);
      const begun = spawn(client, [...options(to, true), own.url + href]);
      const size = () =>
        stat(to).then(
          (found) => found.size,
          () => 0,
        );
      await expect.poll(size).toBeGreaterThan(1_000_000);
      begun.kill('SIGKILL');
      const { port } = own;
      if (restart) {
        await own.stop();
        await start(port);
      }
      expect(await size()).toBeLessThan(LONG.length);
      const code = await new Promise((resolve) =>
        spawn(client, [...options(to, false), own.url + href]).once('close', resolve),
      );
      expect(code).toBe(0);
      expect(sha(await readFile(to))).toBe(sha(LONG));
    }
    expect((await own.ask(href, { method: 'HEAD' })).headers.etag, 'what names the bytes stays').toBe(etag);
  });

test('what curl has it does not take again', async () => {
  const tag = saved('etag');
  expect(await curl('--etag-save', tag, '-o', saved('tagged'), own.url + href)).toBe(0);
  await rm(saved('tagged'));
  expect(await curl('--etag-compare', tag, '-o', saved('tagged'), own.url + href)).toBe(0);
  expect(await stat(saved('tagged')).catch(() => null)).toBeNull();
});

test('whoever leaves halfway leaves nothing open', async () => {
  test.skip(process.platform !== 'linux', 'what a process has open is told in /proc');
  const open = () =>
    readdirSync(`/proc/${own.pid}/fd`).filter((fd) => {
      try {
        return readlinkSync(`/proc/${own.pid}/fd/${fd}`).includes('/objects/');
      } catch {
        return false;
      }
    }).length;
  const leaving = Array.from({ length: 10 }, () =>
    spawn('curl', ['-s', '--limit-rate', '1k', '-o', '/dev/null', own.url + href]),
  );
  await expect.poll(open).toBe(10);
  for (const each of leaving) each.kill('SIGKILL');
  await expect.poll(open, { timeout: 1_000 }).toBe(0);
  const cut = () =>
    withDatabase(own, async (sql) => {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from (select outcome, covered from download order by id desc limit 10) latest
        where outcome = 'cut' and not covered @> int8range(0, ${LONG.length}::bigint)`;
      return row?.count;
    });
  await expect.poll(cut, 'the ledger knows').toBe(10);
});

test('of damaged bytes none leave: 500 before the first, a cut connection later; the file is named', async () => {
  const place = await stored();
  const bytes = await readFile(place);
  const damaged = async (at: number) => {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await writeFile(place, changed);
  };
  const answer = async () => {
    const { status, bytes: body } = await own.ask(href);
    return [status, body.length];
  };
  for (const at of [0, 30, 100, bytes.length - 1]) {
    await damaged(at);
    expect(await answer(), `byte ${at}`).toEqual([500, 0]);
  }
  await truncate(place, bytes.length - 1);
  expect(await answer()).toEqual([500, 0]);
  await rename(place, `${place}.away`);
  expect(await answer()).toEqual([500, 0]);
  await rename(`${place}.away`, place);

  await damaged(12_000_000);
  expect(await curl('-o', saved('part'), own.url + href), 'curl misses what was promised').toBe(18);
  const part = await readFile(saved('part'));
  expect(part.length).toBeLessThan(12_000_000);
  expect(part.equals(LONG.subarray(0, part.length))).toBe(true);
  const [early, late] = [await curl('-r', '0-99', own.url + href), await curl('-r', '-99', own.url + href)];
  expect([early, late], 'what is whole around it is served').toEqual([0, 0]);

  const told = await withDatabase(
    own,
    (sql) => sql`select detail ->> 'name' as name from audit where action = 'file.damaged'`,
  );
  expect([...told]).toEqual([{ name: 'long.bin' }]);
  expect(own.said()).toContain('long.bin');
  expect(await refusals(own)).toEqual([{ name: 'long.bin', reason: 'damaged' }]);
  await writeFile(place, bytes);
  expect(sha((await own.ask(href)).bytes)).toBe(sha(LONG));
});

test('without the right keys pages are served and files are not, and the missing key is named', async () => {
  const ring = path.join(dataDir, 'keys.json');
  const kept = await readFile(ring);
  const { primary } = JSON.parse(kept.toString());
  const other = JSON.stringify({ version: 1, primary: 'other', keys: { other: Buffer.alloc(32).toString('base64') } });
  const wrong = JSON.stringify({ version: 1, primary, keys: { [primary]: Buffer.alloc(32).toString('base64') } });
  const link = await makeShare(own, 'short.bin');
  const owner = await ownerWithSeed(kept.toString());
  const navigating = { accept: 'text/html' };
  for (const [text, says] of [
    [null, 'There is no key ring'],
    [other, `lacks the key ${primary}`],
    [wrong, `another key under the id ${primary}`],
    ['nonsense', 'The key ring is not one'],
  ] as const) {
    await own.stop();
    await rm(ring, { force: true });
    if (text !== null) await writeFile(ring, text);
    await start();
    expect(own.said()).toContain(says);
    expect((await own.ask('/cut/All')).text).toContain('long.bin');
    const answer = await own.ask(href);
    expect([answer.status, answer.bytes.length, answer.headers['retry-after']], says).toEqual([503, 0, '60']);
    const { status } = await own.ask(href, { headers: { 'if-none-match': '*' } });
    expect(status, 'what the visitor has needs no key').toBe(304);

    const asked: [string, Asked][] = [
      [href, { headers: navigating }],
      [link.page, {}],
      [`${link.page}/file/short.bin`, { headers: navigating }],
      [`${link.page}/note`, {}],
      [`${link.page}/open`, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } }],
      ['/account/security', { headers: owner }],
    ];
    for (const [address, how] of asked) {
      const { status, headers, text } = await own.ask(address, how);
      expect([status, headers['retry-after']], `${says}: ${address}`).toEqual([503, '60']);
      expect(text, address).toContain(wordsFor('en').locked.heading);
    }
    const program = await own.ask(`${link.page}/file/short.bin`);
    expect([program.status, program.bytes.length]).toEqual([503, 0]);
    expect((await own.ask('/studio', { headers: owner })).text, 'the owner is told').toContain(says);
  }
  expect(await refusals(own)).toContainEqual({ name: 'long.bin', reason: 'key' });
  await withDatabase(own, (sql) => sql`delete from person`);
  await rm(ring);
  await writeFile(ring, kept);
  await chmod(ring, 0o400);
  expect(sha((await own.ask(href)).bytes), 'as soon as they are back').toBe(sha(LONG));
  expect((await own.ask(link.page)).status).toBe(200);
  expect(
    (await own.ask(`/s/${link.page.slice(3).replace(primary, 'never')}`)).status,
    'no key was ever so called',
  ).toBe(404);
});

/** The cookie of an owner who is setting up an authenticator. */
async function ownerWithSeed(ring: string): Promise<{ cookie: string }> {
  const { id, cookie } = await somebody(own, 'owner');
  const sealed = seal(readRing(ring), totpContext(id), randomBytes(20));
  await withDatabase(own, async (sql) => {
    await sql`update person set totp_secret = ${sealed} where id = ${id}`;
    await sql`update session set confirmed_at = now() where person_id = ${id}`;
  });
  return { cookie };
}

test('a server that is ended lets downloads that are nearly done come to their end', async () => {
  await mkdir(scratch, { recursive: true });
  const running = curl('--limit-rate', '12M', '-o', saved('last'), own.url + href);
  await pause(300);
  const { code } = await own.stop();
  expect(code).toBe(0);
  expect(await running).toBe(0);
  expect(sha(await readFile(saved('last')))).toBe(sha(LONG));
  await start();
});
