import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { bytea, moment, now } from './columns';
import { vault } from './notes';
import { person } from './people';

/** How stored bytes are encrypted. They are kept under the id of their row and this version: writing them anew is a new one. */
const envelope = () => ({
  /** 0: from before files were encrypted, and in clear. */
  version: integer().notNull().default(0),
  /** The key that wraps theirs. */
  kekId: text('kek_id'),
  wrappedDek: bytea('wrapped_dek'),
  alg: text(),
  /** When they were found not to be what was written. */
  damagedAt: moment('damaged_at'),
});

/** The stored bytes of files: identical content within a vault is kept once. */
export const object = pgTable(
  'object',
  {
    id: uuid().primaryKey(),
    vaultId: integer('vault_id')
      .notNull()
      .references(() => vault.id, { onDelete: 'cascade' }),
    /** Of the plaintext, in hexadecimal. */
    sha256: text().notNull(),
    /** Bytes of plaintext. */
    size: bigint({ mode: 'number' }).notNull(),
    ...envelope(),
    /** Since when no file has these bytes: they are let go a while later. */
    releasedAt: moment('released_at'),
    createdAt: now('created_at'),
  },
  (t) => [
    unique('object_content').on(t.vaultId, t.sha256),
    index('object_kek').on(t.kekId),
    check(
      'object_encrypted',
      sql`(${t.version} > 0) = (${t.kekId} is not null and ${t.wrappedDek} is not null and ${t.alg} is not null)`,
    ),
  ],
);

/** A picture's bytes in another size and format, made in the background. */
export const variant = pgTable(
  'variant',
  {
    id: uuid().primaryKey(),
    objectId: uuid('object_id')
      .notNull()
      .references(() => object.id, { onDelete: 'cascade' }),
    /** Pixels. */
    width: integer().notNull(),
    format: text().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    ...envelope(),
    createdAt: now('created_at'),
  },
  (t) => [
    unique('variant_form').on(t.objectId, t.width, t.format),
    index('variant_kek').on(t.kekId),
    check('variant_format', sql`${t.format} in ('webp', 'avif')`),
    check(
      'variant_encrypted',
      sql`${t.version} > 0 and ${t.kekId} is not null and ${t.wrappedDek} is not null and ${t.alg} is not null`,
    ),
  ],
);

/** The keys that have wrapped something: what tells at a start whether the key ring is the right one. */
export const wrappingKey = pgTable('wrapping_key', {
  id: text().primaryKey(),
  checkValue: bytea('check_value').notNull(),
  createdAt: now('created_at'),
});

export const file = pgTable(
  'file',
  {
    id: uuid().primaryKey(),
    vaultId: integer('vault_id')
      .notNull()
      .references(() => vault.id, { onDelete: 'cascade' }),
    /** Null while no note refers to a file of the folder: its bytes are then not kept. */
    objectId: uuid('object_id').references(() => object.id),
    path: text().notNull(),
    pathKey: text('path_key').notNull(),
    nameKey: text('name_key').notNull(),
    name: text().notNull(),
    mediaType: text('media_type').notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    width: integer(),
    height: integer(),
    /** When it was last changed in the folder, or uploaded when it is in none; milliseconds. */
    modified: bigint({ mode: 'number' }).notNull(),
    /** Bytes it had in the folder at the last look; null when it is not there. */
    folderSize: bigint('folder_size', { mode: 'number' }),
    /** Whether what it is now was uploaded, and by whom; else it came from the folder. */
    uploaded: boolean().notNull().default(false),
    uploadedBy: uuid('uploaded_by').references(() => person.id, { onDelete: 'set null' }),
    /** Since when it is removed: it is nowhere, and can be brought back for a while. */
    removedAt: moment('removed_at'),
    removedBy: uuid('removed_by').references(() => person.id, { onDelete: 'set null' }),
    publishedAt: now('published_at'),
  },
  (t) => [
    unique('file_path').on(t.vaultId, t.path),
    index('file_name').on(t.vaultId, t.nameKey),
    index('file_object').on(t.objectId),
    index('file_removed').on(t.removedAt).where(sql`${t.removedAt} is not null`),
  ],
);
