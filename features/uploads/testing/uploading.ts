import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '@/features/access/viewer';
import { examine, type Finding } from '@/features/files/examine';
import { objects } from '@/features/files/objects';
import type { FileStore } from '@/features/files/store';
import { makePerson } from '@/features/people/testing/people';
import { type Desk, makeDesk, OPEN } from '@/features/vaults/testing/desk';
import type { Files, Folder } from '@/features/vaults/testing/folder';
import { beginUpload } from '../begin';
import { type Received, receive } from '../receive';
import type { UploadRequest } from '../schema';

/** A published vault `album`, somebody who brings files to it, and the store they end in. `clear` it afterwards. */
export type Uploading = {
  desk: Desk;
  ada: Person;
  store: FileStore;
  dataDir: string;
  folder: Folder;
  /** Publishes the folder as it is now. */
  publish: () => ReturnType<Desk['publish']>;
  /** What can be said of an upload, `size` being that of its bytes. Throws when it is refused. */
  begin: (name: string, size: number | null, more?: Told) => Promise<string>;
  /** Brings a whole file and returns its id. Throws when it is refused. */
  bring: (name: string, bytes: Uint8Array, more?: Told) => Promise<string>;
  /** What a file holds now. */
  bytesOf: (fileId: string) => Promise<Buffer>;
  /** What is wrong with what is stored, bytes without a row left out unless they are asked for. */
  faults: (orphans?: boolean) => Promise<Finding[]>;
  clear: () => Promise<void>;
};
export type Told = Partial<UploadRequest> & { viewer?: Person };

export const BATCH = '00000000-0000-4000-8000-000000000001';
export const NOBODY = '00000000-0000-4000-8000-000000000002';

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** All that is told of a file before it comes. */
export const telling = (name: string, size: number | null, more: Partial<UploadRequest> = {}): UploadRequest => ({
  vault: 'album',
  folder: '',
  name,
  file: null,
  replace: false,
  batch: BATCH,
  size,
  most: size ?? 9_000_000,
  ...more,
});

/** Sends bytes for an upload, in one piece or in the pieces that they are given in. */
export const send = (viewer: Person, id: string, offset: number, bytes: Uint8Array | Uint8Array[]): Promise<Received> =>
  receive(viewer, id, { offset, source: Readable.from(Array.isArray(bytes) ? bytes : [bytes]) });

/** Sends bytes and then breaks off, as a connection that is cut. */
export function sendAndCut(viewer: Person, id: string, offset: number, bytes: Uint8Array): Promise<Received> {
  const cut = async function* () {
    yield bytes;
    await pause(100);
    throw new Error('cut');
  };
  return receive(viewer, id, { offset, source: Readable.from(cut()) });
}

/** The process forgets what it held open, as one that ended would. What it had written stays as it is. */
export async function restart(): Promise<void> {
  const held = globalThis.trastiendaUploads ?? new Map();
  globalThis.trastiendaUploads = new Map();
  for (const { writer } of held.values()) await writer?.close();
}

export async function startUploading(files: Files = {}): Promise<Uploading> {
  const [dataBefore, keysBefore] = [process.env.DATA_DIR, process.env.KEY_RING];
  const dataDir = await mkdtemp(join(tmpdir(), 'trastienda-uploads-'));
  process.env.DATA_DIR = dataDir;
  const desk = await makeDesk();
  const folder = await desk.folder('album', { ...OPEN, 'Ada.md': '![[cover.png]] [[plan.bin]]\n', ...files });
  const store = objects();
  const publish = () => desk.publish(folder, { store });
  await publish();
  const ada = await makePerson(desk, 'Ada', { role: 'editor' });
  const begin: Uploading['begin'] = async (name, size, { viewer = ada, ...more } = {}) => {
    const begun = await beginUpload(viewer, telling(name, size, more));
    if (begun.as !== 'begun') throw new Error(begun.as === 'refused' ? begun.why : begun.as);
    return begun.id;
  };
  return {
    desk,
    ada,
    store,
    dataDir,
    folder,
    publish,
    begin,
    bring: async (name, bytes, more) => {
      const received = await send(more?.viewer ?? ada, await begin(name, bytes.length, more), 0, bytes);
      if (received.as !== 'done') throw new Error(received.as === 'refused' ? received.why : received.as);
      return received.fileId ?? '';
    },
    bytesOf: async (fileId) => {
      const [row] = await desk.sql<{ object_id: string }[]>`select object_id from file where id = ${fileId}`;
      return desk.bytes(row?.object_id ?? null, store);
    },
    faults: async (orphans = false) => {
      const { findings } = await examine(desk.db, store, { graceSeconds: -1 });
      return findings.filter(({ fault }) => orphans || fault !== 'orphan');
    },
    clear: async () => {
      globalThis.trastiendaUploads = undefined;
      await desk.clear();
      await rm(dataDir, { recursive: true, force: true });
      putBack('DATA_DIR', dataBefore);
      putBack('KEY_RING', keysBefore);
    },
  };
}

function putBack(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
