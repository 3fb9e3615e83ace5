// Finds a Chromium for the browser tests, or installs one. Needs the packages to be installed.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root, run } from './setup.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const DOWNLOAD_MS = 240_000;

/** The path of a Chromium that can be started. */
export async function findChromium() {
  return present() ?? (await playwrights()) ?? (await download()) ?? (await fromDebian()) ?? fail();
}

function present() {
  const given = process.env.CHROMIUM_PATH;
  if (given && !existsSync(given)) throw new Error(`CHROMIUM_PATH is ${given}, where there is nothing.`);
  return given || null;
}

async function playwrights() {
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  return existsSync(own) ? own : onSystem();
}

function onSystem() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const found = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) =>
    existsSync(file),
  );
  return found ?? FIXED.find((file) => existsSync(file)) ?? null;
}

async function download() {
  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const { chromium } = await import('@playwright/test');
  await run(process.execPath, [cli, 'install', 'chromium'], { timeout: DOWNLOAD_MS }).catch(() => {});
  const own = chromium.executablePath();
  return existsSync(own) ? own : null;
}

async function fromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', ['install', '-yq', '--no-install-recommends', 'chromium'], { env });
  return onSystem();
}

function fail() {
  throw new Error('There is no Chromium for the browser tests. Install one, or set CHROMIUM_PATH to where it is.');
}
