import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const STOP_MS = 10_000;
const LAST_WORDS = 2_000;

/** A program that was started: its number, the end of what it said, and how to stop it. */
export type Running = { pid: number; said: () => string; ended: Promise<number>; stop: () => Promise<void> };

/** Starts a program that is stopped with the bench at the latest. */
export function start(bench: Bench, command: string, args: string[], options: SpawnOptions = {}): Running {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let said = '';
  const hear = (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-LAST_WORDS);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  ended.catch(() => {});
  return { pid: child.pid ?? 0, said: () => said, ended, stop: bench.onEnd(() => stop(child, ended)) };
}

async function stop(child: ChildProcess, ended: Promise<number>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended.catch(() => {});
  clearTimeout(timer);
}

/** Waits until an address answers 200. Rejects with the program's last words when it ends before. */
export async function untilReady(running: Running, url: string, withinMs = 180_000): Promise<void> {
  let ended = false;
  running.ended.then(
    () => (ended = true),
    () => (ended = true),
  );
  for (const until = Date.now() + withinMs; Date.now() < until && !ended; ) {
    const answer = await fetch(url).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer:\n${running.said()}`);
}

/** A port that was free a moment ago. */
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
