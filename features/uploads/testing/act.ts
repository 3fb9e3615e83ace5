import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Deed } from './dying';
import type { Uploading } from './uploading';

/**
 * Does something in a process of its own, killed at its nth step, and run by another program when `by` names one. Returns how many
 * steps it took, or null when it was killed. Rejects with what it said when it failed.
 */
export function act(at: Uploading, deed: Deed, n: number, by: string[] = []): Promise<number | null> {
  const program = join(import.meta.dirname, 'dying.ts');
  const [command = '', ...args] = [...by, process.execPath, '--import', 'tsx', program];
  // One thread makes every call to the disk, for strace counts them by thread: the second fsync is the second of the process
  const env = { ...process.env, DATABASE_URL: at.desk.url, DATA_DIR: at.dataDir, UV_THREADPOOL_SIZE: '1' };
  const told = [...args, JSON.stringify(deed), String(n), at.ada.id];
  return new Promise((resolve, reject) => {
    execFile(command, told, { env, maxBuffer: 32_000_000 }, (error, out, err) => {
      if (error && error.signal !== 'SIGKILL') return reject(new Error(err));
      resolve(error ? null : Number(out.trim()));
    });
  });
}
