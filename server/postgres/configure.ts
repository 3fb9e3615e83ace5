import { chown, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Account } from './account';

const LOG_MAX_BYTES = 5_000_000;

/** Written at every start, so that a new version's settings reach an old data folder. */
export async function configure(folder: string, log: string, port: number, { ids }: Account): Promise<void> {
  const file = path.join(folder, 'trastienda.conf');
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 60,
    shared_buffers: '96MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '512MB',
    fsync: 'on',
    full_page_writes: 'on',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    log_connections: '',
  };
  const text = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  await writeFile(file, text.join(''));
  await writeFile(log, '', { flag: 'a' });
  if ((await stat(log)).size > LOG_MAX_BYTES) await truncate(log);
  if (!ids) return;
  await chown(file, ids.uid, ids.gid);
  await chown(log, ids.uid, ids.gid);
}

/** A port that nobody listens on now. */
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
