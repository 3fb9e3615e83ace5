import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Database } from '@/db/connection';
import { file, object, variant, vault } from '@/db/schema';
import { CipherError } from '@/lib/crypto/cobblestone';
import { KeyRingError } from '@/lib/crypto/key-ring';
import { KeyTrouble } from '../keys/dek';
import { findKeyRing } from '../keys/ring-file';
import { isSound, type KeyState, readKeyState } from '../keys/state';
import { keyOf, LostBytes, openBytes, type Role, type Stored, storedSize } from './bytes';
import { instanceId } from './instance';
import type { FileStore } from './store';
import { orphansOf } from './sweep';

export type Fault = 'missing' | 'size' | 'damaged' | 'key' | 'plain' | 'orphan';
export type Finding = {
  fault: Fault;
  /** The name in the store. */
  key: string;
  /** The files that have these bytes, as `/vault/path`. */
  files: string[];
  detail: string;
};
export type Examination = { keys: KeyState; examined: number; bytes: number; findings: Finding[] };

type Row = Stored & { role: Role; size: number };
export type Options = {
  /** Opens the first and the last chunk of each, instead of reading all. */
  quick?: boolean;
  /** Bytes without a row younger than this are an import or an upload at work. */
  graceSeconds: number;
  onProgress?: (done: number) => void;
};

const BATCH = 200;

/** Compares rows, stored bytes and keys, and reads every byte; changes nothing. */
export async function examine(db: Database, store: FileStore, options: Options): Promise<Examination> {
  const result: Examination = { keys: await readKeyState(db), examined: 0, bytes: 0, findings: [] };
  for await (const row of rowsOf(db)) {
    const fault = await examineRow(db, store, row, options);
    result.examined++;
    result.bytes += row.size;
    if (fault) result.findings.push({ ...fault, key: keyOf(row), files: await filesOf(db, row) });
    options.onProgress?.(result.examined);
  }
  const before = new Date(Date.now() - options.graceSeconds * 1_000);
  for await (const key of orphansOf(db, store, before)) {
    result.findings.push({ fault: 'orphan', key, files: [], detail: 'no row names these bytes' });
  }
  return result;
}

/** Whether nothing was found that somebody has to see to. */
export const isHealthy = ({ keys, findings }: Examination): boolean => isSound(keys) && findings.length === 0;

async function examineRow(
  db: Database,
  store: FileStore,
  row: Row,
  { quick = false }: Options,
): Promise<Pick<Finding, 'fault' | 'detail'> | null> {
  const size = await store.size(keyOf(row));
  if (size === null) return { fault: 'missing', detail: 'its bytes are not in the store' };
  if (row.version === 0) return { fault: 'plain', detail: 'it is stored in clear: the next start encrypts it' };
  if (size !== storedSize(row.size))
    return { fault: 'size', detail: `${size} bytes are stored, and not ${storedSize(row.size)}` };
  try {
    const ring = await findKeyRing();
    if (!ring) throw new KeyTrouble(row.kekId ?? '');
    const opened = await openBytes({ store, ring, instance: await instanceId(db) }, row.role, row);
    const parts = quick ? opened.range(0, Math.min(0, opened.size - 1)) : opened.all();
    const reading = async () => {
      if (opened.size > 0) for await (const _ of parts);
    };
    await reading().finally(opened.close);
    return null;
  } catch (error) {
    if (error instanceof KeyTrouble || error instanceof KeyRingError) return { fault: 'key', detail: error.message };
    if (error instanceof LostBytes) return { fault: 'missing', detail: 'its bytes are not in the store' };
    if (error instanceof CipherError) return { fault: 'damaged', detail: error.message };
    throw error;
  }
}

async function* rowsOf(db: Database): AsyncGenerator<Row> {
  for (const [role, table] of [
    ['original', object],
    ['variant', variant],
  ] as const) {
    const { id, version, kekId, wrappedDek, alg, size } = table;
    for (let after: string | null = null; ; ) {
      const rows: Omit<Row, 'role'>[] = await db
        .select({ id, version, kekId, wrappedDek, alg, size })
        .from(table)
        .where(after === null ? undefined : gt(table.id, after))
        .orderBy(asc(table.id))
        .limit(BATCH);
      for (const row of rows) yield { ...row, role };
      const last = rows.at(-1);
      if (!last || rows.length < BATCH) break;
      after = last.id;
    }
  }
}

async function filesOf(db: Database, { role, id }: Row): Promise<string[]> {
  const owner =
    role === 'original'
      ? eq(file.objectId, id)
      : sql`${file.objectId} = (select object_id from variant where id = ${id})`;
  const rows = await db
    .select({ slug: vault.slug, path: file.path })
    .from(file)
    .innerJoin(vault, eq(vault.id, file.vaultId))
    .where(and(owner))
    .orderBy(vault.slug, file.path);
  return rows.map(({ slug, path }) => `/${slug}/${path}`);
}
