import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { file } from './files';
import { note, vault } from './notes';

export const linkKind = pgEnum('link_kind', ['link', 'embed', 'property']);

/** One row a slot: where it leads now. Both ends null: unresolved. */
export const link = pgTable(
  'link',
  {
    noteId: bigint('note_id', { mode: 'number' }).notNull(),
    slot: integer().notNull(),
    vaultId: integer('vault_id').notNull(),
    kind: linkKind().notNull(),
    target: text().notNull(),
    /** The folded last segment: which names, when they come or go, make this link be looked at again. */
    targetKey: text('target_key').notNull(),
    line: integer().notNull(),
    toNote: bigint('to_note', { mode: 'number' }).references(() => note.id, { onDelete: 'set null' }),
    toFile: uuid('to_file').references(() => file.id, { onDelete: 'set null' }),
    /** Paths that answered equally well, the chosen one first; null when there was no doubt. */
    candidates: jsonb().$type<string[]>(),
    /** For an unresolved link: the path of a note that has the target as an alias. */
    suggestion: text(),
  },
  (t) => [
    primaryKey({ columns: [t.noteId, t.slot] }),
    foreignKey({ columns: [t.noteId], foreignColumns: [note.id] }).onDelete('cascade'),
    index('link_target').on(t.vaultId, t.targetKey),
    index('link_to_note').on(t.toNote),
    index('link_to_file').on(t.toFile),
  ],
);

export const noteTag = pgTable(
  'note_tag',
  {
    noteId: bigint('note_id', { mode: 'number' })
      .notNull()
      .references(() => note.id, { onDelete: 'cascade' }),
    vaultId: integer('vault_id').notNull(),
    key: text().notNull(),
    label: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.noteId, t.key] }),
    index('note_tag_key').on(t.vaultId, t.key.op('text_pattern_ops')),
  ],
);

/** A former or other spelling of a note's address. */
export const redirect = pgTable(
  'redirect',
  {
    vaultId: integer('vault_id')
      .notNull()
      .references(() => vault.id, { onDelete: 'cascade' }),
    addressKey: text('address_key').notNull(),
    noteId: bigint('note_id', { mode: 'number' })
      .notNull()
      .references(() => note.id, { onDelete: 'cascade' }),
    /** Made for an alias alone: it goes with it. */
    alias: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.vaultId, t.addressKey] }), index('redirect_note').on(t.noteId)],
);
