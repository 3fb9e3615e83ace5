import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, moment, now } from './columns';
import { file, object } from './files';
import { vault } from './notes';
import { person } from './people';

/** An earlier state of a file, kept when another took its place in the studio. */
export const fileVersion = pgTable(
  'file_version',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    fileId: uuid('file_id')
      .notNull()
      .references(() => file.id, { onDelete: 'cascade' }),
    objectId: uuid('object_id')
      .notNull()
      .references(() => object.id),
    mediaType: text('media_type').notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    width: integer(),
    height: integer(),
    /** Whether it was uploaded, and by whom; else it came from the vault's folder. */
    uploaded: boolean().notNull(),
    uploadedBy: uuid('uploaded_by').references(() => person.id, { onDelete: 'set null' }),
    /** When it became what the file was. */
    publishedAt: moment('published_at').notNull(),
    replacedAt: now('replaced_at'),
    replacedBy: uuid('replaced_by').references(() => person.id, { onDelete: 'set null' }),
  },
  (t) => [index('file_version_file').on(t.fileId, t.id), index('file_version_object').on(t.objectId)],
);

export const uploadState = pgEnum('upload_state', ['open', 'done', 'refused']);

/** A file on its way in. Until it is whole, its bytes are a part in the store, encrypted under the id and attempt noted here. */
export const upload = pgTable(
  'upload',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    vaultId: integer('vault_id')
      .notNull()
      .references(() => vault.id, { onDelete: 'cascade' }),
    /** Files sent together. */
    batch: uuid().notNull(),
    path: text().notNull(),
    /** The file whose place it takes, whatever its own name. */
    replacesId: uuid('replaces_id').references(() => file.id, { onDelete: 'cascade' }),
    /** Whether it may take the place of a file with its path. */
    replace: boolean().notNull(),
    /** Bytes it will have; null for a form, which tells no sizes. */
    size: bigint({ mode: 'number' }),
    /** Bytes it may have at most: what is counted as taken until it ends. */
    most: bigint({ mode: 'number' }).notNull(),
    /** Bytes that have come, as far as was noted. */
    received: bigint({ mode: 'number' }).notNull().default(0),
    /** Which bytes: the id their `object` row will have, and the how manieth time they are written. */
    objectId: uuid('object_id').notNull(),
    version: integer().notNull().default(0),
    kekId: text('kek_id'),
    wrappedDek: bytea('wrapped_dek'),
    alg: text(),
    state: uploadState().notNull().default('open'),
    /** Why it was refused. */
    reason: text(),
    /** What it became. */
    fileId: uuid('file_id').references(() => file.id, { onDelete: 'set null' }),
    createdAt: now('created_at'),
    touchedAt: now('touched_at'),
  },
  (t) => [
    index('upload_person').on(t.personId, t.createdAt),
    index('upload_batch').on(t.batch),
    index('upload_open').on(t.touchedAt).where(sql`${t.state} = 'open'`),
    check(
      'upload_encrypted',
      sql`(${t.version} > 0) = (${t.kekId} is not null and ${t.wrappedDek} is not null and ${t.alg} is not null)`,
    ),
  ],
);
