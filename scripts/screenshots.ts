/** `npm run screenshots`: takes the pictures of the documents from the real site, on data of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium } from '@playwright/test';
import { freePort } from '@/server/postgres/configure';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const pictures = path.join(root, 'docs', 'pictures');

const LESSON = '/en/1-The-request/Request-and-response';
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const SHOTS: { name: string; address: string; screen: BrowserContextOptions; schemes: ('light' | 'dark')[] }[] = [
  { name: 'home', address: '/', screen: DESKTOP, schemes: ['light', 'dark'] },
  { name: 'lesson', address: LESSON, screen: DESKTOP, schemes: ['light', 'dark'] },
  { name: 'graph', address: '/en/-/graph', screen: DESKTOP, schemes: ['light', 'dark'] },
  { name: 'phone', address: LESSON, screen: PHONE, schemes: ['light'] },
];
const PATIENCE_MS = 300_000; // a first start builds the site
const BYTES_MAX = 250_000; // every clone carries them

const data = await mkdtemp(path.join(tmpdir(), 'trastienda-pictures-'));
const port = await freePort();
const server = start(port, data);
try {
  await ready(port, server);
  await takeAll(`http://localhost:${port}`);
} finally {
  await stop(server);
  await rm(data, { recursive: true, force: true, maxRetries: 5 });
}

/** Starts the site as anybody would, without the settings of whoever takes the pictures. */
function start(at: number, dataDir: string): ChildProcess {
  const env = {
    ...process.env,
    PORT: String(at),
    HOST: '127.0.0.1',
    SITE_URL: '',
    DATA_DIR: dataDir,
    DATABASE_URL: '',
  };
  return spawn(process.execPath, [path.join('bin', 'start.mjs')], { cwd: root, env, stdio: 'inherit' });
}

async function ready(at: number, started: ChildProcess): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    const answer = await fetch(`http://127.0.0.1:${at}/readyz`).catch(() => null);
    if (answer?.ok) return;
    if (started.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('The site did not start.');
}

async function stop(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null) return;
  const ended = once(process, 'exit');
  process.kill('SIGTERM');
  await ended;
}

async function takeAll(site: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const { findChromium } = await import(new URL('../bin/chromium.mjs', import.meta.url).href);
  const browser = await chromium.launch({ executablePath: await findChromium(), args });
  try {
    for (const { name, address, screen, schemes } of SHOTS) {
      for (const colorScheme of schemes) {
        const bytes = await take(browser, site + address, { ...screen, colorScheme });
        await keep(schemes.length > 1 ? `${name}-${colorScheme}` : name, bytes);
      }
    }
  } finally {
    await browser.close();
  }
}

async function take(browser: Browser, url: string, options: BrowserContextOptions): Promise<Buffer> {
  const context = await browser.newContext({ ...options, locale: 'en-GB', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const answer = await page.goto(url, { waitUntil: 'networkidle' });
  if (!answer?.ok()) throw new Error(`${url} answers ${answer?.status()}`);
  await page.evaluate(() => document.fonts.ready);
  const bytes = await page.screenshot({ animations: 'disabled' });
  await context.close();
  return bytes;
}

async function keep(name: string, bytes: Buffer): Promise<void> {
  if (bytes.length > BYTES_MAX) throw new Error(`${name}.png has ${bytes.length} bytes; the most is ${BYTES_MAX}.`);
  await writeFile(path.join(pictures, `${name}.png`), bytes);
  console.log(`  docs/pictures/${name}.png  ${Math.round(bytes.length / 1000)} KB`);
}
