// `npm start`: installs and builds what is missing, then runs the server. Imports nothing that has to be installed first.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, checkNode, install, needsBuild, root, run } from './setup.mjs';

const USAGE = `Trastienda publishes a folder of notes as a website.

  npm start                          the bundled course, at http://localhost:3000
  npm start -- <folder> [options]    the same, publishing that folder of Markdown notes too

  --vault <slug>                     its address on the site; without it, the folder's name
  --access public|members|private    who may read it; without it, what the folder's trastienda.yaml says, else private
  --help                             this text

Settings are environment variables, explained in .env.example; for example: PORT=8080 npm start
`;

/** The same signal reaches us from the terminal and again through npm: within this time it counts once. */
const ONE_SIGNAL_MS = 400;

const args = process.argv.slice(2);
const typedIn = process.env.INIT_CWD ?? process.cwd();

if (args.includes('--help') || args.includes('-h')) {
  console.log(USAGE);
} else {
  refuseEarly();
  checkNode();
  prepare().then(serve, (error) => {
    console.error(error.message);
    process.exitCode = error.exitCode ?? 1;
  });
}

/** What is plainly wrong is said before anything is installed. The server looks again, and closer. */
function refuseEarly() {
  try {
    const options = { vault: { type: 'string' }, access: { type: 'string' } };
    const [folder] = parseArgs({ args, allowPositionals: true, options }).positionals;
    if (folder === undefined) return;
    const full = path.resolve(typedIn, folder);
    if (!existsSync(full)) refuse(`There is no folder ${full}.`);
    if (!statSync(full).isDirectory()) refuse(`${full} is a file; a folder of notes is needed.`);
  } catch (error) {
    refuse(`${error.message.split('. ')[0]}. See npm start -- --help`);
  }
}

function refuse(sentence) {
  console.error(sentence);
  process.exit(2);
}

async function prepare() {
  await install();
  if (!needsBuild()) return;
  await run(process.execPath, ['--import', 'tsx', path.join('server', 'check.ts'), ...args]).catch((error) => {
    throw Object.assign(error, { exitCode: 2 });
  });
  await build();
}

/** Runs the server as one child in a process group of its own: what the terminal sends reaches it only through us, once. */
function serve() {
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const child = spawn(process.execPath, ['--import', 'tsx', path.join('server', 'main.ts'), ...args], {
    cwd: root,
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
  });
  let last = -ONE_SIGNAL_MS;
  const forward = () => {
    if (performance.now() - last < ONE_SIGNAL_MS) return;
    last = performance.now();
    child.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  child.on('error', (error) => {
    console.error(`The server cannot be run: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
