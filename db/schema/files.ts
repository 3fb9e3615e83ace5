import { bigint, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { now } from './columns';
import { vault } from './notes';

/** The stored bytes of files: identical content within a vault is kept once. */
export const object = pgTable(
  'object',
  {
    id: uuid().primaryKey(),
    vaultId: integer('vault_id')
      .notNull()
      .references(() => vault.id, { onDelete: 'cascade' }),
    sha256: text().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    createdAt: now('created_at'),
  },
  (t) => [unique('object_content').on(t.vaultId, t.sha256)],
);

export const file = pgTable(
  'file',
  {
    id: uuid().primaryKey(),
    vaultId: integer('vault_id')
      .notNull()
      .references(() => vault.id, { onDelete: 'cascade' }),
    /** Null while no note refers to the file: its bytes are then not kept. */
    objectId: uuid('object_id').references(() => object.id),
    path: text().notNull(),
    pathKey: text('path_key').notNull(),
    nameKey: text('name_key').notNull(),
    name: text().notNull(),
    mediaType: text('media_type').notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    width: integer(),
    height: integer(),
    modified: bigint({ mode: 'number' }).notNull(),
    publishedAt: now('published_at'),
  },
  (t) => [
    unique('file_path').on(t.vaultId, t.path),
    index('file_name').on(t.vaultId, t.nameKey),
    index('file_object').on(t.objectId),
  ],
);
