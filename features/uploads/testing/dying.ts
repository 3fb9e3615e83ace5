/**
 * Does one thing to the files of a vault in a process of its own, which dies at its nth step: `node --import tsx <this> <deed> <n>`,
 * the deed as JSON. A step is a statement or an operation of the file store. Says how many there were when it lives to the end.
 */
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { Readable } from 'node:stream';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from '@/db/schema';

export type Deed =
  | { do: 'upload'; id: string; offset: number; bytes: string }
  | { do: 'remove' | 'restore'; file: string }
  | { do: 'turn back'; file: string; version: number }
  | { do: 'rotate' };

const [deedText = '', last = '', personId = ''] = process.argv.slice(2);
const dataDir = process.env.DATA_DIR ?? 'nowhere';
let steps = 0;
let armed = false;

function step(): void {
  if (!armed || ++steps !== Number(last)) return;
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // nothing more is done until it is dead
}

/** Has what changes files in the data folder, and what reads them, count as a step. */
async function watchFiles(): Promise<void> {
  for (const name of ['open', 'mkdir', 'rename', 'rm', 'chmod'] as const) {
    const real: (...args: never[]) => unknown = fs[name];
    const watched = (...args: never[]) => {
      if (String(args[0]).startsWith(dataDir)) step();
      return Reflect.apply(real, fs, args);
    };
    Reflect.set(fs, name, watched);
  }
  const handle = await fs.open(process.execPath);
  const prototype: object = Object.getPrototypeOf(handle);
  await handle.close();
  for (const name of ['read', 'writev', 'writeFile', 'sync']) {
    const real: unknown = Reflect.get(prototype, name);
    if (typeof real !== 'function') throw new Error(`A file has no ${name}.`);
    Reflect.set(prototype, name, function watched(this: object, ...args: unknown[]) {
      step();
      return Reflect.apply(real, this, args);
    });
  }
  syncBuiltinESMExports();
}

/** Has every statement count as a step. */
function watchStatements(): void {
  const sql = postgres(process.env.DATABASE_URL ?? '', { max: 2, onnotice: () => {}, debug: step });
  const close = () => sql.end({ timeout: 5 });
  globalThis.trastiendaConnection = { db: drizzle(sql, { schema }), sql, close };
}

async function act(deed: Deed): Promise<void> {
  const [{ signedIn }, { receive }, { removeFile, restoreFile, restoreVersion }, { rotateKeys }] = await Promise.all([
    import('@/features/people/testing/people'),
    import('../receive'),
    import('@/features/files/removal'),
    import('@/features/keys/rotate'),
  ]);
  const viewer = await signedIn(personId);
  armed = true;
  if (deed.do === 'upload') {
    const bytes = Buffer.from(deed.bytes, 'base64');
    const third = Math.ceil(bytes.length / 3);
    const parts = [0, 1, 2].map((i) => bytes.subarray(i * third, (i + 1) * third)).filter(({ length }) => length > 0);
    await receive(viewer, deed.id, { offset: deed.offset, source: Readable.from(parts) });
  } else if (deed.do === 'remove') await removeFile(viewer, deed.file);
  else if (deed.do === 'restore') await restoreFile(viewer, deed.file);
  else if (deed.do === 'turn back') await restoreVersion(viewer, deed.file, deed.version);
  else await rotateKeys(globalThis.trastiendaConnection?.db ?? raise());
  armed = false;
}

function raise(): never {
  throw new Error('There is no connection.');
}

await watchFiles();
watchStatements();
await act(JSON.parse(deedText));
await globalThis.trastiendaConnection?.close();
console.log(steps);
