// What a fresh clone needs before anything of it can run. Imports nothing that has to be installed first.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const INSTALLED = path.join(root, 'node_modules', '.trastienda-installed');
const BUILT = path.join(root, '.next', 'trastienda-built');
/** What the build is made of. */
const SOURCES = ['app', 'components', 'features', 'lib', 'db', 'public'];
const SOURCE_FILES =
  /^(?:next\.config\.\w+|postcss\.config\.\w+|package(?:-lock)?\.json|instrumentation(?:-client)?\.ts)$/;
const NOT_BUILT = /\.(?:test|spec)\.\w+$|\.md$/;

/** Refuses a Node that Next does not run on. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  console.error(`Trastienda needs Node 20.9 or newer; this is ${process.versions.node}. Get one at https://nodejs.org`);
  process.exit(1);
}

/** Installs the packages, unless those of this package-lock.json are there. */
export async function install() {
  if (isInstalled()) return;
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  await step('Installing the packages', () => npm(['ci', '--include=dev', ...quietly]));
  writeFileSync(INSTALLED, lockHash());
}

/** Whether {@link build} has anything to do. */
export const needsBuild = () => !existsSync(BUILT) || readFileSync(BUILT, 'utf8') !== `${sourceHash()} ${typesHash()}`;

/** Builds the site, unless this very source was built. A build that was cut short does not count. */
export async function build() {
  if (!needsBuild()) return;
  const hash = sourceHash();
  rmSync(BUILT, { force: true });
  const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  // The pages of a build are the same for everybody, so none of them may read somebody's database
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', DATABASE_URL: '' };
  await step('Building the site', () => run(process.execPath, [next, 'build'], { env }));
  // The build itself may complete tsconfig.json; the sources are those it began with
  writeFileSync(BUILT, `${hash} ${typesHash()}`);
}

/** Runs `work` and says how long it took. */
export async function step(title, work) {
  const began = performance.now();
  process.stdout.write(`  ${title}…`);
  try {
    const result = await work();
    console.log(` ${seconds(began)}`);
    return result;
  } catch (error) {
    console.log(' failed\n');
    throw error;
  }
}

/** Runs a program quietly; what it said is in the error when it fails. */
export function run(command, args, { env = process.env, cwd = root, timeout = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    child.stdout.on('data', (chunk) => said.push(chunk));
    child.stderr.on('data', (chunk) => said.push(chunk));
    const stop = () => child.kill();
    process.once('exit', stop);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('exit', stop);
      const output = Buffer.concat(said).toString('utf8').trim();
      if (code === 0) resolve(output);
      else reject(new Error(output || `${path.basename(command)} ended with ${code}`));
    });
  });
}

export const seconds = (began) => `${((performance.now() - began) / 1000).toFixed(1)} s`;

function isInstalled() {
  if (existsSync(INSTALLED)) return readFileSync(INSTALLED, 'utf8') === lockHash();
  // Installed by hand: npm writes this file last
  const mark = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(mark) || statSync(mark).mtimeMs < statSync(path.join(root, 'package-lock.json')).mtimeMs)
    return false;
  writeFileSync(INSTALLED, lockHash());
  return true;
}

function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args]);
  return process.platform === 'win32' ? run('cmd', ['/c', 'npm', ...args]) : run('npm', args);
}

const lockHash = () => hashFile('package-lock.json');
const typesHash = () => hashFile('tsconfig.json');
const hashFile = (name) =>
  createHash('sha256')
    .update(readFileSync(path.join(root, name)))
    .digest('hex');

function sourceHash() {
  const hash = createHash('sha256');
  const files = readdirSync(root).filter((name) => SOURCE_FILES.test(name));
  for (const folder of SOURCES.filter((name) => existsSync(path.join(root, name)))) {
    for (const entry of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })) {
      const name = path.join(path.relative(root, entry.parentPath ?? entry.path), entry.name);
      if (entry.isFile() && !NOT_BUILT.test(name)) files.push(name);
    }
  }
  for (const name of files.sort()) {
    const bytes = readFileSync(path.join(root, name));
    hash.update(`${name.replaceAll(path.sep, '/')}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}
