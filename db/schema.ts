import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  pgView,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Block, OutlineItem, Slot, Unsupported } from '@/lib/markdown/compiled';
import type { Property } from '@/lib/vault/frontmatter';

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
/** Compared byte by byte, whatever the database's locale. */
const bytewise = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
const now = (name: string) => timestamp(name, { withTimezone: true }).notNull().defaultNow();

export const accessLevel = pgEnum('access_level', ['public', 'members', 'group', 'private']);
export const linkKind = pgEnum('link_kind', ['link', 'embed', 'property']);

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
  },
  (t) => [primaryKey({ columns: [t.vaultId, t.addressKey] }), index('redirect_note').on(t.noteId)],
);

/** What changed for readers: cache tags to expire and addresses (`/vault/*` for all below) to forget. Announced by NOTIFY. */
export const cacheEvent = pgTable('cache_event', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  tags: text().array().notNull(),
  paths: text().array().notNull(),
  at: now('at'),
});

/** A running server and the last change it has applied. */
export const siteInstance = pgTable('site_instance', {
  id: uuid().primaryKey(),
  lastEvent: bigint('last_event', { mode: 'number' }).notNull(),
  startedAt: now('started_at'),
  seenAt: now('seen_at'),
});

/** The only files a page for everyone can show: those that a public note refers to. */
export const publicFile = pgView('public_file').as((qb) =>
  qb
    .select()
    .from(file)
    .where(
      sql`${file.objectId} is not null and exists (select 1 from ${link} join ${note} on ${note.id} = ${link.noteId} where ${link.toFile} = ${file.id} and ${note.access} = 'public')`,
    ),
);

/** The only notes a page for everyone can read. */
export const publicNote = pgView('public_note').as((qb) =>
  qb.select().from(note).where(sql`${note.access} = 'public'`),
);
