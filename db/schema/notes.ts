import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { Block, OutlineItem, Slot, Unsupported } from '@/lib/markdown/compiled';
import type { Property } from '@/lib/vault/frontmatter';
import { bytea, bytewise, now } from './columns';

export const accessLevel = pgEnum('access_level', ['public', 'members', 'group', 'private']);

export const vault = pgTable(
  'vault',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    slug: text().notNull().unique(),
    title: text().notNull(),
    description: text(),
    language: text().notNull(),
    access: accessLevel().notNull(),
    accessGroup: text('access_group'),
    homePath: text('home_path'),
    /** The folder it was imported from, absolute. */
    folder: text().notNull(),
    /** Language → vault slug. */
    translations: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** `trastienda.yaml` as it was read, for export. */
    settingsSource: bytea('settings_source'),
    strictLineBreaks: boolean('strict_line_breaks').notNull().default(false),
    createdAt: now('created_at'),
    publishedAt: now('published_at'),
  },
  (t) => [check('vault_slug_form', sql`${t.slug} ~ '^[a-z0-9][a-z0-9-]{0,62}$'`)],
);

export const note = pgTable(
  'note',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    vaultId: integer('vault_id')
      .notNull()
      .references(() => vault.id, { onDelete: 'cascade' }),
    /** As spelled in the folder; what export writes. */
    path: text().notNull(),
    /** `fold` of the path. */
    pathKey: text('path_key').notNull(),
    /** `fold` of the last segment without `.md`: what a link's target is looked up by. */
    nameKey: text('name_key').notNull(),
    folder: text().notNull(),
    /** The address within the vault, without the first `/`. */
    address: text().notNull(),
    addressKey: text('address_key').notNull(),
    /** Orders a vault as its reader goes through it. */
    sortKey: bytewise('sort_key').notNull(),
    title: text().notNull(),
    description: text().notNull().default(''),
    language: text(),
    image: text(),
    access: accessLevel().notNull(),
    accessGroup: text('access_group'),
    /** The author's own `id` property, by which a moved note is recognised. */
    ownId: text('own_id'),
    properties: jsonb().$type<Property[]>().notNull(),
    /** Folded aliases: they resolve no link, but serve to suggest what one may have meant. */
    aliasKeys: text('alias_keys').array().notNull().default([]),
    /** `slug/path` of the same note in other languages' vaults, without `.md`. */
    translations: text().array().notNull().default([]),
    problems: jsonb().$type<{ line: number; problem: string }[]>().notNull().default([]),
    createdOn: text('created_on'),
    updatedOn: text('updated_on'),
    revision: integer().notNull().default(1),
    hash: text().notNull(),
    size: integer().notNull(),
    modified: bigint({ mode: 'number' }).notNull(),
    publishedAt: now('published_at'),
  },
  (t) => [
    unique('note_path').on(t.vaultId, t.path),
    unique('note_address').on(t.vaultId, t.address),
    index('note_address_key').on(t.vaultId, t.addressKey),
    index('note_name').on(t.vaultId, t.nameKey),
    index('note_folder').on(t.vaultId, t.folder),
    index('note_order').on(t.vaultId, t.sortKey),
    index('note_published').on(t.publishedAt),
    index('note_aliases').using('gin', t.aliasKeys),
    check('note_group', sql`(${t.access} = 'group') = (${t.accessGroup} is not null)`),
  ],
);

/** Every text a note has had, byte for byte. The latest is `note.revision`. */
export const revision = pgTable(
  'revision',
  {
    noteId: bigint('note_id', { mode: 'number' })
      .notNull()
      .references(() => note.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    source: bytea().notNull(),
    createdAt: now('created_at'),
  },
  (t) => [primaryKey({ columns: [t.noteId, t.number] })],
);

/** The compiled form of a note's latest revision. */
export const rendition = pgTable('rendition', {
  noteId: bigint('note_id', { mode: 'number' })
    .primaryKey()
    .references(() => note.id, { onDelete: 'cascade' }),
  compiler: smallint().notNull(),
  html: text().notNull(),
  slots: jsonb().$type<Slot[]>().notNull(),
  outline: jsonb().$type<OutlineItem[]>().notNull(),
  blocks: jsonb().$type<Record<string, Block>>().notNull(),
  text: text().notNull(),
  unsupported: jsonb().$type<Unsupported[]>().notNull(),
});
