import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** A running PostgreSQL, as it describes itself in its data folder. */
export type Postmaster = { pid: number; port: number; ready: boolean };

/** Who runs the data folder, or null when nobody does. */
export async function readPostmaster(folder: string): Promise<Postmaster | null> {
  const text = await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port, , , , status] = text.split('\n');
  if (!pid || !(await isPostgres(Number(pid), folder))) return null;
  return { pid: Number(pid), port: Number(port), ready: status?.trim() === 'ready' };
}

/**
 * Removes the lock file of a PostgreSQL that was killed. PostgreSQL does so itself unless its process number is in use
 * again, which in a container is the rule rather than the exception.
 */
export async function removeStaleLock(folder: string): Promise<void> {
  if (!(await readPostmaster(folder))) await rm(path.join(folder, 'postmaster.pid'), { force: true });
}

async function isPostgres(pid: number, folder: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: alive, under another user
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  if (process.platform === 'win32') return true;
  const command = await commandOf(pid);
  return /^.*?bin[/\\]postgres\b/.test(command) && command.includes(folder);
}

async function commandOf(pid: number): Promise<string> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (fromProc !== null) return fromProc.replaceAll('\0', ' ');
  return new Promise((resolve) => {
    execFile('ps', ['-p', String(pid), '-o', 'command='], (_, output) => resolve(output));
  });
}
