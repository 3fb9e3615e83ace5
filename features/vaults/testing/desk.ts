import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { object } from '@/db/schema';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { openBytes } from '@/features/files/bytes';
import { instanceId } from '@/features/files/instance';
import { type FileStore, folderStore } from '@/features/files/store';
import { keyRing } from '@/features/keys/ring-file';
import { openKeys } from '@/features/keys/state';
import { type Imported, type ImportOptions, importFolder } from '../import';
import { type Files, type Folder, makeFolder } from './folder';

/** A database, a file store and folders: what an importer works with. `clear` it afterwards. */
export type Desk = TestDatabase & {
  store: FileStore;
  /** The plaintext that an `object` row stands for, in the desk's store or another. */
  bytes: (objectId: string | null, from?: FileStore) => Promise<Buffer>;
  folder: (name: string, files?: Files) => Promise<Folder>;
  publish: (folder: Folder, options?: Partial<ImportOptions>) => Promise<Imported>;
  /** Everything the last event told, or null when there was none since `since`. */
  change: (event: number | null) => Promise<{ tags: string[]; paths: string[] } | null>;
  clear: () => Promise<void>;
};

export async function makeDesk(): Promise<Desk> {
  const database = await testDatabase();
  const shelf = await mkdtemp(join(tmpdir(), 'trastienda-objects-'));
  process.env.KEY_RING = join(shelf, 'keys.json');
  await openKeys(database.db);
  const store = folderStore(join(shelf, 'objects'));
  const folders: Folder[] = [];
  return {
    ...database,
    store,
    bytes: async (objectId, from = store) => {
      const [row] = await database.db
        .select()
        .from(object)
        .where(eq(object.id, objectId ?? ''));
      if (!row) throw new Error(`There is no object ${objectId}.`);
      const shelved = { store: from, ring: await keyRing(), instance: await instanceId(database.db) };
      const opened = await openBytes(shelved, 'original', row);
      return buffer(opened.all()).finally(opened.close);
    },
    folder: async (name, files) => {
      const folder = await makeFolder(name, files);
      folders.push(folder);
      return folder;
    },
    publish: ({ path }, options) => importFolder(database.db, { folder: path, store, ...options }),
    change: async (event) => {
      const [row] = await database.sql<{ tags: string[]; paths: string[] }[]>`
        select tags, paths from cache_event where id = ${event ?? 0}`;
      return row ? { tags: [...row.tags].sort(), paths: [...row.paths].sort() } : null;
    },
    clear: async () => {
      await database.drop();
      await rm(shelf, { recursive: true, force: true });
      await Promise.all(folders.map((folder) => folder.drop()));
    },
  };
}

export const SETTINGS = 'trastienda.yaml';
/** A vault anyone may read. */
export const OPEN: Files = { [SETTINGS]: 'access: public\n' };
/** The smallest pictures of two kinds, and another of the first. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAEUlEQVR4nGNk+M/wn4EBCgAADQ4CAaEE1pAAAAAASUVORK5CYII=',
  'base64',
);
export const OTHER_PNG = Buffer.concat([PNG, Buffer.from([0])]);
export const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
