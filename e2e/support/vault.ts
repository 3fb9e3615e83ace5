import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withDatabase } from './database';
import { makeFolder } from './folders';
import { type Ended, pause, run, type Site } from './site';

/** A folder of notes and the vault that is made of it. */
export type Vault = {
  slug: string;
  folder: string;
  write: (name: string, content: string | Buffer) => Promise<void>;
  /** Replaces words in a file; fails when they are not there. */
  edit: (name: string, from: string | RegExp, to: string) => Promise<void>;
  remove: (name: string) => Promise<void>;
  rename: (from: string, to: string) => Promise<void>;
  /** Imports the folder into the running site, as a person would: with the command. */
  publish: () => Promise<void>;
};

/** Writes a folder and publishes it on a site. */
export async function makeVault(site: Site, slug: string, files: Record<string, string | Buffer>): Promise<Vault> {
  const folder = await makeFolder(slug);
  const at = (name: string) => path.join(folder, name);
  const write: Vault['write'] = async (name, content) => {
    await mkdir(path.dirname(at(name)), { recursive: true });
    await writeFile(at(name), content);
  };
  const vault: Vault = {
    slug,
    folder,
    write,
    edit: async (name, from, to) => {
      const text = await readFile(at(name), 'utf8');
      const edited = text.replace(from, to);
      if (edited === text) throw new Error(`${name} does not say ${from}`);
      await write(name, edited);
    },
    remove: (name) => rm(at(name)),
    rename: async (from, to) => {
      await mkdir(path.dirname(at(to)), { recursive: true });
      await rename(at(from), at(to));
      await utimes(at(to), new Date(), new Date());
    },
    publish: async () => {
      const { code, out, err } = await importFolder(site, folder, ['--vault', slug]);
      if (code !== 0) throw new Error(err);
      if (out.includes('not taken it over')) await takenOver(site); // the command does not wait long
    },
  };
  for (const [name, content] of Object.entries(files)) await write(name, content);
  await vault.publish();
  return vault;
}

/** Waits until every site on the database has applied all that was published. */
function takenOver(site: Site): Promise<void> {
  return withDatabase(site, async (sql) => {
    for (const until = Date.now() + 30_000; Date.now() < until; await pause(50)) {
      const [late] = await sql`
        select 1 from site_instance where last_event < (select max(id) from cache_event) and seen_at > now() - interval '10 s'`;
      if (!late) return;
    }
    throw new Error('A running site does not take over what was published.');
  });
}

/** `trastienda import`, beside a running site. */
export function importFolder({ dataDir }: Pick<Site, 'dataDir'>, folder: string, flags: string[] = []): Promise<Ended> {
  return run(['bin/trastienda.mjs', 'import', folder, ...flags], { dataDir });
}
