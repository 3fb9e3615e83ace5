import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { makeFolder, removeFolder } from './support/folders';
import { processes } from './support/processes';
import { freePort, run, startSite } from './support/site';
import { expect, test } from './support/test';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

let dataDir: string;
let folder: string;

test.beforeAll(async () => {
  dataDir = await makeFolder('life');
  folder = await makeFolder('My notes');
  await writeFile(path.join(folder, 'Home.md'), '# Hello\n\nWritten at home. [[Second]]\n');
});

test.afterAll(async () => {
  await removeFolder(dataDir);
  await removeFolder(folder);
});

test('one command publishes a folder; what is saved in it later shows by itself; Ctrl-C leaves nothing behind', async () => {
  const site = await startSite({ dataDir, by: 'npm start', args: [folder, '--vault', 'mine', '--access', 'public'] });
  await expect.poll(site.said).toContain(`Trastienda is at ${site.url}`);
  expect((await site.ask('/mine')).text).toContain('Written at home.');
  expect((await site.ask('/en')).status).toBe(200);
  await writeFile(path.join(folder, 'Second.md'), 'Saved a moment ago.\n');
  await expect.poll(async () => (await site.ask('/mine/Second')).text).toContain('Saved a moment ago.');
  expect((await site.ask('/mine')).text).toContain('href="/mine/Second"');
  await rm(path.join(folder, 'Second.md'));
  await expect.poll(async () => (await site.ask('/mine/Second')).status).toBe(404);
  expect(await ending(site.stop('SIGINT'))).toEqual({ code: 0, err: '', left: [] });
});

test('a second start serves what the first had; SIGTERM ends it cleanly while somebody is connected', async () => {
  const site = await startSite({ dataDir, by: 'npm start' });
  expect((await site.ask('/mine')).text).toContain('Written at home.');
  await site.ask('/en', { headers: { connection: 'keep-alive' } });
  expect(await ending(site.stop('SIGTERM'))).toEqual({ code: 0, err: '', left: [] });
});

test('a server that was killed does not stand in the way of the next', async () => {
  const killed = await startSite({ dataDir });
  const { code } = await killed.stop('SIGKILL');
  expect(code).toBeNull();
  const site = await startSite({ dataDir });
  expect((await site.ask('/mine')).text).toContain('Written at home.');
  const second = await run(['--import', 'tsx', 'server/main.ts'], { dataDir, port: await freePort() });
  expect(second.code, 'one data folder has one server').toBe(1);
  expect(second.err.trim()).toMatch(/^Another Trastienda is already running on the data folder .*\.$/);
  expect((await site.ask('/mine')).status).toBe(200);
  expect(await ending(site.stop())).toEqual({ code: 0, err: '', left: [] });
});

test('a taken port is said in a sentence, and nothing is started', async () => {
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  const { code, err } = await run(['bin/start.mjs'], { dataDir, port });
  other.close();
  expect(code).toBe(1);
  expect(err.trim()).toBe(`Port ${port} is taken by another program. Choose another: PORT=${port + 1} npm start`);
  expect(processes().filter(({ command }) => command.includes(dataDir))).toEqual([]);
});

async function ending(stopped: Promise<{ code: number | null; err: string; left: unknown[] }>) {
  const { code, err, left } = await stopped;
  return { code, err, left };
}
