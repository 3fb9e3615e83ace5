import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Bench } from './bench';
import { freePort, start, untilReady } from './processes';
import type { Served } from './site';

/** nginx with one process, sending the files of a folder; null when it is not installed. `ready` is one of them. */
export async function startNginxFolder(bench: Bench, folder: string, ready: string): Promise<Served | null> {
  const port = await freePort();
  const own = path.join(bench.folder, 'nginx-folder');
  mkdirSync(own, { recursive: true });
  chmodSync(own, 0o755);
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const configuration = `${user}
daemon off; worker_processes 1; pid ${own}/pid; error_log stderr;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on;
  client_body_temp_path ${own}/t1; proxy_temp_path ${own}/t2; fastcgi_temp_path ${own}/t3;
  uwsgi_temp_path ${own}/t4; scgi_temp_path ${own}/t5;
  server { listen 127.0.0.1:${port}; root ${folder}; default_type application/octet-stream; }
}
`;
  writeFileSync(path.join(own, 'nginx.conf'), configuration);
  const running = start(bench, 'nginx', ['-p', own, '-c', path.join(own, 'nginx.conf'), '-e', 'stderr']);
  const origin = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([untilReady(running, origin + ready, 10_000), running.ended]);
    return { ...running, origin };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
