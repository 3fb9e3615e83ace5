import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Bench } from './bench';
import { type Answer, get } from './http';
import { freePort, type Running, root, start, untilReady } from './processes';

/** Something that serves on this machine. */
export type Served = Running & { origin: string };

const tsx = ['--import', 'tsx'];

function environment(bench: Bench, port: number): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    HOST: '127.0.0.1',
    PORT: String(port),
    SITE_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: path.join(bench.folder, 'data'),
    DATABASE_URL: bench.databaseUrl,
    LOG_REQUESTS: 'false',
  };
}

/** The product itself, publishing (and watching) one folder. */
export async function startSite(
  bench: Bench,
  folder: string,
  slug: string,
  env: Record<string, string> = {},
): Promise<Served> {
  const port = await freePort();
  const args = [...tsx, path.join('server', 'main.ts'), folder, '--vault', slug];
  const running = start(bench, process.execPath, args, { env: { ...environment(bench, port), ...env } });
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(running, `${origin}/readyz`, 600_000);
  return { ...running, origin };
}

/** The same build on the same database, served by `next start` alone. */
export async function startNext(bench: Bench, ready: string): Promise<Served> {
  const port = await freePort();
  const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  const args = [next, 'start', '--hostname', '127.0.0.1', '--port', String(port)];
  const running = start(bench, process.execPath, args, { env: environment(bench, port) });
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(running, origin + ready);
  return { ...running, origin };
}

/** nginx with one process, giving out one answer's bytes and headers from a file; null when it is not installed. */
export async function startNginx(bench: Bench, answer: Answer): Promise<Served | null> {
  const port = await freePort();
  const folder = path.join(bench.folder, 'nginx');
  mkdirSync(path.join(folder, 'html'), { recursive: true, mode: 0o755 });
  writeFileSync(path.join(folder, 'html', 'page'), answer.body);
  writeFileSync(path.join(folder, 'nginx.conf'), configuration(folder, port, answer));
  const running = start(bench, 'nginx', ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', 'stderr']);
  const origin = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([untilReady(running, `${origin}/page`, 10_000), running.ended]);
    return { ...running, origin };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Of the headers, nginx makes these itself. */
const OWN_HEADERS = new Set(['content-length', 'content-type', 'connection', 'keep-alive', 'date', 'etag', 'server']);

function configuration(folder: string, port: number, { headers }: Answer): string {
  const added = Object.entries(headers)
    .filter(([name, value]) => !OWN_HEADERS.has(name) && typeof value === 'string')
    .map(([name, value]) => `add_header ${name} ${JSON.stringify(String(value).replaceAll('$', ''))};`);
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `${user}
daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=10;
  client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3;
  uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
  server {
    listen 127.0.0.1:${port};
    root ${folder}/html;
    default_type "${headers['content-type'] ?? 'text/html'}";
    ${added.join('\n    ')}
  }
}
`;
}

/** Asks once for a page, so that it is made and kept, and returns how it is answered from then on. */
export async function warm(origin: string, address: string, headers: Record<string, string> = {}): Promise<Answer> {
  for (let i = 0; i < 3; i++) await get(origin + address, headers);
  await new Promise((resolve) => setTimeout(resolve, 300)); // it is compressed in the background
  const answer = await get(origin + address, headers);
  if (answer.status !== 200) throw new Error(`${origin}${address} answers ${answer.status}`);
  return answer;
}
