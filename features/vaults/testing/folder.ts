import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type Files = Record<string, string | Uint8Array>;

/** A folder of notes on disk, in a temporary place, that a test writes in as its author would. */
export type Folder = {
  path: string;
  write: (files: Files) => Promise<void>;
  remove: (...paths: string[]) => Promise<void>;
  move: (from: string, to: string) => Promise<void>;
  /** Every file in it by path. */
  read: () => Promise<Map<string, Buffer>>;
  drop: () => Promise<void>;
};

/** Each time of change differs from those before it, however fast the test writes. */
let clock = Date.UTC(2026, 0, 1);

export async function makeFolder(name: string, files: Files = {}): Promise<Folder> {
  const parent = await mkdtemp(join(tmpdir(), 'trastienda-vault-'));
  const path = join(parent, name);
  await mkdir(path);
  const folder: Folder = {
    path,
    write: async (given) => {
      for (const [each, content] of Object.entries(given)) await writeOne(join(path, each), content);
    },
    remove: async (...paths) => {
      for (const each of paths) await rm(join(path, each), { recursive: true });
    },
    move: async (from, to) => {
      await mkdir(dirname(join(path, to)), { recursive: true });
      await rename(join(path, from), join(path, to));
    },
    read: () => readAll(path),
    drop: () => rm(parent, { recursive: true, force: true }),
  };
  await folder.write(files);
  return folder;
}

async function writeOne(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  clock += 1_000;
  await utimes(path, new Date(clock), new Date(clock));
}

async function readAll(root: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) found.set(path.slice(root.length + 1), await readFile(path));
  }
  return found;
}
