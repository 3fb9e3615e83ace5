import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { ROOT } from './folders';
import { type Ask, askAt } from './http';
import { type Process, processesOf } from './processes';

export type Ended = { code: number | null; out: string; err: string };
export type Site = {
  url: string;
  port: number;
  pid: number;
  dataDir: string;
  ask: Ask;
  /** What it has written so far. */
  said: () => string;
  /** The address of the embedded PostgreSQL. */
  databaseUrl: () => Promise<string>;
  /** Ends it, and returns how it ended and which of its processes are left. */
  stop: (signal?: NodeJS.Signals) => Promise<Ended & { left: Process[] }>;
};
export type Start = {
  dataDir: string;
  env?: Record<string, string>;
  args?: string[];
  port?: number;
  /** `server`: the server alone, which needs a built checkout. `npm start`: what people type. */
  by?: 'server' | 'npm start';
};

const READY_MS = 120_000;
const PROGRAMS = { server: ['--import', 'tsx', 'server/main.ts'], 'npm start': ['bin/start.mjs'] };
/** What npm and Playwright add to the environment would change what is tested. */
const NOT_INHERITED = /^(?:INIT_CWD|NODE_ENV|NODE_OPTIONS|FORCE_COLOR|NO_COLOR|DEBUG_COLORS|npm_.*)$/;
/** Empty counts as unset, and keeps a developer's own settings out. */
const UNSET = Object.fromEntries(
  ['PORT', 'HOST', 'SITE_URL', 'DATABASE_URL', 'SMTP_URL', 'KEY_RING', 'LOG_REQUESTS', 'TRUSTED_PROXIES'].map(
    (name) => [name, ''],
  ),
);

/** Starts a program of the product and waits for its end. */
export async function run(args: string[], start: Omit<Start, 'args' | 'by'>): Promise<Ended> {
  const child = begin(args, start);
  return { code: await ended(child.process), ...child.said };
}

/** Starts a site and waits until it is ready. */
export async function startSite(start: Start): Promise<Site> {
  const { dataDir, args = [], by = 'server' } = start;
  const port = start.port ?? (await freePort());
  const { process: child, said } = begin([...PROGRAMS[by], ...args], { ...start, port });
  const pid = child.pid ?? 0;
  const ask = askAt(port);
  const tell = () => said.out + said.err;
  await ready(child, ask, tell);
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    const started = processesOf(dataDir, [pid]).map((each) => each.pid);
    child.kill(signal);
    const code = await ended(child);
    return { code, ...said, left: await leftOver(dataDir, started) };
  };
  return {
    url: `http://localhost:${port}`,
    port,
    pid,
    dataDir,
    ask,
    said: tell,
    databaseUrl: () => databaseUrl(dataDir),
    stop,
  };
}

function begin(args: string[], { dataDir, env, port }: Omit<Start, 'args' | 'by'>) {
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name));
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: {
      ...Object.fromEntries(inherited),
      ...UNSET,
      NODE_ENV: 'production',
      DATA_DIR: dataDir,
      ...(port ? { PORT: String(port), SITE_URL: `http://localhost:${port}` } : {}),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'], // a server ends when whoever started it is gone
  });
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    said.out += chunk;
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said.err += chunk;
  });
  return { process: child, said };
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('close', resolve));
}

async function ready(child: ChildProcess, ask: Ask, said: () => string): Promise<void> {
  for (const until = Date.now() + READY_MS; Date.now() < until; await pause(50)) {
    if (child.exitCode !== null) throw new Error(`The site ended with ${child.exitCode}:\n${said()}`);
    const answer = await ask('/readyz').catch(() => null);
    if (answer?.status === 200) return;
  }
  child.kill('SIGKILL');
  throw new Error(`The site is not ready after ${READY_MS / 1000} s:\n${said()}`);
}

/** PostgreSQL's own children take a moment to be gone once it is. */
async function leftOver(dataDir: string, started: number[]): Promise<Process[]> {
  for (const until = Date.now() + 2_000; ; await pause(50)) {
    const left = processesOf(dataDir).filter((each) => started.includes(each.pid) || each.command.includes(dataDir));
    if (left.length === 0 || Date.now() > until) return left;
  }
}

async function databaseUrl(dataDir: string): Promise<string> {
  const password = (await readFile(path.join(dataDir, 'postgres.password'), 'utf8')).trim();
  const port = (await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[3];
  return `postgres://trastienda:${password}@127.0.0.1:${port}/postgres`;
}

/** A port nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
