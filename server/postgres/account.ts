import { spawn } from 'node:child_process';
import { chmod, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Trouble } from '@/lib/trouble';
import type { Binaries } from './binaries';

/** Whom PostgreSQL runs as. `ids` is unset when that is whoever runs us. */
export type Account = { name: string; ids?: { uid: number; gid: number }; prefix: string[] };
export type Outcome = { code: number; output: string };

const ourselves: Account = { name: 'you', prefix: [] };

/**
 * PostgreSQL refuses to run as root, so root hands it to `postgres` or, without such a user, `nobody`. Where that user
 * cannot reach the folders (a clone under /root), it is given the right to pass through folders and read, and no other.
 */
export async function chooseAccount(binaries: Binaries, dataDir: string): Promise<Account> {
  if (process.getuid?.() !== 0) return ourselves;
  const account = await unprivilegedUser();
  await letPass(dataDir);
  if (await reaches(account, binaries, dataDir)) return account;
  const helped = { ...account, prefix: passThrough(account) };
  if (await reaches(helped, binaries, dataDir)) return helped;
  throw new Trouble(
    `PostgreSQL does not run as root, and the user "${account.name}" it would run as cannot reach ${path.dirname(binaries.postgres)} and ${dataDir}. ` +
      'Move Trastienda out of a folder that only root may enter (to /srv, say), start it as an ordinary user, or set DATABASE_URL.',
  );
}

/** Runs one of PostgreSQL's programs to its end as `account`. */
export function run(account: Account, program: string, args: string[], cwd = path.dirname(program)): Promise<Outcome> {
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  const ids = account.prefix.length === 0 ? account.ids : undefined;
  return new Promise((resolve) => {
    const child = spawn(command, rest, { ...ids, cwd, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    // 'exit' and not 'close': the database that pg_ctl leaves running may hold the pipes
    child.on('exit', (code) => {
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code: code ?? 1, output: output.trim() });
      });
    });
  });
}

function environment(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, SystemRoot, TEMP, TMP } = process.env;
  // The locale of messages is fixed: some are read
  const kept = { PATH, TMPDIR, SystemRoot, TEMP, TMP, LC_ALL: 'C', LANG: 'C', TZ: 'UTC' };
  return { ...kept, NODE_ENV: process.env.NODE_ENV };
}

async function unprivilegedUser(): Promise<Account> {
  const users = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find(([user]) => user === name) ?? [];
    if (uid && gid) return { name, ids: { uid: Number(uid), gid: Number(gid) }, prefix: [] };
  }
  throw new Trouble(
    'PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody". Start Trastienda as an ordinary user or set DATABASE_URL.',
  );
}

/** The data folder is ours: whoever runs PostgreSQL may pass through it, without listing it. */
async function letPass(dataDir: string): Promise<void> {
  const { mode } = await stat(dataDir);
  if ((mode & 0o011) !== 0o011) await chmod(dataDir, (mode & 0o777) | 0o011);
}

async function reaches(account: Account, binaries: Binaries, dataDir: string): Promise<boolean> {
  const { code } = await run(account, binaries.postgres, ['--version']);
  if (code !== 0) return false;
  return (await run(account, '/bin/sh', ['-c', 'cd -- "$0"', dataDir], '/')).code === 0;
}

function passThrough({ ids }: Account): string[] {
  const capability = '+dac_read_search';
  return [
    'setpriv',
    `--reuid=${ids?.uid}`,
    `--regid=${ids?.gid}`,
    '--clear-groups',
    `--inh-caps=${capability}`,
    `--ambient-caps=${capability}`,
    '--securebits=+no_setuid_fixup', // else access(2), with which initdb looks for postgres, would not count it
  ];
}
