import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from './processes';

const run = promisify(execFile);
const CONNECTIONS = 32;
/** A slow answer is still one: wrk counts those after two seconds as errors. */
const SLOWEST = '30s';

/** Asks for one address as often as it can, and returns how many answers came a second. */
export type Load = {
  name: string;
  fire: (url: string, seconds: number, headers: Record<string, string>, connections?: number) => Promise<number>;
};

/** wrk where it is installed, for it takes least of the machine; else autocannon. */
export async function chooseLoad(): Promise<Load> {
  const installed = await run('wrk', ['--version']).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  return installed ? { name: 'wrk', fire: wrk } : { name: 'autocannon', fire: autocannon };
}

async function wrk(
  url: string,
  seconds: number,
  headers: Record<string, string>,
  connections = CONNECTIONS,
): Promise<number> {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const { stdout } = await run('wrk', [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--timeout',
    SLOWEST,
    ...given,
    url,
  ]);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${url} did not always answer:\n${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}

async function autocannon(
  url: string,
  seconds: number,
  headers: Record<string, string>,
  connections = CONNECTIONS,
): Promise<number> {
  const program = path.join(root, 'node_modules', 'autocannon', 'autocannon.js');
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const args = [program, '--json', '--no-progress', '-c', String(connections), '-d', String(seconds), ...given, url];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 10_000_000 });
  const result: { requests: { total: number }; duration: number; errors: number; non2xx: number } = JSON.parse(stdout);
  if (result.errors + result.non2xx > 0) throw new Error(`${url} did not always answer`);
  return result.requests.total / result.duration;
}
