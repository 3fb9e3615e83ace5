// `npm run bench`: installs and builds what is missing, then measures. Imports nothing that has to be installed first.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build, checkNode, install, root } from './setup.mjs';

const USAGE = `Measures Trastienda on this machine, against next start and nginx where it can.

  npm run bench                         everything, in about ten minutes
  npm run bench -- --quick              the same with less of everything: to see that it works
  npm run bench -- --only <measure>     serve, first-visit, import, edit, bytes, download,
                                        reader, modes or xray; may be given more than once
  npm run bench -- --vault-folder <dir> imports that folder of notes too
  npm run bench -- --json               prints the results for a program

A site that runs from this very folder must be stopped first: both would keep their pages in its .next.
`;

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  console.log(USAGE);
} else {
  checkNode();
  // What preparing says is not part of the results
  if (args.includes('--json')) process.stdout.write = process.stderr.write.bind(process.stderr);
  install()
    .then(build)
    .then(measure, (error) => {
      console.error(error.message);
      process.exitCode = 1;
    });
}

function measure() {
  const program = ['--import', 'tsx', path.join('bench', 'main.ts'), ...args];
  const env = { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() };
  const child = spawn(process.execPath, program, { cwd: root, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
